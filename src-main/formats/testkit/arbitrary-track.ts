/** Random tracks of every shape type on a video of the sample's labels. */
import fc from 'fast-check'
import type { Keyframe, ShapeType } from '#shared/domain/annotation.ts'
import type { NewShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import { anyShape } from './arbitrary.ts'

/**
 * A track whose keyframes are random shapes of one type and label; immutable values are its own, mutable ones its first
 * keyframe's. The first keyframe is seen.
 * @param size frames of the video
 * @param mutable ids of the attributes that may change
 */
export function anyTrack(
  types: readonly ShapeType[],
  size: number,
  mutable: readonly number[],
): fc.Arbitrary<NewTrack> {
  const places = fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 6 })
  return fc
    .constantFrom(...types)
    .chain((type) => fc.tuple(shapes(type), places, fc.array(fc.boolean(), { minLength: 6 })))
    .map(([list, frames, hidden]) => {
      const [first] = list as [NewShape]
      const inOrder = [...frames].sort((a, b) => a - b)
      const same = list.filter(({ labelId }) => labelId === first.labelId)
      const { labelId, group, source, type } = first
      const isMutable = ({ specId }: { specId: number }) => mutable.includes(specId)
      return {
        ...{ kind: 'track', frame: inOrder[0] ?? 0, labelId, group, source, type },
        attributes: first.attributes.filter((value) => !isMutable(value)),
        keyframes: inOrder.map((frame, at): Keyframe => {
          const shape = same[at % same.length] ?? first
          const { points, rotation, occluded, zOrder } = shape
          const outside = at > 0 && hidden[at] === true
          const elements = shape.elements.map((joint) => ({ ...joint, attributes: [] }))
          const attributes = at === 0 ? shape.attributes.filter(isMutable) : []
          return { frame, points, rotation, occluded, zOrder, outside, attributes, elements }
        }),
      } satisfies NewTrack
    })
}

function shapes(type: ShapeType): fc.Arbitrary<NewShape[]> {
  return fc.array(anyShape([type]), { minLength: 1, maxLength: 6 })
}
