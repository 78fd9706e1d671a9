import { basename, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { FoundVideo, ScannedFrame, ScanResult } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { applyManifest } from './apply-manifest.ts'
import { checkSizes } from './check-sizes.ts'
import { type FoundManifest, findManifests, theManifest } from './find-manifest.ts'
import type { ImageManifest, VideoManifest } from './manifest.ts'

/**
 * A scan with what a manifest given along with the media, or lying with them, knows of them.
 * @param paths  as the scan got them
 * @throws MANIFEST_INVALID, MANIFEST_MISMATCH, MANIFEST_TWICE, MEDIA_NOT_FOUND, CANCELLED
 */
export async function withManifest(
  paths: readonly string[],
  scan: ScanResult,
  search: { shelf: ArchiveShelf; signal: AbortSignal },
): Promise<ScanResult> {
  const all = await findManifests(paths, scan, search)
  const found = theManifest(all.filter((one) => one.isGiven || isOf(one, scan)))
  if (!found) return scan
  const { manifest, path } = found
  if (scan.video) return { ...scan, video: describedVideo(scan.video, manifest, path) }
  const described = applyManifest(scan, {
    manifest: ofType(manifest, 'images', path),
    path,
    folder: found.folder,
    mayListMore: !listsWhole(paths, scan),
  })
  await checkSizes(described, path, search)
  return described
}

/** Whether a manifest that lies about speaks of these media at all. */
function isOf({ manifest, folder }: FoundManifest, { video, frames, sources }: ScanResult) {
  if (manifest.type === 'video')
    return video !== undefined && basename(video.path) === manifest.name
  if (video) return false
  // In the folder that was given it is meant; beside an archive it may be of another one.
  if (sources.some(({ kind, path }) => kind === 'folder' && path === folder)) return true
  const names = new Set(frames.flatMap(({ name, entry }: ScannedFrame) => [name, entry]))
  return manifest.entries.some(({ name }) => names.has(name))
}

/** True when a folder or an archive was given: then every picture of it is meant. */
function listsWhole(paths: readonly string[], { sources }: ScanResult): boolean {
  const given = new Set(paths.map((path) => resolve(path)))
  return sources.some(({ path }) => given.has(path))
}

/** The core knows what the container says, and compares it (core/work/described-video.ts). */
function describedVideo(video: FoundVideo, manifest: FoundManifest['manifest'], path: string) {
  const { width, height, length, keyframes, name } = ofType(manifest, 'video', path)
  if (name !== basename(video.path)) {
    const differences = `it is of ${name}, and not of ${basename(video.path)}`
    throw new AppError('MANIFEST_MISMATCH', { path, differences })
  }
  return { ...video, manifest: { path, width, height, length, keyframes } }
}

interface Types {
  readonly images: ImageManifest
  readonly video: VideoManifest
}

const MEANT = { images: 'a video, and these are pictures', video: 'pictures, and this is a video' }

function ofType<T extends keyof Types>(
  manifest: FoundManifest['manifest'],
  type: T,
  path: string,
): Types[T] {
  if (manifest.type === type) return manifest as Types[T]
  throw new AppError('MANIFEST_MISMATCH', { path, differences: `it is of ${MEANT[type]}` })
}
