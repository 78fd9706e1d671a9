import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber, formatPercent } from '#renderer/ui/format.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Difference } from '#shared/domain/prediction.ts'
import { useBench } from '../bench/context.ts'
import { KindIcon } from './kind-icon.tsx'
import classes from './predictions.module.css'
import { visit } from './walk.ts'

interface Props {
  readonly difference: Difference
  readonly label: Label | undefined
  readonly isCurrent: boolean
}

/** One place where both disagree; a click goes there. */
export const DifferenceRow = memo(function DifferenceRow(props: Props) {
  const { difference, label, isCurrent } = props
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const { kind, frame, iou, score } = difference
  return (
    <button
      type="button"
      className={classes.difference}
      aria-current={isCurrent}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => visit(bench, difference)}
    >
      <span className={classes.kindIcon} title={t(`kind-${kind}`)}>
        <KindIcon kind={kind} />
      </span>
      <i className={classes.dot} style={{ background: label?.color }} />
      <span className={classes.name}>{label?.name}</span>
      <span className={classes.figure}>
        {iou !== null && kind === 'low-overlap' ? formatPercent(iou) : score?.toFixed(2)}
      </span>
      <span className={classes.frame}>{t('frame', { frame: formatNumber(frame) })}</span>
    </button>
  )
})
