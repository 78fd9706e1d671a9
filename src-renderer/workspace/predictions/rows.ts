import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'

/** The best score first, those without any last, then in the order they came. */
export function bestFirst(predictions: readonly Prediction[]): Prediction[] {
  return predictions.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.id - b.id)
}

/** The one after it that is left; at the end the last one before it; null when none is. */
export function neighbourOf(
  rows: readonly Prediction[],
  id: PredictionId,
  gone: ReadonlySet<PredictionId>,
): PredictionId | null {
  const at = rows.findIndex((one) => one.id === id)
  const isLeft = (one: Prediction) => !gone.has(one.id)
  const next = rows.slice(at + 1).find(isLeft) ?? rows.slice(0, Math.max(0, at)).findLast(isLeft)
  return next?.id ?? null
}

/** One on, or back; from nowhere to the first or the last; null beyond an end: then another frame is meant. */
export function stepped(
  rows: readonly Prediction[],
  from: PredictionId | null,
  by: 1 | -1,
): PredictionId | null {
  const at = rows.findIndex(({ id }) => id === from)
  const to = at < 0 ? (by === 1 ? 0 : rows.length - 1) : at + by
  return rows[to]?.id ?? null
}

/** Of the bar's own steps, so that the counts of the bins are the counts of what is accepted. */
export const BAR_STEP = 0.05

/** How many of the bins lie at or above the bar, and below it. What has no score is in neither. */
export function countsAt(
  byScore: readonly number[],
  bar: number,
): { readonly above: number; readonly below: number } {
  const first = Math.round(bar * byScore.length)
  const sum = (bins: readonly number[]) => bins.reduce((all, count) => all + count, 0)
  return { above: sum(byScore.slice(first)), below: sum(byScore.slice(0, first)) }
}

/** Whether it steps back behind the bar. Who has no score is not judged by it. */
export const isBelow = ({ score }: Pick<Prediction, 'score'>, bar: number): boolean =>
  score !== null && score < bar
