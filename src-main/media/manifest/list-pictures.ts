import type { SortingMethod } from '#shared/domain/task.ts'
import type { ScanResult } from '../../core/ports.ts'
import { compareCodePoints } from '../select/order.ts'
import { selectFrames } from '../select/select-frames.ts'
import { manifestNames } from './data-root.ts'
import type { ListedPicture } from './picture-items.ts'

/** Random, yet the same again next time. */
const SEED = 1

/** The pictures of a scan under their names in a manifest, in order. Context images go by code point, as CVAT's do. */
export function listPictures(scan: ScanResult, sortingMethod: SortingMethod): ListedPicture[] {
  const names = manifestNames(scan)
  const listed = scan.frames.flatMap((frame): ListedPicture[] => {
    const source = scan.sources[frame.sourceIndex]
    const related = (frame.related ?? [])
      .map(({ entry }) => names.beside(frame, entry))
      .toSorted(compareCodePoints)
    return source ? [{ name: names.frame(frame), frame, source, related }] : []
  })
  return orderEntries(listed, sortingMethod)
}

/** In the order that CVAT's sorting method gives names. */
export function orderEntries<T extends { readonly name: string }>(
  entries: readonly T[],
  sortingMethod: SortingMethod,
): T[] {
  const all = { startFrame: 0, stopFrame: null, frameStep: 1, seed: SEED }
  return selectFrames([...entries], { sortingMethod, ...all })
}
