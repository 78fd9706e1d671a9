import { IconCheck, IconX } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Prediction } from '#shared/domain/prediction.ts'
import { useBench } from '../bench/context.ts'
import { ShapeIcon } from '../parts/shape-icon.tsx'
import { accept, reject } from './decide.ts'
import classes from './predictions.module.css'
import { choosePrediction, focusPrediction } from './walk.ts'

interface Props {
  readonly prediction: Prediction
  readonly label: Label | undefined
  readonly isChosen: boolean
  readonly isHovered: boolean
  /** CSS pixels from the top of the list, of which only the rows in sight exist. */
  readonly top: number
  /** Behind the bar: it steps back. */
  readonly isBelow: boolean
}

/** One proposal: what it is, how sure the function is, and the two answers. */
export const PredictionRow = memo(function PredictionRow(props: Props) {
  const { prediction, label, isChosen, isHovered, isBelow, top } = props
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const { id, score, proposal } = prediction
  const color = label?.color ?? 'var(--fm-text-3)'
  const name = label?.name ?? ''
  const ids = [id]
  return (
    <li
      className={classes.row}
      data-chosen={isChosen}
      data-hovered={isHovered}
      data-below={isBelow}
      style={{ top, '--color': color } as React.CSSProperties}
      onMouseEnter={() => bench.predictions.state.setState({ hovered: id })}
    >
      <button
        type="button"
        className={classes.rowMain}
        aria-current={isChosen}
        // The keyboard stays with the picture.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => choosePrediction(bench, id)}
        onDoubleClick={() => focusPrediction(bench, id)}
      >
        {/* No annotation yet: its number means nothing to anybody. */}
        <ShapeIcon annotation={{ ...proposal, id: 0 as AnnotationId }} color={color} />
        <span className={classes.name}>{name}</span>
        {score !== null && <Score score={score} />}
      </button>
      <Answer label={t('reject', { name })} onClick={() => void reject(bench, { ids })} isNo>
        <IconX size={15} stroke={1.75} />
      </Answer>
      <Answer label={t('accept', { name })} onClick={() => void accept(bench, { ids })}>
        <IconCheck size={15} stroke={1.75} />
      </Answer>
    </li>
  )
})

/** A number, and a thin bar to compare it by. */
function Score({ score }: { score: number }) {
  return (
    <span className={classes.score}>
      <i style={{ inlineSize: `${Math.max(0, Math.min(1, score)) * 100}%` }} />
      <span>{score.toFixed(2)}</span>
    </span>
  )
}

interface AnswerProps {
  readonly label: string
  readonly isNo?: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function Answer({ label, isNo = false, onClick, children }: AnswerProps) {
  return (
    <button
      type="button"
      className={classes.answer}
      data-no={isNo}
      title={label}
      aria-label={label}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
