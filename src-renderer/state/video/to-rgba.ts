import { videoKernels } from '#native/video-kernels.ts'
import type { RawFrameHeader } from '#shared/media/raw-frame.ts'
import type { Pixels } from '../picture/tone.ts'

/**
 * A raw frame as upright, opaque RGBA. What is given back is written over by the next call.
 *
 * Chromium's conversion of a `VideoFrame` is not used: its blue is cut off at twice the chroma, so a pixel would not be what
 * exports write; and it is slower (1080p: 14 ms with the bitmap, against 3 + 5).
 * @param planes  the frame's planes without padding, as `readRawFrame` gives them
 */
export function toUprightRgba(header: RawFrameHeader, planes: Uint8Array): Pixels {
  const { width, height } = header
  const stored =
    header.format === 'RGBA'
      ? new Uint32Array(planes.slice().buffer)
      : videoKernels().yuvToRgba(header, planes)
  const words = turned(stored, width, height, header.rotation)
  const isOnItsSide = header.rotation === 90 || header.rotation === 270
  return {
    width: isOnItsSide ? height : width,
    height: isOnItsSide ? width : height,
    data: new Uint8ClampedArray(words.buffer, words.byteOffset, words.byteLength),
  }
}

/** Pixels turned clockwise. @param words  one a pixel, row by row; given back as they are where nothing turns */
function turned(
  words: Uint32Array<ArrayBuffer>,
  width: number,
  height: number,
  rotation: RawFrameHeader['rotation'],
): Uint32Array<ArrayBuffer> {
  if (rotation === 0) return words
  if (rotation === 180) return words.reverse()
  const out = new Uint32Array(words.length)
  // A stored row becomes a column: the right one first for a quarter turn, the left one first for three.
  const [first, along] = rotation === 90 ? [height - 1, height] : [(width - 1) * height, -height]
  const next = rotation === 90 ? -1 : 1
  for (let y = 0, at = 0; y < height; y += 1) {
    let to = first + y * next
    for (let x = 0; x < width; x += 1, at += 1, to += along) out[to] = words[at] as number
  }
  return out
}
