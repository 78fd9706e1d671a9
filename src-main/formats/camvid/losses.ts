import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { dropped, onlyReal } from '../common/census.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'

/** CamVid tells nothing but labels: what is of one label becomes one. */
export function camvidFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  const { losses, seen } = paintLosses(
    arealShapes(annotations),
    'united',
    (a, b) => a.leader.labelId === b.leader.labelId,
  )
  const labels = new Set(seen.map(({ leader }) => leader.labelId))
  const merged = dropped(
    seen.length - labels.size,
    'objects become one mask with others of their label',
  )
  return onlyReal([...losses, merged])
}
