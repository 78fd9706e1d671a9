import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { JobId } from '#shared/domain/ids.ts'
import type { FormTask } from './annotation-form.tsx'
import classes from './automatic-annotation.module.css'
import { type Choice, isWrongWay } from './choice.ts'
import { ResultFields } from './result-fields.tsx'

interface Props {
  readonly task: FormTask
  readonly info: FunctionInfo
  readonly choice: Choice
  readonly set: (change: Partial<Choice>) => void
}

/** On which frames it runs, and what of it is kept. */
export function FrameFields(props: Props) {
  const { t } = useTranslation('automatic-annotation')
  const { task, info, choice, set } = props
  const isDetector = info.kind === 'detector'
  return (
    <div className={classes.side}>
      <fieldset className={classes.section}>
        <legend>{t('frames')}</legend>
        {task.jobs.length > 1 && <JobChoice task={task} choice={choice} set={set} />}
        <Range {...props} />
        {isDetector && (
          <>
            <Checkbox
              label={t('onlyEmpty')}
              checked={choice.onlyEmpty}
              onChange={(event) => set({ onlyEmpty: event.currentTarget.checked })}
            />
            <TextInput
              label={t('filter')}
              placeholder={'label == "car" and width > 40'}
              value={choice.filter}
              onChange={(event) => set({ filter: event.currentTarget.value })}
            />
          </>
        )}
      </fieldset>
      {isDetector && <ResultFields info={info} choice={choice} set={set} />}
    </div>
  )
}

const WHOLE = 'task'

function JobChoice({ task, choice, set }: Pick<Props, 'task' | 'choice' | 'set'>) {
  const { t } = useTranslation('automatic-annotation')
  const jobs = task.jobs.map(({ id, startFrame, stopFrame }) => ({
    value: String(id),
    label: t('job', { id, from: formatNumber(startFrame), to: formatNumber(stopFrame) }),
  }))
  return (
    <Select
      aria-label={t('part')}
      allowDeselect={false}
      data={[{ value: WHOLE, label: t('wholeTask') }, ...jobs]}
      value={choice.jobId === null ? WHOLE : String(choice.jobId)}
      onChange={(value) =>
        set({ jobId: value === WHOLE ? null : (Number(value) as JobId), range: null })
      }
    />
  )
}

function Range({ task, choice, set }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const job = task.jobs.find(({ id }) => id === choice.jobId)
  const first = job?.startFrame ?? 0
  const last = job?.stopFrame ?? Math.max(0, task.size - 1)
  const { range } = choice
  const setEnd = (end: 'start' | 'stop', value: number | string) => {
    if (value === '') return
    const inside = Math.min(last, Math.max(first, Number(value)))
    set({ range: { ...(range ?? { start: first, stop: last }), [end]: inside } })
  }
  return (
    <>
      <Segmented
        label={t('whichFrames')}
        value={range ? 'range' : 'all'}
        onChange={(which) => set({ range: which === 'all' ? null : { start: first, stop: last } })}
        data={[
          {
            value: 'all',
            label: t('allFrames', {
              count: last - first + 1,
              formatted: formatNumber(last - first + 1),
            }),
          },
          { value: 'range', label: t('range') },
        ]}
      />
      {range && (
        <div className={classes.pair}>
          <NumberInput
            label={t('from')}
            min={first}
            max={last}
            allowDecimal={false}
            value={range.start}
            onChange={(value) => setEnd('start', value)}
          />
          <NumberInput
            label={t('to')}
            min={first}
            max={last}
            allowDecimal={false}
            value={range.stop}
            error={isWrongWay(choice) ? t('wrongWay') : null}
            onChange={(value) => setEnd('stop', value)}
          />
        </div>
      )}
    </>
  )
}
