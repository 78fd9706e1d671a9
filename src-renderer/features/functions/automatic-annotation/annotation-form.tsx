import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inForce } from '#renderer/state/known-functions.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { JobId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { defaultMapping } from '#shared/functions/default-mapping.ts'
import { AboutModel } from './about-model.tsx'
import classes from './automatic-annotation.module.css'
import { type Choice, fitting, isWrongWay } from './choice.ts'
import { DetectorForm } from './detector-form.tsx'
import { FrameFields } from './frame-fields.tsx'
import { lastChoice, rememberChoice } from './last-choice.ts'
import { LinkForm } from './link-form.tsx'
import { ModelList } from './model-list.tsx'

export interface FormTask extends Task {
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
}

/** What a part of the form gives to begin with; null while something is missing. */
export type Start = (() => Promise<WorkRequest>) | null

interface Props {
  readonly task: FormTask
  readonly jobId: JobId | null
  readonly functions: readonly FunctionInfo[]
  readonly close: () => void
  readonly onStarted: (request: WorkRequest) => void
}

/** Models on the left, what becomes of their labels in the middle, which frames and what of it on the right. */
export function AnnotationForm({ task, jobId, functions, close, onStarted }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const [choice, setChoice] = useState(() => begun(task, jobId))
  const set = (change: Partial<Choice>) => setChoice((before) => ({ ...before, ...change }))
  const [usual] = useState(() => mostFitting(functions, task.labels))
  const info = inForce(functions, choice.functionId ?? usual)
  const [start, setStart] = useState<{ readonly of: string; readonly run: Start } | null>(null)
  const run = useMutation({
    mutationFn: (begin: () => Promise<WorkRequest>) => begin(),
    onSuccess: (request) => {
      rememberChoice(task.id, { ...choice, functionId: info?.id ?? null })
      onStarted(request)
    },
  })
  if (!info) return null
  const begin = start?.of === info.id ? start.run : null
  const canStart = begin !== null && info.state !== 'failed' && !isWrongWay(choice)
  const Part = info.kind === 'reid' ? LinkForm : DetectorForm
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (canStart) run.mutate(begin)
      }}
    >
      <div className={classes.form}>
        <ModelList
          functions={functions}
          chosen={info}
          onChoose={(functionId) => {
            run.reset()
            set({ functionId })
          }}
        />
        <div className={classes.middle}>
          <AboutModel info={info} />
          <Part
            key={info.id}
            info={info}
            task={task}
            choice={choice}
            set={set}
            setStart={(next) => setStart({ of: info.id, run: next })}
          />
        </div>
        <FrameFields task={task} info={info} choice={choice} set={set} />
      </div>
      {run.error && <ErrorNotice problem={problemOf(run.error)} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={run.isPending} disabled={!canStart}>
          {t(info.kind === 'reid' ? 'link' : 'submit')}
        </Button>
      </div>
    </form>
  )
}

/** Before anybody chose: the model that knows most of the task's labels. */
function mostFitting(functions: readonly FunctionInfo[], labels: readonly Label[]): string | null {
  const known = functions.map(({ id, state, labels: own }) => ({
    id,
    count: state === 'failed' ? 0 : Object.keys(defaultMapping(own, labels)).length,
  }))
  const best = known.reduce<(typeof known)[number] | null>(
    (a, b) => (b.count > (a?.count ?? 0) ? b : a),
    null,
  )
  return best?.id ?? null
}

/** As it was left, for the job it is asked for from. */
function begun(task: FormTask, jobId: JobId | null): Choice {
  const last = lastChoice(task.id)
  const jobs = task.jobs.map(({ id, startFrame, stopFrame }) => ({
    ...{ id, start: startFrame, stop: stopFrame },
  }))
  const wanted = jobId === null ? last : { ...last, jobId }
  return fitting(wanted, jobs, { start: 0, stop: Math.max(0, task.size - 1) })
}
