import { Checkbox, NumberInput, Slider, Tooltip } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { FormTask, Start } from './annotation-form.tsx'
import classes from './automatic-annotation.module.css'
import { type Choice, linkInput } from './choice.ts'
import { LinkPreview } from './link-preview.tsx'

interface Props {
  readonly info: FunctionInfo
  readonly task: FormTask
  readonly choice: Choice
  readonly set: (change: Partial<Choice>) => void
  readonly setStart: (start: Start) => void
}

/** When two boxes of neighbouring frames are one object. */
export function LinkForm({ info, task, choice, set, setStart }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const { link } = choice
  const change = (part: Partial<Choice['link']>) => set({ link: { ...link, ...part } })
  const to = { taskId: task.id, functionId: info.id }
  // biome-ignore lint/correctness/useExhaustiveDependencies: said anew whenever what is begun with changes
  useEffect(() => {
    setStart(() => client.functions.link(linkInput(choice, { ...to, preview: false })))
  }, [choice])
  return (
    <>
      <div className={classes.fields}>
        <div className={classes.slider}>
          <Tooltip label={t('modelThresholdHint')} multiline maw={280}>
            <span>{t('modelThreshold')}</span>
          </Tooltip>
          <Slider
            size={3}
            min={0}
            max={1}
            step={0.05}
            label={null}
            thumbLabel={t('modelThreshold')}
            value={link.threshold}
            onChange={(threshold) => change({ threshold: Number(threshold.toFixed(2)) })}
          />
          <output>{link.threshold.toFixed(2)}</output>
        </div>
        <div className={classes.pair}>
          <NumberInput
            label={t('maxDistance')}
            description={t('maxDistanceHint')}
            min={1}
            suffix=" px"
            value={link.maxDistance}
            onChange={(value) => Number(value) > 0 && change({ maxDistance: Number(value) })}
          />
          <NumberInput
            label={t('maxGap')}
            description={t('maxGapHint')}
            min={0}
            max={1000}
            allowDecimal={false}
            value={link.maxGap}
            onChange={(value) => value !== '' && change({ maxGap: Number(value) })}
          />
        </div>
        <Checkbox
          label={t('keepSingles')}
          description={t('keepSinglesHint')}
          checked={link.keepSingles}
          onChange={(event) => change({ keepSingles: event.currentTarget.checked })}
        />
      </div>
      <LinkPreview input={linkInput(choice, { ...to, preview: true })} labels={task.labels} />
    </>
  )
}
