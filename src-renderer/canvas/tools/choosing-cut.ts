import type { CanvasShape } from '../canvas-api.ts'
import type { Cut } from '../geometry/contour-cut.ts'
import { insidePolygon, nearestEdge, signedArea } from '../geometry/hit.ts'
import type { ImagePoint } from '../geometry/space.ts'
import type { Mark, Next, Stage, ToolState } from './tool-state.ts'

/** Two parts, one to keep: the one under the pointer shows full, a click (or N) keeps it, Escape keeps the shape as it was. */
export function choosingCut(
  stage: Stage,
  shape: CanvasShape,
  cuts: readonly [Cut, Cut],
  keep: (cut: Cut) => Next,
): ToolState {
  const closed = shape.type === 'polygon'
  let picked: Cut | null = null
  const show = (): Next => {
    const marks = cuts.map((cut) => markOf(cut, cut === picked, closed, shape.color))
    // The one under the pointer goes on top.
    stage.setDraft({ kind: 'sketch', marks: picked === cuts[0] ? marks.reverse() : marks })
    return undefined
  }
  stage.emit('hint', { key: 'contourChoose' })
  show()
  return {
    name: 'choosing-cut',
    cursor: 'pointer',
    press({ image, button }) {
      if (button !== 0) return undefined
      return keep(cutUnder(cuts, image, closed))
    },
    move({ image }) {
      picked = cutUnder(cuts, image, closed)
      return show()
    },
    finish: () => (picked ? keep(picked) : undefined),
    takeBack: () => false,
    leave: () => stage.setDraft(null),
  }
}

/** The part that holds the point, the smaller where both do; else the one whose outline is nearer. */
function cutUnder(cuts: readonly [Cut, Cut], point: ImagePoint, closed: boolean): Cut {
  const [a, b] = cuts
  const holds = (cut: Cut) => closed && insidePolygon(point, cut.points)
  if (holds(a) !== holds(b)) return holds(a) ? a : b
  const size = (cut: Cut) =>
    holds(cut) ? Math.abs(signedArea(cut.points)) : nearestEdge(point, cut.points, closed).distance
  return size(a) <= size(b) ? a : b
}

function markOf(cut: Cut, isPicked: boolean, closed: boolean, color: string): Mark {
  const fill = closed ? { fill: isPicked ? 0.5 : 0.1 } : {}
  const width = isPicked ? 3 : 1.5
  return { kind: 'path', points: cut.points, closed, color, dashed: !isPicked, width, ...fill }
}
