import { convertForm, type Form as ShapeForm } from '#shared/geometry/convert.ts'
import { at } from '#shared/geometry/points.ts'
import { isUpright, rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { type Dialect, type Drawing, type Form, pairs } from '../common/label-file/dialect.ts'
import { commonDrawing, standIn, turnedCorners } from '../common/label-file/drawings.ts'

/** Whose layout is written. */
const VERSION = '3.2.1'

export const xAnyLabelingDialect: Dialect = {
  hasTicks: false,
  draw: (form) => {
    const common = commonDrawing(form)
    return common ? [common] : drawings(form)
  },
  record: ({
    label,
    drawing,
    group,
    description,
    isDifficult,
    score,
    flags,
    attributes,
    extras,
  }) => ({
    label,
    score,
    points: drawing.points,
    group_id: group,
    description,
    difficult: isDifficult,
    shape_type: drawing.type,
    flags,
    attributes,
    kie_linking: [],
    ...drawing.more,
    ...(drawing.original ? { original: drawing.original } : {}),
    ...extras,
  }),
  file: ({ flags, shapes, imagePath, width, height, extras }) => ({
    version: VERSION,
    flags,
    checked: false,
    shapes,
    imagePath,
    imageData: null,
    imageHeight: height,
    imageWidth: width,
    ...extras,
  }),
}

function drawings(form: Form): Drawing[] {
  const { type, points, rotation } = form
  switch (type) {
    case 'points':
      return points.length === 2
        ? [{ type: 'point', points: pairs(points) }]
        : [standIn({ type, points, rotation })]
    case 'cuboid':
      return [cuboid(points)]
    case 'mask':
      return outlines({ type, points, rotation })
    default:
      return [box(form)]
  }
}

/** All four corners, from the upper left one round; `direction` says in radians how far it is turned. */
function box(form: Form): Drawing {
  const { points, rotation } = form
  const corners = turnedCorners(form)
  if (corners !== null && !isUpright(rotation)) {
    const direction = (((rotation % 360) + 360) % 360) * (Math.PI / 180)
    return { type: 'rotation', points: pairs(corners), more: { direction } }
  }
  const [x1, y1, x2, y2] = [at(points, 0), at(points, 1), at(points, 2), at(points, 3)]
  const upright = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
  return { type: 'rectangle', points: pairs(rectangleToPolygon(upright, 0)) }
}

/** Of X-AnyLabeling's corners (front, then rear, each round from its top-left one), where each stands among CVAT's. */
const ORDER = [0, 2, 3, 1, 6, 4, 5, 7] as const

function cuboid(points: readonly number[]): Drawing {
  const corners = ORDER.flatMap((i) => [at(points, 2 * i), at(points, 2 * i + 1)])
  const depth = [at(points, 12) - at(points, 0), at(points, 13) - at(points, 1)]
  const cuboid3d = { mode: 'from_rectangle', source: 'manual', depth_vector: depth }
  return { type: 'cuboid', points: pairs(corners), more: { cuboid3d } }
}

/** A polygon for each part, along the edges of its pixels; holes are joined to the outline. */
function outlines(form: ShapeForm): Drawing[] {
  return convertForm(form, 'polygon', { size: null }).map(({ points }) => ({
    type: 'polygon',
    points: pairs(points),
  }))
}
