import { IconCheck, IconX } from '@tabler/icons-react'
import { type MouseEvent, memo } from 'react'
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
  /** Behind the bar: it steps back. */
  readonly isBelow: boolean
}

/** One proposal: what it is, how sure the function is, and the two answers. */
export const PredictionRow = memo(function PredictionRow(props: Props) {
  const { prediction, label, isChosen, isHovered, isBelow } = props
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const { id, score, proposal } = prediction
  const color = label?.color ?? 'var(--fm-text-3)'
  const name = label?.name ?? ''
  const ids = [id]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of “next” and “previous” walk the rows
    <div
      className={classes.row}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-label={score === null ? name : `${name} ${score.toFixed(2)}`}
      data-hovered={isHovered}
      data-below={isBelow}
      style={{ '--color': color } as React.CSSProperties}
      onMouseEnter={() => bench.predictions.state.setState({ hovered: id })}
      onClick={() => choosePrediction(bench, id)}
      onDoubleClick={() => focusPrediction(bench, id)}
    >
      {/* No annotation yet: its number means nothing to anybody. */}
      <ShapeIcon annotation={{ ...proposal, id: 0 as AnnotationId }} color={color} />
      <span className={classes.name}>{name}</span>
      {score !== null && <Score score={score} />}
      <Answer label={t('reject', { name })} onClick={() => void reject(bench, { ids })} isNo>
        <IconX size={15} stroke={1.75} />
      </Answer>
      <Answer label={t('accept', { name })} onClick={() => void accept(bench, { ids })}>
        <IconCheck size={15} stroke={1.75} />
      </Answer>
    </div>
  )
})

/** A number, and a thin bar to compare it by. */
export function Score({ score }: { score: number }) {
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
  const press = (event: MouseEvent) => {
    event.stopPropagation()
    onClick()
  }
  return (
    <button
      type="button"
      className={classes.answer}
      data-no={isNo}
      title={label}
      aria-label={label}
      tabIndex={-1}
      // The keyboard stays with the picture.
      onMouseDown={(event) => event.preventDefault()}
      onDoubleClick={(event) => event.stopPropagation()}
      onClick={press}
    >
      {children}
    </button>
  )
}
