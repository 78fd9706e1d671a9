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
  const counts = useCounts()
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
            count={counts.get(label.id) ?? 0}
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
  readonly count: number
  readonly isCurrent: boolean
}

function LabelRow({ label, digit, count, isCurrent }: RowProps) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { locked, hidden } = useLabelFlags(label.id)
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

function useCounts(): ReadonlyMap<LabelId, number> {
  const annotations = useDocument((state) => state.annotations)
  return useMemo(() => {
    const counts = new Map<LabelId, number>()
    for (const { labelId } of annotations.values())
      counts.set(labelId, (counts.get(labelId) ?? 0) + 1)
    return counts
  }, [annotations])
}

function useLabelFlags(labelId: LabelId) {
  const bench = useBench()
  const views = useDocument((state) => state.views)
  useDocument((state) => state.annotations)
  const ids = idsWithLabel(bench, labelId)
  const all = (flag: 'locked' | 'hidden') =>
    ids.length > 0 && ids.every((id) => views.get(id)?.[flag])
  return { locked: all('locked'), hidden: all('hidden') }
}
