import { NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bulk } from '#shared/domain/bulk.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { useBench, useDocument } from '../../bench/context.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import classes from './dialogs.module.css'

/** Tracks become shapes, on all frames of the job or on some of them; how many is counted before it happens. */
export function ToShapesDialog({
  ids,
  close,
}: {
  ids: readonly AnnotationId[]
  close: () => void
}) {
  const { t } = useTranslation('operations')
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  const { range } = bench.document
  const [first, setFirst] = useState(range.start)
  const [last, setLast] = useState(range.stop)
  const [every, setEvery] = useState<'frame' | 'keyframe'>('frame')
  const common = { min: range.start, max: range.stop, allowDecimal: false } as const
  const bulk: Bulk | null =
    last < first
      ? null
      : {
          action: { kind: 'tracks-to-shapes', first, last, every },
          scope: { kind: 'ids', ids: [...ids] },
          deletedFrames: false,
          frame,
        }
  return (
    <BulkDialog
      title={t('toShapesTitle', { count: ids.length })}
      size={440}
      bulk={bulk}
      verb={t('run-tracks-to-shapes')}
      close={close}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('every')}
        data={[
          { value: 'frame', label: t('every-frame') },
          { value: 'keyframe', label: t('every-keyframe') },
        ]}
        value={every}
        onChange={(value) => setEvery(value as typeof every)}
      />
      <div className={classes.pair}>
        <NumberInput
          {...common}
          data-autofocus
          label={t('fromFrame')}
          value={first}
          onChange={(value) => setFirst(Number(value))}
        />
        <NumberInput
          {...common}
          label={t('upTo')}
          value={last}
          onChange={(value) => setLast(Number(value))}
        />
      </div>
    </BulkDialog>
  )
}
