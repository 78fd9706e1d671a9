import { Center, Loader, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFunctions } from '#renderer/state/known-functions.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { JobId, RequestId, TaskId } from '#shared/domain/ids.ts'
import { AnnotationForm } from './annotation-form.tsx'
import { NoModels } from './no-models.tsx'
import { RunView } from './run-view.tsx'
import { runningOn } from './running.ts'

interface Props {
  readonly taskId: TaskId
  /** Asked for from this job. */
  readonly jobId?: JobId | undefined
  readonly close: () => void
}

/** Choose a model and how it is run, then watch it work; what is running already is shown at once. */
export function AutomaticAnnotationDialog({ taskId, jobId, close }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const { data: task, error } = useQuery(queries.task(taskId))
  const requests = useQuery(queries.requests())
  const detectors = useFunctions('detector')
  const linkers = useFunctions('reid')
  /** Null: the form; undefined: whatever is running. */
  const [chosen, setChosen] = useState<RequestId | null | undefined>(undefined)
  const [found] = useState(() => new Map<TaskId, RequestId | null>())
  // What was running when the dialog opened; what begins afterwards is begun here.
  if (requests.data && !found.has(taskId))
    found.set(taskId, runningOn(requests.data, taskId)?.id ?? null)
  const running = chosen === undefined ? (found.get(taskId) ?? null) : chosen
  const functions = [...detectors.functions, ...linkers.functions]
  const isKnown = task !== undefined && requests.data !== undefined && detectors.isKnown
  const problem = error ?? detectors.error ?? requests.error
  const title = task ? t('title', { name: task.name }) : t('titleShort')
  const isForm = running === null && functions.length > 0
  return (
    <Modal opened onClose={close} size={isForm ? 1040 : 560} title={title}>
      {problem && <ErrorNotice problem={problemOf(problem)} />}
      {!problem && !isKnown && (
        <Center mih={200}>
          <Loader size="sm" type="dots" />
        </Center>
      )}
      {!problem && isKnown && running !== null && (
        <RunView id={running} taskId={taskId} close={close} again={() => setChosen(null)} />
      )}
      {!problem && isKnown && running === null && functions.length === 0 && (
        <NoModels close={close} />
      )}
      {!problem && isKnown && isForm && (
        <AnnotationForm
          task={task}
          jobId={jobId ?? null}
          functions={functions}
          close={close}
          onStarted={({ id }) => setChosen(id)}
        />
      )}
    </Modal>
  )
}
