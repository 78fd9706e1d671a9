/** What a frame's objects lose by being painted into one picture, where each pixel has room for one of them. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { changed, dropped, onlyReal } from '../census.ts'
import { type Area, paintingOf } from './areas.ts'
import { keptPixels } from './cover.ts'

interface Painted {
  readonly losses: readonly Loss[]
  /** The objects of which something is seen. */
  readonly seen: readonly Area[]
}

/**
 * Counted by painting.
 * @param shapes  those that are painted, in drawing order
 * @param groups  as of `paintingOf`
 * @param isSame  as of `keptPixels`
 */
export function paintLosses(
  shapes: readonly WovenShape[],
  groups: 'united' | 'apart' = 'united',
  isSame?: (a: Area, b: Area) => boolean,
): Painted {
  if (shapes.length === 0) return { losses: [], seen: [] }
  const apart = paintingOf(shapes, UNKNOWN, 'apart')
  const painting = groups === 'apart' ? apart : paintingOf(shapes, UNKNOWN, groups)
  const kept = keptPixels(painting, isSame)
  const seen = painting.areas.filter((_, i) => (kept[i] ?? 0) > 0)
  const cut = painting.areas.filter(({ pixels }, i) => (kept[i] ?? 0) > 0 && kept[i] !== pixels)
  const losses = onlyReal([
    dropped(shapes.length - apart.areas.length, 'shapes without a single pixel are left out'),
    dropped(
      apart.areas.length - painting.areas.length,
      'members of groups become one mask with the largest of their group',
    ),
    dropped(
      painting.areas.length - seen.length,
      'objects that nearer ones cover wholly are left out',
    ),
    changed(cut.length, 'objects lose the pixels that nearer ones cover'),
  ])
  return { losses, seen }
}

/** A picture as large as what is drawn: whether something lies outside its own is not known here. */
const UNKNOWN: DatasetFrame = {
  ...{ index: 0 as DatasetFrame['index'], absolute: 0, name: '', fileName: '', subset: '' },
  ...{ width: 0, height: 0 },
}
