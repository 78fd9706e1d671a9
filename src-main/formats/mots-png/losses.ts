import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { changed, dropped, onlyReal, plainShapeCount, plurals } from '../common/census.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintLosses } from '../common/paint/mask-losses.ts'

const WITHOUT_AREA = ['polyline', 'points', 'cuboid', 'skeleton'] as const
const PAINTED = ['rectangle', 'polygon', 'ellipse'] as const

/** MOTS PNG 1.0 keeps the pixels of tracks, and nothing else. */
export function motsLosses(census: AnnotationCensus): Loss[] {
  const tracked = (type: string): number => census.trackShapes[type] ?? 0
  const painted = [...PAINTED, 'mask'].reduce((sum, type) => sum + tracked(type), 0)
  return onlyReal([
    dropped(plainShapeCount(census), 'shapes that belong to no track are left out'),
    ...WITHOUT_AREA.map((type) =>
      dropped(tracked(type), `${plurals[type]} of tracks are left out`),
    ),
    dropped(census.tags, 'tags are left out'),
    ...PAINTED.map((type) => changed(tracked(type), `${plurals[type]} of tracks become masks`)),
    changed(painted, 'masks become keyframes of their tracks, each of them'),
    changed(painted, 'masks lose their attributes, z-order, occluded mark and source'),
    changed(census.grouped, 'annotations lose their group'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}

/** What the tracks of a frame lose to each other. */
export function motsFrameLosses(annotations: readonly (Tag | WovenShape)[]): Loss[] {
  return [...paintLosses(arealShapes(annotations).filter(({ track }) => track)).losses]
}
