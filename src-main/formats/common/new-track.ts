import type { AttributeValue, Keyframe, Track } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'

export type NewTrack = Omit<Track, 'id'>

/**
 * A track as a file gives it, with all values on every keyframe: immutable ones are the last keyframe's and go to the
 * track, as in CVAT; of mutable ones a keyframe keeps what it changes.
 * @param keyframes  in order, at least one
 */
export function newTrack({
  label,
  keyframes,
  ...fields
}: Pick<NewTrack, 'labelId' | 'group' | 'source' | 'type'> & {
  readonly label: Label
  readonly keyframes: readonly Keyframe[]
}): NewTrack {
  const mutable = new Set(label.attributes.filter((spec) => spec.mutable).map(({ id }) => id))
  const isMutable = ({ specId }: AttributeValue) => mutable.has(specId)
  const last = keyframes.findLast(({ attributes }) => attributes.length > 0)?.attributes ?? []
  const inForce = new Map<number, string>()
  const changes = (value: AttributeValue) => {
    const isNew = isMutable(value) && inForce.get(value.specId) !== value.value
    inForce.set(value.specId, value.value)
    return isNew
  }
  return {
    kind: 'track',
    ...fields,
    frame: keyframes[0]?.frame ?? 0,
    attributes: last.filter((value) => !isMutable(value)),
    keyframes: keyframes.map((keyframe) => ({
      ...keyframe,
      attributes: keyframe.attributes.filter(changes),
    })),
  }
}
