import { AppError } from '#shared/errors/app-error.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import { RAW_FRAME_TYPE } from '#shared/media/raw-frame.ts'
import type {
  FrameBytes,
  FrameLocation,
  FrameReader,
  FrameRecord,
  RgbPicture,
} from '../../../core/ports.ts'
import { createProxyShelf } from '../proxy/read-proxy.ts'
import type { StartDecoder } from './decoder.ts'
import { halfFrame } from './half-frame.ts'
import type { OpenVideo } from './open-video.ts'
import { createOpenVideos, type FindIndex } from './open-videos.ts'
import {
  cropOfFrame,
  jpegOf,
  pngOf,
  proxyThumbnail,
  standIn,
  THUMBNAIL,
  thumbnailOf,
  webpOf,
} from './pictures.ts'
import { createRing, type RingFrame } from './ring.ts'
import { createTileReader, type Tile } from './tiles.ts'

export const DEFAULT_RING_BYTES = 192 * 1024 ** 2
const DEFAULT_STALL_MS = 10_000
/** The preview of a task that is being made fills a part of the window. */
const PREVIEW = { width: 1280, height: 1280 }

type Quality = Parameters<FrameReader['read']>[1]

/** Frames of videos in every quality of `FrameReader`; see there for what each means. */
export interface VideoReader {
  /** @throws FRAME_MISSING, VIDEO_UNREADABLE, VIDEO_NO_PICTURES, VIDEO_FRAME_UNREADABLE, MEDIA_STALLED */
  read(frame: FrameRecord, quality: Quality, signal?: AbortSignal): Promise<FrameBytes>
  /** @throws as `read` */
  pixels(frame: FrameRecord, signal?: AbortSignal): Promise<RgbPicture>
  /** @throws as `read`, INPUT_INVALID */
  crop(frame: FrameRecord, box: PixelBox, signal?: AbortSignal): Promise<FrameBytes>
  /** Small pictures that stand for these frames, from wherever they come cheapest. @throws as `read` */
  tiles(frames: readonly FrameRecord[], height: number, signal?: AbortSignal): Promise<Tile[]>
  /** A picture of a video that is not in the store yet, for `<img>`. @throws as `read` */
  firstPicture(location: FrameLocation): Promise<FrameBytes>
  /** See `FrameReader.indexStored`. */
  indexStored(path: string): void
  close(): void
}

/** Finds what was made before, or makes it and keeps it. */
export type Keep = (
  key: string,
  contentType: string,
  work: () => Promise<FrameBytes>,
) => Promise<FrameBytes>

export interface VideoReaderOptions {
  readonly cacheDir: string
  readonly findIndex: FindIndex
  readonly start: StartDecoder
  readonly keep: Keep
  /** Memory for decoded frames of all videos; 0 decodes what is asked for and nothing else. */
  readonly ringBytes?: number
  /** A read that has not moved for so long is given up, by whoever waits for it and not by us. */
  readonly stallMs?: number
  /** One Int32: how many people wait for a frame at this moment. Shared with threads that stand back meanwhile. */
  readonly people?: SharedArrayBuffer
}

