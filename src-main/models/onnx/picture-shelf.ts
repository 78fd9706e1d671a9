import type { FunctionPicture, RgbPicture } from '../../core/ports.ts'

/** Three of 20 megapixels. */
const MOST_BYTES = 192 * 2 ** 20

/**
 * The pictures people are at, decoded: a click needs the same one as the click before. Their bytes lie in shared memory, so
 * that a thread gets them without a copy (copying 1080p once takes a millisecond, decoding it fifteen).
 */
export interface PictureShelf {
  /**
   * @param keep  whether it is likely to be asked for again
   * @throws what reading it throws
   */
  pixels(picture: FunctionPicture, keep: boolean, signal?: AbortSignal): Promise<RgbPicture>
}

export function createPictureShelf(mostBytes = MOST_BYTES): PictureShelf {
  const kept = new Map<string, RgbPicture>()

  function put(key: string, picture: RgbPicture): void {
    kept.delete(key)
    kept.set(key, picture)
    let bytes = [...kept.values()].reduce((sum, { rgb }) => sum + rgb.length, 0)
    for (const [oldest, { rgb }] of kept) {
      if (bytes <= mostBytes || oldest === key) return
      kept.delete(oldest)
      bytes -= rgb.length
    }
  }

  return {
    async pixels(picture, keep, signal) {
      const { key } = picture
      const known = kept.get(key)
      const shared = known ?? inSharedMemory(await picture.pixels(signal))
      if (keep || known) put(key, shared)
      return shared
    },
  }
}

/** The same picture, where every thread can see it. */
export function inSharedMemory({ width, height, rgb }: RgbPicture): RgbPicture {
  if (rgb.buffer instanceof SharedArrayBuffer) return { width, height, rgb }
  const shared = new Uint8Array(new SharedArrayBuffer(rgb.length))
  shared.set(rgb)
  return { width, height, rgb: shared }
}
