/** The two tables: boxes of faces, and five points on each. */
import type { Shape, Tag } from '#shared/domain/annotation.ts'

export const BOX_HEADER = ['NAME_ID', 'X', 'Y', 'W', 'H'] as const
export const LANDMARK_HEADER = [
  'NAME_ID',
  ...[1, 2, 3, 4, 5].flatMap((n) => [`P${n}X`, `P${n}Y`]),
] as readonly string[]

/** Folder of frames of nobody. */
export const NO_LABEL = 'no_label'

/** Eyes, nose and the corners of the mouth: five points, x and y. */
export function isLandmarks(one: Pick<Shape, 'kind' | 'type' | 'points'> | Tag): boolean {
  return one.kind === 'shape' && one.type === 'points' && one.points.length === 10
}
