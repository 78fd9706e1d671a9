import { Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { queries } from '#renderer/state/queries.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import { ImportDone } from './import-done.tsx'
import { ImportFile } from './import-file.tsx'
import { ImportPreview } from './import-preview.tsx'
import type { ImportWish } from './import-wish.ts'
import { rememberFormat } from './last-format.ts'
import { ProgressOf, RequestProgress } from './request-progress.tsx'
import { Step } from './step.tsx'
import { useLooks } from './use-looks.ts'

interface Props {
  readonly taskId: TaskId
  readonly jobId?: JobId | undefined
  readonly path: string | null
  readonly close: () => void
}

/**
 * Import in three steps: which file, what it would do here (labels can be sent elsewhere, and looked at again), and then
 * doing it. Nothing changes before the last.
 */
export function ImportDialog({ taskId, jobId, path, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const [wish, setWish] = useState<ImportWish>(() => firstWish(path ?? '', jobId ?? null))
  const looks = useLooks(taskId)
  const { preview, slow } = looks
  const start = useMutation({
    mutationFn: (wanted: ImportWish) => {
      if (wanted.format !== null) rememberFormat(task?.mode ?? 'annotation', wanted.format)
      return client.datasets.import({ taskId, ...wanted })
    },
  })
  const lookAt = (wanted: ImportWish) => {
    setWish(wanted)
    looks.look(wanted)
  }
  const isPreview = preview !== null && !start.data
  const title = t('importTitle', { name: task?.name ?? '' })
  return (
    <Modal opened onClose={close} size={isPreview ? 760 : 560} title={title}>
      <Step of="file" hidden={preview !== null || slow !== null}>
        <ImportFile
          initial={wish}
          problem={looks.problem}
          pending={looks.isBusy}
          job={task?.jobs.find(({ id }) => id === jobId) ?? null}
          onNext={(file) => lookAt({ ...firstWish(file.path, file.jobId), ...file })}
          close={close}
        />
      </Step>
      {slow && !preview && (
        <Step of="looking">
          <ProgressOf request={slow} onCancel={looks.stop} />
        </Step>
      )}
      {preview && (
        <Step of={looks.isBusy ? 'looking' : 'preview'} hidden={start.data !== undefined}>
          <ImportPreview
            preview={preview}
            formats={looks.formats}
            wish={wish}
            labels={task?.labels ?? []}
            problem={looks.problem}
            startError={start.error}
            isBusy={looks.isBusy}
            pending={start.isPending}
            onLook={lookAt}
            onImport={() => start.mutate({ ...wish, format: preview.format })}
            onBack={() => {
              start.reset()
              looks.stop()
            }}
          />
        </Step>
      )}
      {start.data && (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <ImportDone request={request} taskId={taskId} close={close} />}
        </RequestProgress>
      )}
    </Modal>
  )
}

function firstWish(path: string, jobId: JobId | null): ImportWish {
  return { jobId, path, format: null, mode: 'replace', labels: {}, createLabels: [] }
}
