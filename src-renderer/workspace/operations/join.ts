import type { Shape, ShapeType } from '#shared/domain/annotation.ts'
import { combinePolygons } from '#shared/geometry/boolean-polygons.ts'
import { uniteMasks } from '#shared/geometry/mask-algebra.ts'
import { bridgeHoles } from '#shared/geometry/polygon-bridges.ts'
import { annotationsOf } from '../bench/bench.ts'
import { joinPolylines } from './join-polylines.ts'
import type { PickVerb } from './picking.ts'
import { replaceShapes } from './replace-shapes.ts'

const joinable: readonly ShapeType[] = ['mask', 'polygon', 'polyline']

/** J: several shapes become the first of them. */
export const joining: PickVerb = {
  name: 'join',
  accepts: joinable,
  otherwise: 'joinNeedsKind',
  acrossFrames: false,
  apply(bench, ids) {
    const shapes = annotationsOf(bench, ids).filter((one) => one.kind === 'shape')
    if (shapes.length < ids.length) return 'onlyShapes'
    const [kept, ...gone] = shapes
    if (!kept || gone.length === 0) return 'joinNeedsTwo'
    if (gone.some(({ type }) => type !== kept.type)) return 'joinNeedsOneKind'
    const points = joined(kept.type, shapes)
    if (!points) return 'joinApart'
    const forms = [{ type: kept.type, points, rotation: 0 }]
    const left = replaceShapes(bench, 'join', { kept, forms, gone })
    if (left) bench.document.activate(left)
    return null
  },
}

/** @returns null when they cannot be one shape: polygons that do not touch */
function joined(type: ShapeType, shapes: readonly Shape[]): number[] | null {
  const points = shapes.map((shape) => shape.points)
  if (type === 'mask') return uniteMasks(points)
  if (type === 'polyline') return joinPolylines(points)
  const [only, ...more] = combinePolygons('union', points)
  return only && more.length === 0 ? bridgeHoles(only) : null
}
