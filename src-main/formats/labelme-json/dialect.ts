import { decodeMask } from '#shared/geometry/mask.ts'
import { at } from '#shared/geometry/points.ts'
import { type Dialect, type Drawing, type Form, pairs } from '../common/label-file/dialect.ts'
import { commonDrawing, standIn, turnedCorners } from '../common/label-file/drawings.ts'
import { encodeGray8 } from '../common/png/encode.ts'

/** Whose layout is written: 5.x reads it without a word of warning. */
const VERSION = '5.5.0'

export const labelmeDialect: Dialect = {
  hasTicks: true,
  draw: (form) => [commonDrawing(form) ?? drawing(form)],
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
    points: drawing.points,
    group_id: group,
    description,
    shape_type: drawing.type,
    flags,
    mask: null,
    ...drawing.more,
    ...(drawing.original ? { original: drawing.original } : {}),
    ...(isDifficult ? { difficult: true } : {}),
    ...(score === null ? {} : { score }),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...extras,
  }),
  file: ({ flags, shapes, imagePath, width, height, extras }) => ({
    version: VERSION,
    flags,
    shapes,
    imagePath,
    imageData: null,
    imageHeight: height,
    imageWidth: width,
    ...extras,
  }),
}

function drawing(form: Form): Drawing {
  const { type, points, rotation } = form
  switch (type) {
    case 'points':
      return { type: points.length === 2 ? 'point' : 'points', points: pairs(points) }
    case 'cuboid':
      return standIn({ type, points, rotation })
    case 'mask':
      return maskDrawing(points)
    default:
      return box(form)
  }
}

/** Two corners; all four of one that is turned. */
function box(form: Form): Drawing {
  const corners = turnedCorners(form)
  if (corners !== null) return { type: 'oriented_rectangle', points: pairs(corners) }
  const [x1, y1, x2, y2] = [0, 1, 2, 3].map((i) => at(form.points, i)) as [
    number,
    number,
    number,
    number,
  ]
  return {
    type: 'rectangle',
    points: [
      [Math.min(x1, x2), Math.min(y1, y2)],
      [Math.max(x1, x2), Math.max(y1, y2)],
    ],
  }
}

/** Its first and last pixel, and a picture of those between: 1 where it is set. */
function maskDrawing(points: readonly number[]): Drawing {
  const bitmap = decodeMask(points)
  const { left, top, width, height } = bitmap
  return {
    type: 'mask',
    points: [
      [left, top],
      [left + width - 1, top + height - 1],
    ],
    more: { mask: encodeGray8(bitmap).toString('base64') },
  }
}
