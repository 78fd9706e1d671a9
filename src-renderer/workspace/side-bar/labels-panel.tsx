import { Button } from '@mantine/core'
import { IconEye, IconEyeOff, IconLock, IconLockOpen, IconPencil } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { chooseDrawLabel, drawLabel } from '../bench/drawing.ts'
import { idsWithLabel, toggleView } from '../bench/editing.ts'
import { useShown } from '../filter/use-shown.ts'
import { digitsOf } from '../modes/digits.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { QuickLabel } from '../parts/quick-label.tsx'
import classes from './side-bar.module.css'

/** The task's labels: a click draws with one, its switches act on all of its annotations on this frame. */
export function LabelsPanel() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  useUi((state) => state.draw)
  const totals = useTotals()
  const current = drawLabel(bench)
  const chosen = useSettings((settings) => settings.labelDigits)
  const digitOf = new Map([...digitsOf(labels, chosen)].map(([digit, { id }]) => [id, digit]))
  return (
    <div className={classes.column}>
      <div className={classes.scroller}>
        {labels.map((label) => (
          <LabelRow
            key={label.id}
            label={label}
            digit={digitOf.get(label.id) ?? null}
            total={totals.get(label.id) ?? NONE}
            isCurrent={label.id === current?.id}
          />
        ))}
        {labels.length === 0 && (
          <div className={classes.empty}>
            <strong>{t('noLabels')}</strong>
            <p>{t('noLabelsHint')}</p>
          </div>
        )}
      </div>
      <div className={classes.foot}>
        <QuickLabel />
        <Button
          variant="default"
          leftSection={<IconPencil size={14} />}
          onClick={() => runAction('files.labels')}
        >
          {t('editLabels')}
        </Button>
      </div>
    </div>
  )
}

interface RowProps {
  readonly label: Label
  readonly digit: string | null
  readonly total: Total
  readonly isCurrent: boolean
}

function LabelRow({ label, digit, total, isCurrent }: RowProps) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { count } = total
  const locked = total.shown > 0 && total.locked === total.shown
  const hidden = total.shown > 0 && total.hidden === total.shown
  const toggle = (flag: 'locked' | 'hidden') =>
    toggleView(bench, idsWithLabel(bench, label.id), flag)
  return (
    <div className={`${classes.labelRow} fm-row`} data-current={isCurrent}>
      <button type="button" onClick={() => chooseDrawLabel(bench, label.id)}>
        <i style={{ background: label.color }} />
        <span className={classes.labelName}>{label.name}</span>
        {digit !== null && <Keys caps={[digit]} />}
      </button>
      <span className={classes.id}>{count > 0 ? formatNumber(count) : ''}</span>
      <FlagButton
        label={t('lockLabel')}
        icon={locked ? IconLock : IconLockOpen}
        isOn={locked}
        onToggle={() => toggle('locked')}
      />
      <FlagButton
        label={t('hideLabel')}
        icon={hidden ? IconEyeOff : IconEye}
        isOn={hidden}
        onToggle={() => toggle('hidden')}
      />
    </div>
  )
}

/** A label's annotations on this frame. */
interface Total {
  readonly count: number
  /** What the filter shows, which the switches act on; of these, so many are locked or hidden. */
  readonly shown: number
  readonly locked: number
  readonly hidden: number
}

const NONE: Total = { count: 0, shown: 0, locked: 0, hidden: 0 }

/** Of all labels at once: a row that counted for itself would go through the whole frame for each label. */
function useTotals(): ReadonlyMap<LabelId, Total> {
  const annotations = useDocument((state) => state.annotations)
  const views = useDocument((state) => state.views)
  const { shown } = useShown()
  return useMemo(() => {
    const totals = new Map<LabelId, { -readonly [key in keyof Total]: Total[key] }>()
    const of = (labelId: LabelId) => {
      const total = totals.get(labelId) ?? { ...NONE }
      totals.set(labelId, total)
      return total
    }
    for (const { labelId } of annotations.values()) of(labelId).count += 1
    for (const { id, labelId } of shown) {
      const [total, view] = [of(labelId), views.get(id)]
      total.shown += 1
      if (view?.locked) total.locked += 1
      if (view?.hidden) total.hidden += 1
    }
    return totals
  }, [annotations, shown, views])
}
