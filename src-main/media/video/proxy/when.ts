/** Whether a video gets a small copy, and whether the disk has room for it. Pure but for one look at the disk. */
import { statfsSync } from 'node:fs'
import type { VideoFacts } from '#shared/domain/video.ts'

/** Pixels of the long side. */
export const PROXY_SIDE = 480
/** Where groups of pictures are shorter than this, the file itself is quick enough. */
const SHORT_GROUP = 15
const LONG_GAP = 30
const LEAST_FREE_BYTES = 5 * 1024 ** 3
const MOST_OF_FREE = 0.05
/** Measured: 6 KB a picture of 480 x 270 of a test card, 12 KB of a street. */
const BYTES_PER_PIXEL = 0.1

/** @param keyframes  ascending, the first one 0 */
export function isProxyWorth(keyframes: Uint32Array, frames: number): boolean {
  const gaps = [...keyframes].map((at, k) => (keyframes[k + 1] ?? frames) - at)
  gaps.sort((a, b) => a - b)
  const median = gaps[gaps.length >> 1] ?? frames
  return median > SHORT_GROUP || (gaps.at(-1) ?? 0) > LONG_GAP
}

export function proxySize({ width, height }: Pick<VideoFacts, 'width' | 'height'>) {
  const scale = Math.min(1, PROXY_SIDE / Math.max(width, height))
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2)
  return { width: even(width), height: even(height) }
}

export function proxyBytes(size: Pick<VideoFacts, 'width' | 'height'>, frames: number): number {
  const { width, height } = proxySize(size)
  return Math.round(width * height * BYTES_PER_PIXEL * frames)
}

/** Small disks are left alone. A folder that cannot be asked counts as full. */
export function hasRoomForProxy(dir: string, bytes: number, free = freeBytes(dir)): boolean {
  return free >= LEAST_FREE_BYTES && bytes <= free * MOST_OF_FREE
}

function freeBytes(dir: string): number {
  try {
    const { bavail, bsize } = statfsSync(dir)
    return bavail * bsize
  } catch {
    return 0
  }
}
