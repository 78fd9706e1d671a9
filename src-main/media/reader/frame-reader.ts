import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import type {
  FrameBytes,
  FrameLocation,
  FrameReader,
  FrameRecord,
  FrameStrip,
  RgbPicture,
} from '../../core/ports.ts'
import { type ArchiveShelf, createArchiveShelf } from '../archives/archive-shelf.ts'
import { filePath, shownPath } from '../file-path.ts'
import { contentTypes } from '../picture-format.ts'
import { isMissing, problemOf } from '../problems.ts'
import { startHere, startThread } from '../video/service/decoder.ts'
import type { FindIndex } from '../video/service/open-videos.ts'
import { createVideoReader, type Keep } from '../video/service/video-reader.ts'
import { type ByteCache, createByteCache } from './byte-cache.ts'
import { toCrop, toDisplay, toPixels, toPng, toThumbnail, toUpright } from './convert.ts'
import { toDeep } from './deep.ts'
import { createDiskCache } from './disk-cache.ts'
import { type LoadedPicture, truncation, understand } from './loaded-picture.ts'
import { createPrefetcher } from './prefetcher.ts'
import { readPicture } from './read-picture.ts'
import { createSingleFlight } from './single-flight.ts'
import { toStrip, toTile } from './strip.ts'
import { withVideos } from './with-videos.ts'

const DEFAULT_MEMORY_BYTES = 256 * 1024 ** 2
/** Bump when a conversion changes: what older versions cached is then not found. */
const CACHE_VERSION = 1
const NEVER = new AbortController().signal

type Quality = Parameters<FrameReader['read']>[1]

export interface FrameReaderOptions {
  /** For thumbnails, conversions and unpacked tars. Bounded, safe to delete at any time. */
  readonly cacheDir: string
  /**
   * Memory for pictures, 256 MB by default; 0 keeps none, reads nothing ahead and decodes videos on the caller's own thread:
   * for work that goes through frames once.
   */
  readonly maxCacheBytes?: number
  /** What is known of a video's frames; by default nothing is, and they are counted from the start. */
  readonly findIndex?: FindIndex
  /** See `VideoReaderOptions`. */
  readonly people?: SharedArrayBuffer
}

/** See `FrameReader` of the ports. Files are looked after by path, size and time, so a changed one is read anew. */
export function createFrameReader(options: FrameReaderOptions): FrameReader {
  const { cacheDir, findIndex = () => null, maxCacheBytes } = options
  const { keep, ...pictures } = createPictureReader(options)
  const onOwnThread = { start: startThread() }
  const here = { start: startHere(loadDecoder), ringBytes: 0 }
  const where = maxCacheBytes === 0 ? here : onOwnThread
  const shared = options.people ? { people: options.people } : {}
  return withVideos(pictures, createVideoReader({ cacheDir, findIndex, keep, ...where, ...shared }))
}

const loadDecoder = async () => (await import('../video/service/decoder-parts.ts')).decoderParts

