import { Slider } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench } from '../bench/context.ts'
import { countsOf, type DifferenceKind, differenceKinds } from './differences.ts'
import { KindIcon } from './kind-icon.tsx'
import classes from './predictions.module.css'
import { useQueue } from './use-layer.ts'

/** While a slider moves, nothing is compared. */
const REST_MS = 250

/** Which kinds, and what counts as agreeing. */
export function DifferenceFilters() {
  const { t } = useTranslation('predictions')
  return (
    <section className={classes.filters} aria-label={t('filters')}>
      <Kinds />
      <ConditionSlider field="iou" label={t('overlap')} />
      <ConditionSlider field="minScore" label={t('minScore')} />
    </section>
  )
}

function Kinds() {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const entries = useQueue((state) => state.entries)
  const kept = useQueue((state) => state.kept)
  const kinds = useQueue((state) => state.kinds)
  const counts = countsOf({ entries, kept, kinds })
  const toggle = (kind: DifferenceKind) => {
    const next = new Set(kinds)
    if (!next.delete(kind)) next.add(kind)
    bench.differences.setKinds(next)
  }
  return (
    <div className={classes.kinds}>
      {differenceKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className={classes.kind}
          aria-pressed={kinds.has(kind)}
          title={t(`kindHint-${kind}`)}
          onClick={() => toggle(kind)}
        >
          <KindIcon kind={kind} />
          <span>{t(`kind-${kind}`)}</span>
          <b>{formatNumber(counts.get(kind) ?? 0)}</b>
        </button>
      ))}
    </div>
  )
}

function ConditionSlider({ field, label }: { field: 'iou' | 'minScore'; label: string }) {
  const { differences } = useBench()
  const stored = useQueue((state) => state[field])
  const [moving, setMoving] = useState<number | null>(null)
  const begin = useDebouncedCallback((value: number) => {
    setMoving(null)
    void differences.begin({ [field]: value })
  }, REST_MS)
  const value = moving ?? stored
  return (
    <div className={classes.slider}>
      <span>{label}</span>
      <Slider
        size={3}
        min={0}
        max={1}
        step={0.05}
        label={null}
        thumbLabel={label}
        value={value}
        onChange={(next) => {
          setMoving(next)
          begin(Number(next.toFixed(2)))
        }}
      />
      <output>{value.toFixed(2)}</output>
    </div>
  )
}
