/** What the timeline's tests look at: `10` a keyframe on frame 10, `10o` one that is outside, `10c` one that is occluded. */
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { type Lane, OCCLUDED, OUTSIDE } from './lane.ts'

export function lane(id: number, ...keyframes: readonly (number | string)[]): Lane {
  const said = keyframes.map(String)
  return {
    id: id as AnnotationId,
    labelId: 1 as LabelId,
    group: 0,
    source: 'manual',
    type: 'rectangle',
    attributes: [],
    frames: Int32Array.from(said, (one) => Number.parseInt(one, 10)),
    flags: Uint8Array.from(
      said,
      (one) => (one.endsWith('o') ? OUTSIDE : 0) + (one.endsWith('c') ? OCCLUDED : 0),
    ),
  }
}
