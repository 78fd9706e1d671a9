import type { Ghost } from '#renderer/canvas/canvas-api.ts'
import { type LabelsById, toCanvasShape } from '#renderer/state/coloring.ts'
import { plainView } from '#renderer/state/journal.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'
import type { LayerState } from './prediction-layer.ts'
import { isBelow } from './rows.ts'

type Shown = Pick<LayerState, 'here' | 'isShown' | 'view' | 'bar'>

/**
 * What of the layer is drawn over the picture, the best on top. Tags are nowhere on it.
 * @param inHand  while differences are walked through: the one shown; without its name where the annotation's is beside it
 */
export function ghostsOf(
  { here, isShown, view, bar }: Shown,
  inHand: { readonly id: PredictionId; readonly isPair: boolean } | null,
  labels: LabelsById,
): Ghost[] {
  if (view === 'differences')
    return here
      .filter(({ id }) => id === inHand?.id)
      .flatMap((one) => ghostOf(one, false, labels) ?? [])
      .map((ghost) => (inHand?.isPair ? nameless(ghost) : ghost))
  if (!isShown) return []
  return here.toReversed().flatMap((one) => ghostOf(one, isBelow(one, bar), labels) ?? [])
}

function ghostOf(
  { id, score, proposal }: Prediction,
  faint: boolean,
  labels: LabelsById,
): Ghost | null {
  if (proposal.kind === 'tag') return null
  // No annotation yet: its number means nothing to anybody.
  const shape = { ...proposal, id: 0 as AnnotationId }
  const look = toCanvasShape(shape, plainView, 'label', labels)
  const name = labels.get(proposal.labelId)?.name ?? ''
  return { id, faint, shape: { ...look, text: withScore(name, score) } }
}

const nameless = (ghost: Ghost): Ghost => ({ ...ghost, shape: { ...ghost.shape, text: '' } })

/** `car 0.87` */
export const withScore = (name: string, score: number | null): string =>
  score === null ? name : `${name} ${score.toFixed(2)}`
