import type { AttributeValue, Shape, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { keyframeOf } from '#shared/tracks/edit.ts'
import { chainToTrack } from '#shared/tracks/link-shapes.ts'
import type { MutableDefaults } from '#shared/tracks/merge.ts'

/**
 * The track of a path of boxes: they are its keyframes, between them it is interpolated, behind the last it is outside.
 * Mutable attributes keep their value on each keyframe, the others where all boxes agree; the group likewise.
 * @param lastFrame  of the task
 */
export function pathToTrack(
  boxes: readonly Shape[],
  label: Label | undefined,
  lastFrame: FrameIndex,
): Track | null {
  const [first] = boxes
  if (!first) return null
  const mutable = mutableOf(label)
  const shared = agreed(boxes, mutable)
  const track =
    boxes.length > 1 ? chainToTrack(boxes, { lastFrame, mutable }) : single(first, lastFrame)
  if (!track) return null
  const group = boxes.every((box) => box.group === first.group) ? first.group : 0
  const own = track.attributes.filter(({ specId }) => mutable.has(specId))
  return { ...track, id: 0 as AnnotationId, group, source: 'auto', attributes: [...own, ...shared] }
}

function single(box: Shape, lastFrame: FrameIndex): Track {
  const { id, frame, labelId, group, source, type, attributes } = box
  const seen = { ...keyframeOf(box), attributes: [] }
  const gone = { ...seen, frame: frame + 1, outside: true }
  return {
    ...{ kind: 'track', id, frame, labelId, group, source, type, attributes },
    keyframes: frame < lastFrame ? [seen, gone] : [seen],
  }
}

function mutableOf(label: Label | undefined): MutableDefaults {
  const mutable = label?.attributes.filter((spec) => spec.mutable) ?? []
  return new Map(mutable.map(({ id, defaultValue }) => [id, defaultValue]))
}

/** Values of immutable attributes that every box has. */
function agreed(boxes: readonly Shape[], mutable: MutableDefaults): AttributeValue[] {
  const [first, ...others] = boxes
  return (first?.attributes ?? []).filter(
    ({ specId, value }) =>
      !mutable.has(specId) &&
      others.every(({ attributes }) =>
        attributes.some((one) => one.specId === specId && one.value === value),
      ),
  )
}
