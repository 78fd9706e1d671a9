import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SortingMethod } from '#shared/domain/task.ts'
import type { FoundVideo, ScanResult } from '../../core/ports.ts'
import { createArchiveShelf } from '../archives/archive-shelf.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { scanMedia } from '../scan/scan.ts'
import { imageHeadLines, imageLine } from './lines.ts'
import { listPictures, orderEntries } from './list-pictures.ts'
import type { ImageEntry } from './manifest.ts'
import { type PictureProblem, pictureItems } from './picture-items.ts'
import { filesBelow, isPointCloud, pointCloudEntries } from './point-clouds.ts'
import { createVideoManifest } from './video-items.ts'
import { type WrittenManifest, writeManifestFiles } from './write-files.ts'

export interface ManifestOptions {
  /** Folders, globs, archives, single pictures, or one video. */
  readonly paths: readonly string[]
  readonly outputDir: string
  readonly sortingMethod: SortingMethod
  /** Write a video's manifest even where its keyframes are too far apart for a server. */
  readonly force: boolean
  /** Decode every picture for its checksum. */
  readonly checksums: boolean
  readonly signal: AbortSignal
  /** @param total  null while nobody knows */
  progress(done: number, total: number | null, message: string): void
}

export interface ManifestReport extends WrittenManifest {
  readonly type: 'images' | 'video'
  /** Pictures that are listed by their name alone, or what is wrong with the video. */
  readonly problems: readonly PictureProblem[]
  /** Subfolders that could not be listed. */
  readonly unreadableFolders: readonly string[]
}

/**
 * Describe media in a `manifest.jsonl` and its `index.json`. The same media give the same bytes, whenever and wherever.
 * @throws MEDIA_NOT_FOUND, MEDIA_NONE, MEDIA_MIXED, ARCHIVE_*, VIDEO_*, MANIFEST_FEW_KEYFRAMES, EXPORT_NOT_WRITABLE, DISK_FULL,
 *   CANCELLED; nothing is then written
 */
export async function createManifest(options: ManifestOptions): Promise<ManifestReport> {
  const clouds = await pointClouds(options.paths)
  if (clouds.length > 0) return writePointClouds(clouds, options)
  const shelf = createArchiveShelf(join(tmpdir(), 'fieldmark-cache'))
  try {
    const { signal } = options
    const onFound = (_first: unknown, found: number) =>
      options.progress(0, null, `${found.toLocaleString('en')} pictures found`)
    const scan = await scanMedia(options.paths, { signal, onFound }, shelf)
    return scan.video
      ? await writeVideo(scan.video, options)
      : await writePictures(scan, options, shelf)
  } finally {
    shelf.close()
  }
}

/** A lone folder with point clouds in it is a 3D data set, and its pictures belong to them. */
async function pointClouds(paths: readonly string[]): Promise<ImageEntry[]> {
  const [folder] = paths
  if (folder === undefined || paths.length > 1) return []
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  if (!isFolder) return []
  // A folder that cannot be listed is told by the scan that follows.
  const files = await filesBelow(resolve(folder)).catch(() => [])
  return files.some(isPointCloud) ? pointCloudEntries(files) : []
}

async function writePointClouds(
  clouds: readonly ImageEntry[],
  { outputDir, sortingMethod, signal }: ManifestOptions,
): Promise<ManifestReport> {
  const ordered = orderEntries(clouds, sortingMethod)
  async function* lines() {
    throwIfCancelled(signal, 'The manifest')
    for (const entry of ordered) yield imageLine(entry)
  }
  const written = await writeManifestFiles(outputDir, imageHeadLines(), lines())
  return { ...written, type: 'images', problems: [], unreadableFolders: [] }
}

async function writePictures(
  scan: ScanResult,
  options: ManifestOptions,
  shelf: ReturnType<typeof createArchiveShelf>,
): Promise<ManifestReport> {
  const { outputDir, sortingMethod, checksums, signal, progress } = options
  const pictures = listPictures(scan, sortingMethod)
  const problems: PictureProblem[] = []
  const items = pictureItems(pictures, {
    signal,
    shelf,
    checksums,
    onProblem: (problem) => problems.push(problem),
    onDone: (done) =>
      progress(done, pictures.length, `${done.toLocaleString('en')} pictures described`),
  })
  async function* lines() {
    for await (const item of items) yield imageLine(item)
  }
  const written = await writeManifestFiles(outputDir, imageHeadLines(), lines())
  return {
    ...written,
    type: 'images',
    problems,
    unreadableFolders: scan.unreadableFolders ?? [],
  }
}

async function writeVideo({ path }: FoundVideo, options: ManifestOptions): Promise<ManifestReport> {
  const { head, items, problems } = await createVideoManifest(path, options)
  const written = await writeManifestFiles(options.outputDir, head, items)
  const named = problems.map((problem) => ({ name: path, problem }))
  return { ...written, type: 'video', problems: named, unreadableFolders: [] }
}
