import type { InteractorPrompt } from '../../core/ports.ts'

export type Prompt = Omit<InteractorPrompt, 'region' | 'previous'>

/** SAM's numbers for what a point means. */
export const SAM_LABELS = { padding: -1, negative: 0, positive: 1, topLeft: 2, bottomRight: 3 }

export interface LabelledPoint {
  /** Image pixels. */
  readonly x: number
  readonly y: number
  readonly label: number
}

/** A prompt as SAM hears it: clicks, then the corners of the box. */
export function labelledPoints({ positive, negative, box }: Prompt): LabelledPoint[] {
  const points = [
    ...positive.map(([x, y]) => ({ x, y, label: SAM_LABELS.positive })),
    ...negative.map(([x, y]) => ({ x, y, label: SAM_LABELS.negative })),
  ]
  if (!box) return points
  const [x1, y1, x2, y2] = sortedBox(box)
  return [
    ...points,
    { x: x1, y: y1, label: SAM_LABELS.topLeft },
    { x: x2, y: y2, label: SAM_LABELS.bottomRight },
  ]
}

export function sortedBox([x1, y1, x2, y2]: readonly [number, number, number, number]): [
  number,
  number,
  number,
  number,
] {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}
