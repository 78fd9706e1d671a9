import { toFlat } from '#shared/geometry/points.ts'
import type { CanvasShape } from '../../canvas-api.ts'
import type { ImagePoint } from '../../geometry/space.ts'
import type { Mark } from '../tool-state.ts'
import type { BorderView } from './bordering.ts'
import type { PathBuilder } from './path-builder.ts'

/** CVAT's colour for the vertex that shows the direction. */
const VIA_COLOR = '#be4bdb'
const LIT_COLOR = '#228be6'
const FILL = 0.2
/** CSS pixels. */
const CLOSING_RADIUS = 8

/** An outline being drawn: what is there, the piece that follows the pointer, its points. */
export function outlineMarks(
  type: CanvasShape['type'],
  points: readonly ImagePoint[],
  aim: readonly ImagePoint[],
  { color, closing }: { color: string; closing: boolean },
): Mark[] {
  const marks: Mark[] = []
  if (type === 'polygon')
    marks.push({ kind: 'path', points: toFlat(aim), closed: closing, color, fill: FILL })
  if (type === 'polyline') marks.push({ kind: 'path', points: toFlat(aim), closed: false, color })
  if (type === 'points' && points.length > 0)
    marks.push({ kind: 'path', points: toFlat(aim), closed: false, color, dashed: true, width: 1 })
  marks.push({ kind: 'dots', points: toFlat(points), color, solid: type === 'points' })
  const [first] = points
  if (closing && first)
    marks.push({ kind: 'dots', points: toFlat([first]), color, radius: CLOSING_RADIUS })
  return marks
}

/** Neighbours' vertices that can be clicked, the one under the pointer larger, and the one that shows the way in purple. */
export function borderMarks(view: BorderView, path: PathBuilder): Mark[] {
  const marks: Mark[] = []
  if (view.lit.length > 0)
    marks.push({ kind: 'dots', points: view.lit, color: LIT_COLOR, radius: 3 })
  if (view.caught)
    marks.push({ kind: 'dots', points: toFlat([view.caught.at]), color: LIT_COLOR, radius: 6 })
  if (path.via)
    marks.push({
      kind: 'dots',
      points: toFlat([path.via]),
      color: VIA_COLOR,
      radius: 6,
      solid: true,
    })
  return marks
}
