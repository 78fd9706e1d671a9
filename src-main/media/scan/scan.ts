import { join, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type {
  FrameLocation,
  MediaSource,
  RelatedFile,
  ScannedFrame,
  ScanResult,
} from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { isPictureName } from '../picture-format.ts'
import { type FoundReporter, foundReporter } from './found-reporter.ts'
import { isHiddenPath } from './hidden.ts'
import { prefixesOf, uniqueNames } from './names.ts'
import { isRelatedEntry, withRelated } from './related.ts'
import { type GivenSource, resolveSource } from './resolve-source.ts'
import { theVideo } from './the-video.ts'
import { walkFolder } from './walk-folder.ts'

/** How many single files are looked at together. */
const STATS_AT_ONCE = 32

interface Listing {
  readonly frames: ScannedFrame[]
  readonly otherFiles: number
  readonly unreadable: readonly string[]
  /** Absolute paths of videos. */
  readonly videos: readonly string[]
}

interface ListJob {
  readonly given: GivenSource
  readonly sourceIndex: number
  readonly prefix: string
  readonly report: FoundReporter
  readonly signal: AbortSignal
  readonly shelf: ArchiveShelf
}

/** See `MediaScanner.scan`. */
export async function scanMedia(
  paths: readonly string[],
  options: {
    signal: AbortSignal
    onFound?: (first: FrameLocation & { name: string }, found: number) => void
  },
  shelf: ArchiveShelf,
): Promise<ScanResult> {
  const { given: all, otherFiles } = await resolveAll(paths, options.signal)
  const given = all.filter(({ source }) => source.kind !== 'video')
  const { sources, indexOf } = distinctSources(given)
  const prefixes = prefixesOf(given)
  const report = foundReporter(options.onFound)
  const listings: Listing[] = []
  for (const [at, one] of given.entries()) {
    throwIfCancelled(options.signal, 'The scan')
    const place = { sourceIndex: indexOf(one.source), prefix: prefixes[at] ?? '' }
    const job = { given: one, ...place, report, signal: options.signal, shelf }
    listings.push(await listSource(job))
  }
  const frames = listings.flatMap((listing) => listing.frames)
  const others = listings.reduce((sum, listing) => sum + listing.otherFiles, otherFiles)
  const chosen = all.flatMap(({ source }) => (source.kind === 'video' ? [source.path] : []))
  const below = listings.flatMap((listing) => listing.videos)
  if (frames.length === 0 || chosen.length > 0) {
    const lone = all.length === 0 && paths.length === 1 ? paths : []
    const video = await theVideo({ chosen, below, lone, hasPictures: frames.length > 0 })
    if (!video) throw nothingFound(paths, others)
    return { sources: [], frames: [], otherFiles: others, video }
  }
  return {
    sources,
    frames: given.length > 1 ? withUniqueNames(frames) : frames,
    otherFiles: others,
    unreadableFolders: listings.flatMap((listing) => listing.unreadable),
    videosLeftOut: below.length,
  }
}

async function resolveAll(paths: readonly string[], signal: AbortSignal) {
  const given = new Map<string, GivenSource>()
  let otherFiles = 0
  for (let from = 0; from < paths.length; from += STATS_AT_ONCE) {
    throwIfCancelled(signal, 'The scan')
    const some = paths.slice(from, from + STATS_AT_ONCE)
    for (const [at, one] of (await Promise.all(some.map(resolveSource))).entries()) {
      if (!one) otherFiles += 1
      // The same path given twice is one source; a glob and its folder are two.
      else given.set(one.accept ? `glob ${some[at]}` : resolve(some[at] ?? ''), one)
    }
  }
  return { given: [...given.values()], otherFiles }
}

function distinctSources(given: readonly GivenSource[]) {
  const sources: MediaSource[] = []
  const known = new Map<string, number>()
  const indexOf = ({ kind, path }: MediaSource) => known.get(`${kind} ${path}`) ?? 0
  for (const { source } of given) {
    const key = `${source.kind} ${source.path}`
    if (!known.has(key)) known.set(key, sources.push(source) - 1)
  }
  return { sources, indexOf }
}

function listSource(job: ListJob): Promise<Listing> | Listing {
  if (job.given.file) return listFile(job, job.given.file)
  return job.given.source.kind === 'folder' ? listFolder(job) : listArchive(job)
}

async function listFolder(job: ListJob): Promise<Listing> {
  const { source, accept } = job.given
  const options = {
    signal: job.signal,
    ...(accept && { accept }),
    onFolder: (entries: readonly string[]) =>
      job.report(entries.length, () => located(job, frameOf(job, entries[0] ?? ''))),
  }
  const listing = await walkFolder(source.path, options).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause
    throw new AppError('MEDIA_NOT_FOUND', { path: source.path }, { cause })
  })
  const frames = listing.entries.map((entry) => frameOf(job, entry))
  const related = listing.related.map((entry) => ({ entry, offset: null, sizeBytes: null }))
  const videos = listing.videos.map((entry) => join(source.path, entry))
  return { ...listing, frames: withRelated(frames, related), videos }
}

function listFile(job: ListJob, file: NonNullable<GivenSource['file']>): Listing {
  const frame = { ...frameOf(job, file.entry), sizeBytes: file.sizeBytes, mtimeMs: file.mtimeMs }
  job.report(1, () => located(job, frame))
  return { frames: [frame], otherFiles: 0, unreadable: [], videos: [] }
}

async function listArchive(job: ListJob): Promise<Listing> {
  const frames = new Map<string, ScannedFrame>()
  const related = new Map<string, RelatedFile>()
  let otherFiles = 0
  await job.shelf.use(job.given.source, job.signal, (archive) => {
    for (const entry of archive.entries) {
      const { name, dataOffset: offset, sizeBytes } = entry
      if (isRelatedEntry(name)) related.set(name, { entry: name, offset, sizeBytes })
      if (isHiddenPath(name)) continue
      // A name that occurs twice means the later one, as it does for whoever unpacks the archive.
      if (isPictureName(entry.name)) frames.set(entry.name, archivedFrame(job, entry))
      else otherFiles += 1
    }
  })
  const [first] = frames.values()
  if (first) job.report(frames.size, () => located(job, first))
  const all = withRelated([...frames.values()], [...related.values()])
  return { frames: all, otherFiles, unreadable: [], videos: [] }
}

function archivedFrame(
  job: ListJob,
  entry: { name: string; dataOffset: number | null; sizeBytes: number },
): ScannedFrame {
  return { ...frameOf(job, entry.name), offset: entry.dataOffset, sizeBytes: entry.sizeBytes }
}

function frameOf({ sourceIndex, prefix }: ListJob, entry: string): ScannedFrame {
  return {
    name: prefix === '' ? entry : prefix + entry,
    sourceIndex,
    entry,
    offset: null,
    sizeBytes: null,
    mtimeMs: null,
  }
}

function located(job: ListJob, frame: ScannedFrame): FrameLocation & { name: string } {
  const { name, entry, offset, sizeBytes } = frame
  return { source: job.given.source, name, entry, offset, sizeBytes }
}

function withUniqueNames(frames: readonly ScannedFrame[]): ScannedFrame[] {
  const unique = uniqueNames()
  return frames.map((frame) => {
    const name = unique(frame.name)
    return name === frame.name ? frame : { ...frame, name }
  })
}

function nothingFound(paths: readonly string[], sawFiles: number): AppError {
  const [first = ''] = paths
  const shown = paths.length > 1 ? `${first} and ${paths.length - 1} more` : first
  return new AppError('MEDIA_NONE', { paths: shown, sawFiles })
}
