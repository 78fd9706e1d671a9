import { NumberInput, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FrameRange } from '#renderer/state/frames.ts'
import type { ActionsForm } from './actions-form.ts'
import classes from './dialogs.module.css'

interface Props {
  readonly form: ActionsForm
  readonly set: (change: Partial<ActionsForm>) => void
  readonly range: FrameRange
  readonly frame: number
}

/** On which frames. What is propagated always comes from the frame on screen. */
export function ScopeFields({ form, set, range, frame }: Props) {
  const { t } = useTranslation('operations')
  if (form.kind === 'propagate') return null
  const common = { min: range.start, max: range.stop, allowDecimal: false } as const
  return (
    <div>
      <span className={classes.label}>{t('frames')}</span>
      <SegmentedControl
        fullWidth
        aria-label={t('frames')}
        data={[
          { value: 'frame', label: t('scope-frame', { frame }) },
          { value: 'range', label: t('scope-range') },
          { value: 'job', label: t('scope-job') },
        ]}
        value={form.scope}
        onChange={(scope) => set({ scope: scope as ActionsForm['scope'] })}
      />
      {form.scope === 'range' && (
        <div className={`${classes.pair} ${classes.below}`}>
          <NumberInput
            {...common}
            label={t('from')}
            value={form.first}
            onChange={(value) => set({ first: Number(value) })}
          />
          <NumberInput
            {...common}
            label={t('to')}
            value={form.last}
            onChange={(value) => set({ last: Number(value) })}
          />
        </div>
      )}
    </div>
  )
}
