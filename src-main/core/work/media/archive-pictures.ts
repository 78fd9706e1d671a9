import { AppError } from '#shared/errors/app-error.ts'
import type { FrameHeader, FrameRecord, MediaSource, ScannedFrame } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'

/** A picture that lies in a data set, before any task has it. */
export interface ArchivePicture {
  readonly scanned: ScannedFrame
  /** Upright pixels; 0 where it cannot be read. */
  readonly width: number
  readonly height: number
}

export interface ArchivePictures {
  readonly sources: readonly MediaSource[]
  /** By path. What is annotations in the form of pictures is not among them. */
  readonly pictures: readonly ArchivePicture[]
}

/** Folders and names in which formats keep masks. A data set's pictures are never called so by the tools that write them. */
const MASKS = new RegExp(
  [
    '(?:^|/)(?:SegmentationClass|SegmentationObject|gtFine|gtCoarse|Masks|Scribbles|instances?|semantic(?:_rgb)?)/',
    '(?:^|/)[^/]*annot/',
    '(?:^|/)masks/',
    '_GT\\.\\w+$',
    '_gt(?:Fine|Coarse)_\\w+\\.png$',
  ].join('|'),
)

/**
 * The pictures of an archive or a folder, with their sizes, which formats of relative numbers need.
 * @throws MEDIA_NONE, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
 */
export async function picturesIn(
  deps: WorkDeps,
  path: string,
  hooks: WorkHooks,
): Promise<ArchivePictures> {
  const { signal } = hooks
  const found = await deps.scanner.scan([path], { signal, useManifest: false })
  const scanned = found.frames.filter(({ entry }) => !MASKS.test(entry.replaceAll('\\', '/')))
  if (scanned.length === 0)
    throw new AppError('MEDIA_NONE', { paths: path, sawFiles: found.otherFiles })
  const ordered = scanned.toSorted((a, b) => (a.entry < b.entry ? -1 : a.entry > b.entry ? 1 : 0))
  const records = ordered.map((frame, index) => recordOf(frame, index, found.sources))
  const sizes = new Map<number, FrameHeader>()
  for await (const headers of deps.scanner.readHeaders(records, signal)) {
    for (const header of headers) sizes.set(header.index, header)
    const done = sizes.size.toLocaleString('en')
    hooks.progress(sizes.size, records.length, `${done} pictures looked at`)
  }
  const pictures = ordered.map((frame, index) => {
    const { width, height } = sizes.get(index) ?? { width: null, height: null }
    return { scanned: frame, width: width ?? 0, height: height ?? 0 }
  })
  return { sources: found.sources, pictures }
}

function recordOf(
  { name, sourceIndex, entry, offset, sizeBytes }: ScannedFrame,
  index: number,
  sources: readonly MediaSource[],
): FrameRecord {
  const source = sources[sourceIndex]
  if (!source) throw new AppError('INTERNAL', { detail: `picture ${name} has no source` })
  return {
    index,
    name,
    width: null,
    height: null,
    status: 'pending',
    deleted: false,
    checked: false,
    location: { source, entry, offset, sizeBytes },
    orientation: 1,
    fingerprint: null,
    problem: null,
  }
}
