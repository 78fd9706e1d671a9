import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { classPaintLosses } from '../common/paint/mask-losses.ts'

/** CamVid tells nothing but labels: what is of one label becomes one. */
export function camvidFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  return classPaintLosses(arealShapes(annotations))
}
