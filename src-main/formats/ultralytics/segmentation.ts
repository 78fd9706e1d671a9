import { convertForm } from '#shared/geometry/convert.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { type PictureSize, relativeText, toPixels } from '../common/relative-numbers.ts'
import { parseBox, parseOutline, refuseJoints } from './detection.ts'
import { allLabels, type ParseContext, type ParsedLine, type Variant } from './variant.ts'

/** A line for each outline: `x1 y1 x2 y2 …`, three corners at least. */
export const segmentation: Variant = {
  format: 'Ultralytics YOLO Segmentation 1.0',
  hasJoints: false,
  labelsOf: allLabels,
  lines: (shape, frame) => outlinesOf(shape, frame).map((points) => relativeText(points, frame)),
  parse: parseSegmentation,
}

/**
 * Masks become one outline for each of their parts, along the edges of the pixels, so that filling it gives the same pixels;
 * holes are joined to it by a bridge. CVAT's go through the pixels' centres, which loses a row and a column.
 */
export function outlinesOf({ type, points, rotation }: WovenShape, size: PictureSize): number[][] {
  if (type === 'polygon') return [points]
  if (type !== 'mask' && type !== 'ellipse') return []
  return convertForm({ type, points, rotation }, 'polygon', { size }).map((form) => [
    ...form.points,
  ])
}

/** A line of five fields is a box: tools that mix both write it so. */
function parseSegmentation(fields: readonly string[], context: ParseContext): ParsedLine {
  const { refuse } = context
  if (fields.length <= 5) {
    const box = parseBox(fields, refuse)
    return {
      ...box,
      place(frame, label, tally) {
        tally.note('lines hold boxes, which were read as rectangles')
        return box.place(frame, label, tally)
      },
    }
  }
  refuseJoints(fields, context)
  const { numbers, ...trailing } = parseOutline(fields, refuse)
  return {
    ...trailing,
    place: (frame) => ({ type: 'polygon', points: toPixels(numbers, frame) }),
  }
}