function createPictureReader(options: FrameReaderOptions): FrameReader & { keep: Keep } {
  const { cacheDir, maxCacheBytes = DEFAULT_MEMORY_BYTES } = options
  const shelf = createArchiveShelf(cacheDir)
  const { sources, made: memory } = oneBudget(maxCacheBytes)
  const loadOnce = createSingleFlight<LoadedPicture>()
  const makeOnce = createSingleFlight<FrameBytes>()
  const disk = createDiskCache(join(cacheDir, 'pictures'))
  const prefetcher = createPrefetcher((frame: FrameRecord) => read(frame, 'display'))

  function load(location: FrameLocation, stamp: string): Promise<LoadedPicture> {
    const known = sources.get(stamp)
    if (known) return Promise.resolve(known)
    return loadOnce(stamp, async () => {
      const picture = understand(await readPicture(location, shelf, NEVER))
      sources.set(stamp, picture, picture.body.length)
      return picture
    })
  }

  /** From memory, from disk, or made now and kept in both. */
  function make(
    key: string,
    contentType: string | null,
    work: () => Promise<FrameBytes>,
  ): Promise<FrameBytes> {
    const known = memory.get(key)
    if (known) return Promise.resolve(known)
    return makeOnce(key, async () => {
      const stored = contentType ? await disk.get(key, contentType) : null
      const bytes = stored ?? (await work())
      memory.set(key, bytes, bytes.body.byteLength)
      if (contentType && !stored) void disk.set(key, bytes)
      return bytes
    })
  }

  async function produce(location: FrameLocation, quality: Quality): Promise<FrameBytes> {
    const stamp = await stampOf(location)
    const key = (what: string) => `${CACHE_VERSION} ${what} ${stamp}`
    const loaded = () => load(location, stamp)
    if (quality === 'thumbnail')
      return make(key('thumbnail'), 'image/webp', async () => toThumbnail(whole(await loaded())))
    const display = () =>
      make(key('display'), 'image/png', async () => toDisplay(whole(await loaded())))
    if (quality === 'deep')
      return make(
        key('deep'),
        null,
        async () => (await toDeep(whole(await loaded()))) ?? produce(location, 'display'),
      )
    if (quality !== 'upright' && memory.get(key('display'))) return display()
    const picture = await loaded()
    const uprightBytes = () => make(key('upright'), null, () => toUpright(picture))
    if (quality === 'upright') return picture.orientation === 1 ? own(picture) : uprightBytes()
    if (!picture.native && !(quality === 'original' && picture.format === 'png')) return display()
    if (quality === 'original') return own(picture)
    whole(picture)
    // Every browser turns JPEGs by their EXIF; of PNG and WebP that is not certain, so these go out turned already.
    return picture.orientation === 1 || picture.format === 'jpeg' ? own(picture) : uprightBytes()
  }

  async function read(
    frame: FrameRecord,
    quality: Quality,
    signal?: AbortSignal,
  ): Promise<FrameBytes> {
    signal?.throwIfAborted()
    const bytes = await produce(frame.location, quality).catch((cause: unknown) => {
      throw explained(frame.location, frame.index, cause)
    })
    signal?.throwIfAborted()
    return bytes
  }

  async function crop(
    frame: FrameRecord,
    box: PixelBox,
    signal?: AbortSignal,
  ): Promise<FrameBytes> {
    signal?.throwIfAborted()
    const { location } = frame
    try {
      const stamp = await stampOf(location)
      const key = `${CACHE_VERSION} crop ${Object.values(box).join(' ')} ${stamp}`
      return await make(key, 'image/webp', async () =>
        toCrop(whole(await load(location, stamp)), box),
      )
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'INPUT_INVALID') throw cause
      throw explained(location, frame.index, cause)
    }
  }

  /** Computed on once and never shown: not kept beside the picture it comes from. */
  async function pixels(frame: FrameRecord, signal?: AbortSignal): Promise<RgbPicture> {
    signal?.throwIfAborted()
    const { location } = frame
    try {
      return await toPixels(whole(await load(location, await stampOf(location))))
    } catch (cause) {
      throw explained(location, frame.index, cause)
    }
  }

  async function strip(frames: readonly FrameRecord[], signal?: AbortSignal): Promise<FrameStrip> {
    const tile = async (frame: FrameRecord) =>
      toTile(await read(frame, 'thumbnail', signal).catch(() => null))
    const tiles = await Promise.all(frames.map(tile))
    signal?.throwIfAborted()
    return toStrip(tiles)
  }

  /** As `make`, for whoever has work of their own that may be given up half-way. */
  const keep: Keep = async (name, contentType, work) => {
    const key = `${CACHE_VERSION} ${name}`
    const known = memory.get(key) ?? (await disk.get(key, contentType))
    const bytes = known ?? (await work())
    memory.set(key, bytes, bytes.body.byteLength)
    if (!known) void disk.set(key, bytes)
    return bytes
  }

  return {
    read,
    strip,
    keep,
    crop,
    pixels,
    encode: toPng,
    prefetch: (frames) => {
      if (maxCacheBytes > 0) prefetcher.hint(frames)
    },
    async readLocation(location, _name, as = 'display') {
      try {
        if (as === 'display') return await produce(location, 'display')
        return await fileBytes(location, shelf)
      } catch (cause) {
        throw explained(location, 0, cause)
      }
    },
    indexStored: () => undefined,
    close() {
      prefetcher.stop()
      memory.clear()
      shelf.close()
    },
  }
}

/** Pictures as they are and pictures made from them share one budget: a task has mostly the one or mostly the other. */
function oneBudget(maxBytes: number) {
  const cache = createByteCache<LoadedPicture | FrameBytes>(maxBytes)
  return {
    sources: cache as ByteCache<LoadedPicture>,
    // The keys of made pictures begin with a version, those of sources with a path: they never meet.
    made: cache as ByteCache<FrameBytes>,
  }
}

/** What tells this picture from any other, and from itself before it was changed. @throws the system's error */
async function stampOf(location: FrameLocation): Promise<string> {
  const path = filePath(location) ?? location.source.path
  const { size, mtimeMs } = await stat(path)
  return `${path}\0${location.entry}\0${size}\0${mtimeMs}`
}

function own({ body, format, orientation }: LoadedPicture): FrameBytes {
  return { contentType: contentTypes[format], body, exifTurned: orientation !== 1 }
}

/** @throws Error with a clause when the picture is cut short */
function whole(picture: LoadedPicture): LoadedPicture {
  const problem = truncation(picture)
  if (problem) throw new Error(problem)
  return picture
}

async function fileBytes(location: FrameLocation, shelf: ArchiveShelf): Promise<FrameBytes> {
  const body = await readPicture(location, shelf, NEVER)
  return { contentType: 'application/octet-stream', body, exifTurned: false }
}

function explained(location: FrameLocation, frame: number, cause: unknown): AppError {
  const path = shownPath(location)
  if (isMissing(cause)) return new AppError('FRAME_MISSING', { path, frame }, { cause })
  if (cause instanceof AppError && cause.code === 'DISK_FULL') return cause
  return new AppError('IMAGE_UNREADABLE', { path, detail: problemOf(cause) }, { cause })
}
