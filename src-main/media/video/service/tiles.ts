/** Small pictures for a strip along the timeline: close to the frames they stand for, and never in anybody's way. */
import { loadSharp } from '../../decode/sharp.ts'
import { createByteCache } from '../../reader/byte-cache.ts'
import type { VideoProxy } from '../proxy/read-proxy.ts'
import type { OpenVideo } from './open-video.ts'
import type { Box } from './protocol.ts'
import { keyframeAtOrBefore } from './travel.ts'

export interface Tile extends Box {
  /** The frame of the video that is in the picture. */
  readonly n: number
  /** 8 bit, upright, rows without padding. */
  readonly rgb: Uint8Array
}

/** Where keyframes are no further apart than this, a strip shows the frame itself rather than the keyframe before it. */
const NEAR = 4
/** Wider than any film; keeps a panorama's tile from being cut by its height alone. */
const WIDEST = 4

/** Tiles that had to be decoded: some thousand of them. */
const CACHE_BYTES = 16 * 1024 ** 2

interface TileSource {
  readonly video: OpenVideo
  readonly proxy: VideoProxy | null
  readonly numbers: readonly number[]
  /** Of a tile, pixels. */
  readonly height: number
}

/** @returns a reader of tiles in the order of `numbers`. It throws as `Lane.want` */
export function createTileReader() {
  const cache = createByteCache<Tile>(CACHE_BYTES)

  async function decoded(video: OpenVideo, n: number, box: Box, signal?: AbortSignal) {
    const { path, sizeBytes, mtimeMs } = video.stamp
    const key = `${path}\0${sizeBytes}\0${mtimeMs}\0${n}\0${box.height}\0${video.index?.verified}`
    const known = cache.get(key)
    if (known) return known
    const { bytes, width, height } = await video.pixels(n, box, signal)
    const tile = { n, width, height, rgb: bytes }
    cache.set(key, tile, bytes.byteLength)
    return tile
  }

  return (source: TileSource, signal?: AbortSignal): Promise<Tile[]> => {
    const { video, proxy, numbers, height } = source
    const box = { width: WIDEST * height, height }
    const tile = async (n: number) => {
      const stored = proxy && (await proxyTile(proxy, n, box))
      return stored ?? decoded(video, cheapNear(video, n), box, signal)
    }
    return Promise.all(numbers.map(tile))
  }
}

/** The keyframe before a frame costs one picture, whatever the length of the group. */
function cheapNear({ outline }: OpenVideo, n: number): number {
  if (!outline) return n
  const keyframe = keyframeAtOrBefore(outline.keyframes, n)
  return n - keyframe <= NEAR ? n : keyframe
}

async function proxyTile(proxy: VideoProxy, n: number, box: Box): Promise<Tile | null> {
  const jpeg = await proxy.jpeg(n)
  if (!jpeg) return null
  const sharp = await loadSharp()
  try {
    const pixels = sharp(jpeg).rotate(proxy.facts.rotation)
    const small = pixels
      .resize({ ...box, fit: 'inside' })
      .removeAlpha()
      .raw()
    const { data, info } = await small.toBuffer({ resolveWithObject: true })
    return { n, width: info.width, height: info.height, rgb: data }
  } catch {
    return null // Not a JPEG any more: the video itself has the picture.
  }
}
