import type { Shape } from '#shared/domain/annotation.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import {
  centreAndSize,
  fromCentre,
  relativeNumber,
  relativeText,
  toPixels,
} from '../common/relative-numbers.ts'
import type { Refuse } from '../common/yolo-fields.ts'
import { isTrackId, parseTrailing } from './trailing.ts'
import { allLabels, type ParseContext, type ParsedLine, type Variant } from './variant.ts'

const BOX_FIELDS = 4

/** Upright rectangles: `cx cy w h`. */
export const detection: Variant = {
  format: 'Ultralytics YOLO Detection 1.0',
  hasJoints: false,
  labelsOf: allLabels,
  lines: (shape, frame) => (isUprightBox(shape) ? [boxText(shape, frame)] : []),
  parse: parseDetection,
}

/** The same with the track's number behind the box of a track. */
export const detectionTrack: Variant = {
  ...detection,
  format: 'Ultralytics YOLO Detection Track 1.0',
  lines: (shape, frame) => {
    const track = shape.track === undefined ? '' : ` ${shape.track.id}`
    return isUprightBox(shape) ? [boxText(shape, frame) + track] : []
  },
}

function isUprightBox({ type, rotation }: Shape): boolean {
  return type === 'rectangle' && isUpright(rotation)
}

function boxText({ points }: Shape, frame: Parameters<typeof relativeText>[1]): string {
  return relativeText(centreAndSize(points), frame)
}

/**
 * A box, or an outline: training tools make the box around it from it. With six fields the last one tells them apart, a
 * track's number has no decimal point.
 */
function parseDetection(fields: readonly string[], context: ParseContext): ParsedLine {
  const { refuse } = context
  const isBox = fields.length <= 5 || (fields.length === 6 && isTrackId(fields[5]))
  if (isBox) return parseBox(fields, refuse)
  refuseJoints(fields, context)
  const { numbers, ...trailing } = parseOutline(fields, refuse)
  return {
    ...trailing,
    place(frame, _label, tally) {
      tally.note('outlines were read as the boxes around them, as training does')
      const box = boundingBox(toPixels(numbers, frame))
      const points = box ? [box.left, box.top, box.right, box.bottom] : [0, 0, 0, 0]
      return { type: 'rectangle', points }
    },
  }
}

/** `cx cy w h`, and what may stand behind it. */
export function parseBox(fields: readonly string[], refuse: Refuse): ParsedLine {
  if (fields.length < BOX_FIELDS) {
    refuse(
      `it has ${fields.length + 1} fields, a box has 5: label number, centre x, centre y, width, height`,
    )
  }
  const numbers = fields.slice(0, BOX_FIELDS).map((text) => relativeNumber(text, refuse))
  if ((numbers[2] ?? 0) < 0 || (numbers[3] ?? 0) < 0) {
    refuse('width and height must not be negative')
  }
  return {
    ...parseTrailing(fields.slice(BOX_FIELDS), refuse),
    place: (frame) => ({ type: 'rectangle', points: toPixels(fromCentre(numbers), frame) }),
  }
}

/** Corner after corner; a field too many is a track's number or a score. */
export function parseOutline(
  fields: readonly string[],
  refuse: Refuse,
): Pick<ParsedLine, 'trackId' | 'score'> & { readonly numbers: readonly number[] } {
  const count = fields.length - (fields.length % 2)
  if (count < 6) refuse(`it has ${fields.length + 1} fields, an outline of three corners has 7`)
  const numbers = fields.slice(0, count).map((text) => relativeNumber(text, refuse))
  return { numbers, ...parseTrailing(fields.slice(count), refuse) }
}

/** A skeleton would pass for an outline. */
export function refuseJoints(
  { length }: readonly string[],
  { joints, refuse }: Pick<ParseContext, 'joints' | 'refuse'>,
): void {
  if (joints === null) return
  const extra = length - BOX_FIELDS - joints.count * joints.dims
  if (extra < 0 || extra > 2) return
  refuse('it holds the joints of a skeleton; import it as Ultralytics YOLO Pose 1.0')
}
