import { NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bulk } from '#shared/domain/bulk.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { useBench, useDocument } from '../../bench/context.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import classes from './dialogs.module.css'
import { propagateRange } from './propagate-range.ts'

/** CVAT proposes fifty; the last number of frames is proposed again. */
let lastCount = 50

/** Ctrl+B: copies on the frames that follow, or come before. */
export function PropagateDialog({
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
  const [direction, setDirection] = useState<1 | -1>(frame < range.stop ? 1 : -1)
  const most = direction === 1 ? range.stop - frame : frame - range.start
  const [wanted, setWanted] = useState(lastCount)
  const count = Math.min(wanted, most)
  const setCount = (value: number) => {
    lastCount = Math.max(1, value)
    setWanted(lastCount)
  }
  const bulk: Bulk | null =
    count < 1
      ? null
      : {
          action: { kind: 'propagate', ...propagateRange(frame, count * direction) },
          scope: { kind: 'ids', ids: [...ids] },
          deletedFrames: false,
          frame,
        }
  return (
    <BulkDialog
      title={t('propagateTitle', { count: ids.length })}
      size={440}
      bulk={bulk}
      verb={t('propagate')}
      close={close}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('direction')}
        data={[
          { value: '1', label: t('forward'), disabled: frame >= range.stop },
          { value: '-1', label: t('backward'), disabled: frame <= range.start },
        ]}
        value={String(direction)}
        onChange={(value) => setDirection(value === '1' ? 1 : -1)}
      />
      <div className={classes.pair}>
        <NumberInput
          data-autofocus
          label={t('frameCount')}
          min={1}
          max={Math.max(1, most)}
          clampBehavior="strict"
          allowDecimal={false}
          value={count}
          onChange={(value) => setCount(Number(value))}
        />
        <NumberInput
          label={t('upTo')}
          min={direction === 1 ? frame + 1 : range.start}
          max={direction === 1 ? range.stop : frame - 1}
          clampBehavior="blur"
          allowDecimal={false}
          value={frame + count * direction}
          onChange={(value) => setCount((Number(value) - frame) * direction)}
        />
      </div>
    </BulkDialog>
  )
}