export function createVideoReader(options: VideoReaderOptions): VideoReader {
  const { keep, ringBytes = DEFAULT_RING_BYTES, stallMs = DEFAULT_STALL_MS } = options
  const ring = createRing(ringBytes)
  const people = new Int32Array(options.people ?? new SharedArrayBuffer(4))
  const videos = createOpenVideos({ ...options, ring, ringBytes, people, stallMs })
  const proxies = createProxyShelf(options.cacheDir)
  const readTiles = createTileReader()

  let isClosed = false

  /** A file that changes while it is read is opened anew: whoever waits gets the picture that is there now. */
  async function again<T>(read: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await read()
    } catch (error) {
      const wasClosed = error instanceof AppError && error.code === 'CANCELLED'
      if (!wasClosed || isClosed || signal?.aborted) throw error
      return read()
    }
  }

  const proxyPicture = async (video: OpenVideo, n: number) => {
    const proxy = await proxies.find(video.stamp)
    const jpeg = await proxy?.jpeg(n)
    return proxy && jpeg ? { proxy, jpeg } : null
  }

  async function exact(frame: FrameRecord, signal?: AbortSignal): Promise<FrameBytes> {
    const n = numberOf(frame)
    const seen = videos.lastSeen(pathOf(frame))
    const video = seen?.atHand(n) ? seen : await videos.now(pathOf(frame), frame.index)
    const found = await video.display(n, signal)
    return rawAs(found, frame.index, (own) => ring.put(pathOf(frame), own))
  }

  /** The exact frame, at half its sides where it is large: four times as many of them reach the screen in time. */
  async function playing(frame: FrameRecord, signal?: AbortSignal): Promise<FrameBytes> {
    const whole = await exact(frame, signal)
    const half = halfFrame(whole.body as Uint8Array<ArrayBuffer>)
    return half ? raw(half) : whole
  }

  /** Something right at once: the exact frame from memory, else the proxy's, else the exact one when it is decoded. */
  async function quick(frame: FrameRecord, signal?: AbortSignal): Promise<FrameBytes> {
    const n = numberOf(frame)
    const video = videos.lastSeen(pathOf(frame)) ?? (await videos.now(pathOf(frame), frame.index))
    const known = video.atHand(n)
    if (known) return rawAs(known, frame.index, (own) => ring.put(pathOf(frame), own))
    const found = await proxyPicture(video, n)
    const picture = found && (await standIn(found.jpeg, found.proxy.facts, frame.index).catch(none))
    return picture || exact(frame, signal)
  }

  async function thumbnail(frame: FrameRecord, signal?: AbortSignal): Promise<FrameBytes> {
    const n = numberOf(frame)
    const video = await videos.now(pathOf(frame), frame.index)
    return keep(keyOf(video, n, 'thumbnail'), 'image/webp', async () => {
      const found = await proxyPicture(video, n)
      const small = found && (await proxyThumbnail(found.jpeg, found.proxy.facts).catch(none))
      return small || thumbnailOf(await video.pixels(n, THUMBNAIL, signal))
    })
  }

  async function rgb(frame: FrameRecord, signal?: AbortSignal) {
    const video = await videos.now(pathOf(frame), frame.index)
    return video.pixels(numberOf(frame), 'rgb', signal)
  }

  return {
    read: (frame, quality, signal) =>
      again(async () => {
        if (quality === 'thumbnail') return thumbnail(frame, signal)
        if (quality === 'proxy') return quick(frame, signal)
        if (quality === 'play') return playing(frame, signal)
        if (quality === 'original' || quality === 'upright') return pngOf(await rgb(frame, signal))
        if (quality === 'compressed') return jpegOf(await rgb(frame, signal))
        return exact(frame, signal)
      }, signal),
    async pixels(frame, signal) {
      const { bytes, width, height } = await again(() => rgb(frame, signal), signal)
      return { width, height, rgb: bytes }
    },
    async crop(frame, box, signal) {
      const video = await videos.now(pathOf(frame), frame.index)
      const key = keyOf(video, numberOf(frame), `crop ${Object.values(box).join(' ')}`)
      return keep(key, 'image/webp', async () => cropOfFrame(await rgb(frame, signal), box))
    },
    async tiles(frames, height, signal) {
      const first = frames[0]
      if (!first) return []
      const video = await videos.now(pathOf(first), first.index)
      const proxy = await proxies.find(video.stamp)
      return readTiles({ video, proxy, numbers: frames.map(numberOf), height }, signal)
    },
    async firstPicture({ source, offset }) {
      const video = await videos.now(source.path, 0)
      return webpOf(await video.preview(offset ?? 0, PREVIEW))
    },
    indexStored: videos.indexStored,
    close() {
      isClosed = true
      videos.close()
      proxies.close()
    },
  }
}

/** Which picture of the file: a task may begin late and leave frames out. */
function numberOf({ location, index }: FrameRecord): number {
  return location.offset ?? index
}

const pathOf = ({ location }: FrameRecord) => location.source.path
const none = () => null

/** What tells a picture made of this frame from any other; frames may be numbered anew once all of them were decoded. */
function keyOf({ stamp, index }: OpenVideo, n: number, what: string): string {
  const numbering = index?.verified ? 'decoded' : 'told'
  return `video ${what} ${stamp.path}\0${n}\0${stamp.sizeBytes}\0${stamp.mtimeMs}\0${numbering}`
}

const FRAME_FIELD = 20

/**
 * The raw frame with the task's number in its header instead of the video's. Bytes that may be on their way to somebody
 * are not written to: where the two differ, the frame is copied once and kept in its new form.
 */
function rawAs(frame: RingFrame, index: number, keepAs: (own: RingFrame) => void): FrameBytes {
  const view = new DataView(frame.bytes.buffer, frame.bytes.byteOffset)
  if (view.getUint32(FRAME_FIELD, true) === index) return raw(frame.bytes)
  const bytes = frame.bytes.slice()
  new DataView(bytes.buffer).setUint32(FRAME_FIELD, index, true)
  keepAs({ n: frame.n, bytes })
  return raw(bytes)
}

const raw = (body: Uint8Array): FrameBytes => ({
  contentType: RAW_FRAME_TYPE,
  body,
  exifTurned: false,
})
