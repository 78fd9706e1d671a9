import { posix } from 'node:path'
import type { RelatedFile, ScannedFrame } from '../../core/ports.ts'
import { isPictureName } from '../picture-format.ts'
import { naturalKey, sortedBy } from '../select/order.ts'
import { isHidden } from './hidden.ts'

/**
 * CVAT's context images: beside a picture `a.b.jpg` a folder `related_images/a.b_jpg` with any pictures in it: the last dot
 * becomes a line. They are shown with their frame and are no frames themselves.
 */
export const RELATED_FOLDER = 'related_images'

/** Where a picture's context images may be, by its path: CVAT's folder first, then one in which every dot became a line. */
export function relatedFoldersOf(picture: string): string[] {
  const { dir, base } = posix.parse(picture)
  return [base.replace(/\.(?=[^.]*$)/, '_'), base.replaceAll('.', '_')].map((name) =>
    posix.join(dir, RELATED_FOLDER, name),
  )
}

/** True for `…/related_images/<folder>/<picture>` with no other hidden part. */
export function isRelatedEntry(entry: string): boolean {
  const parts = entry.split('/')
  const [name = '', folder = '', related = ''] = parts.toReversed()
  if (related !== RELATED_FOLDER || !isPictureName(name)) return false
  return ![...parts.slice(0, -3), folder, name].some(isHidden)
}

/** Give each frame its context images, ordered by name as people count. Those of no frame are left out. */
export function withRelated(
  frames: readonly ScannedFrame[],
  files: readonly RelatedFile[],
): ScannedFrame[] {
  if (files.length === 0) return [...frames]
  const byFolder = Map.groupBy(files, ({ entry }) => posix.dirname(entry))
  return frames.map((frame) => {
    const [own] = relatedFoldersOf(frame.entry).filter((folder) => byFolder.has(folder))
    const related = own === undefined ? undefined : byFolder.get(own)
    return related ? { ...frame, related: inNaturalOrder(related) } : frame
  })
}

function inNaturalOrder(files: readonly RelatedFile[]): RelatedFile[] {
  const named = files.map((file) => ({ ...file, name: file.entry }))
  return sortedBy(named, naturalKey).map(({ name: _name, ...file }) => file)
}
