import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { boxOfCorners } from '../common/corners.ts'
import { relativeText, toPixels } from '../common/relative-numbers.ts'
import { parseBox, parseOutline, refuseJoints } from './detection.ts'
import { smallestBox } from './smallest-box.ts'
import { isTrackId, parseTrailing } from './trailing.ts'
import { allLabels, type ParseContext, type ParsedLine, type Variant } from './variant.ts'

const CORNER_FIELDS = 8

/** Turned rectangles: `x1 y1 … x4 y4`, the corners from the top left one clockwise before the box is turned. */
export const orientedBoxes: Variant = {
  format: 'Ultralytics YOLO Oriented Bounding Boxes 1.0',
  hasJoints: false,
  labelsOf: allLabels,
  lines: ({ type, points, rotation }, frame) =>
    type === 'rectangle' ? [relativeText(rectangleToPolygon(points, rotation), frame)] : [],
  parse: parseOriented,
}

/** Four corners; a box without a turn, or an outline, as training tools take them. */
function parseOriented(fields: readonly string[], context: ParseContext): ParsedLine {
  const { refuse } = context
  if (fields.length <= 5) return parseBox(fields, refuse)
  if (fields.length !== CORNER_FIELDS) refuseJoints(fields, context)
  const { numbers, ...trailing } = parseCorners(fields, context)
  return {
    ...trailing,
    place(frame, _label, tally) {
      const corners = toPixels(numbers, frame)
      const box = boxOfCorners(corners)
      if (box !== null) return { type: 'rectangle', ...box }
      tally.note('outlines that are no rectangles were read as the smallest boxes around them')
      return { type: 'rectangle', ...smallestBox(corners) }
    },
  }
}

function parseCorners(
  fields: readonly string[],
  { refuse }: Pick<ParseContext, 'refuse'>,
): ReturnType<typeof parseOutline> {
  // Four corners, a score and a track's number look like five corners but for the missing point.
  const hasBoth = fields.length === CORNER_FIELDS + 2 && isTrackId(fields.at(-1))
  if (!hasBoth) return parseOutline(fields, refuse)
  const { numbers } = parseOutline(fields.slice(0, CORNER_FIELDS), refuse)
  return { numbers, ...parseTrailing(fields.slice(CORNER_FIELDS), refuse) }
}
