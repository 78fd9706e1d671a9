/** What a frame's objects lose by being painted into one picture, where each pixel has room for one of them. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { changed, dropped, onlyReal } from '../census.ts'
import { type Painting, paintingOf } from './areas.ts'
import { keptPixels } from './cover.ts'

export const NO_PIXELS = 'shapes without a single pixel are left out'
const IN_GROUPS = 'members of groups become one mask with the largest of their group'
const COVERED = 'objects that nearer ones cover wholly are left out'
const CUT = 'objects lose the pixels that nearer ones cover'

/**
 * Counted by painting.
 * @param shapes  those that are painted, in drawing order
 */
export function paintLosses(
  shapes: readonly WovenShape[],
  groups: 'united' | 'apart' = 'united',
): Loss[] {
  if (shapes.length === 0) return []
  const apart = paintedAlone(shapes, 'apart')
  const painting = groups === 'apart' ? apart : paintedAlone(shapes, groups)
  const kept = keptPixels(painting)
  const isCut = (pixels: number, i: number) =>
    pixels > 0 && pixels < (painting.areas[i]?.pixels ?? 0)
  return onlyReal([
    dropped(shapes.length - apart.areas.length, NO_PIXELS),
    dropped(apart.areas.length - painting.areas.length, IN_GROUPS),
    dropped(kept.filter((pixels) => pixels === 0).length, COVERED),
    changed(kept.filter(isCut).length, CUT),
  ])
}

/** The same for pictures that tell nothing but labels: all objects of a label are one. */
export function classPaintLosses(shapes: readonly WovenShape[]): Loss[] {
  if (shapes.length === 0) return []
  const apart = paintedAlone(shapes, 'apart')
  const painting = paintedAlone(shapes, 'united')
  const kept = keptPixels(painting, (a, b) => a.leader.labelId === b.leader.labelId)
  const seen = painting.areas.filter((_, i) => (kept[i] ?? 0) > 0)
  const labels = new Set(seen.map(({ leader }) => leader.labelId))
  const isCut = (pixels: number, i: number) =>
    pixels > 0 && pixels < (painting.areas[i]?.pixels ?? 0)
  return onlyReal([
    dropped(shapes.length - apart.areas.length, NO_PIXELS),
    dropped(apart.areas.length - painting.areas.length, IN_GROUPS),
    dropped(kept.length - seen.length, COVERED),
    dropped(seen.length - labels.size, 'objects become one mask with others of their label'),
    changed(kept.filter(isCut).length, CUT),
  ])
}

/** On a picture as large as what is drawn: whether something lies outside its own is not known here. */
function paintedAlone(shapes: readonly WovenShape[], groups: 'united' | 'apart'): Painting {
  return paintingOf(shapes, UNKNOWN, groups)
}

export const UNKNOWN: DatasetFrame = {
  ...{ index: 0 as DatasetFrame['index'], absolute: 0, name: '', fileName: '', subset: '' },
  ...{ width: 0, height: 0 },
}
