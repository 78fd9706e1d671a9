import type { HalvedPlane } from '#native/video-kernels.ts'
import { videoKernels } from '#native/video-kernels.ts'
import {
  RAW_HEADER_BYTES,
  type RawFrameHeader,
  rawPlaneBytes,
  readRawFrame,
  writeRawHeader,
} from '#shared/media/raw-frame.ts'

/** Smaller pictures are as quick whole. */
const LEAST_WIDTH = 1280

/**
 * A raw frame with half the sides, for playing: a quarter of the bytes on their way, in about a millisecond. Null where it is small
 * already, or its planes are interleaved.
 * @param bytes  header and planes; left as they are
 */
export function halfFrame(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const { header, planes } = readRawFrame(
    bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength
      ? bytes.buffer
      : bytes.slice().buffer,
  )
  const { format, width, height } = header
  if (width < LEAST_WIDTH || format === 'NV12' || format === 'RGBA') return null
  const half = { ...header, width: width >> 1, height: Math.max(1, height >> 1), exact: false }
  const out = new Uint8Array(RAW_HEADER_BYTES + rawPlaneBytes(format, half.width, half.height))
  writeRawHeader(out, half)
  out.set(videoKernels().halve(planes, plansOf(header, half)), RAW_HEADER_BYTES)
  return out
}

function plansOf(whole: RawFrameHeader, half: RawFrameHeader): HalvedPlane[] {
  const [from, to] = [sidesOf(whole), sidesOf(half)]
  let [sourceAt, targetAt] = [0, 0]
  return from.map(([width, height], plane) => {
    const [halfWidth, halfHeight] = to[plane] ?? [0, 0]
    const source = { at: sourceAt, width, height }
    const target = { at: targetAt, width: halfWidth, height: halfHeight }
    sourceAt += width * height
    targetAt += halfWidth * halfHeight
    return { source, target }
  })
}

/** Width and height of each plane, in order. */
function sidesOf({ format, width, height }: RawFrameHeader): [number, number][] {
  const chromaWidth = format === 'I444' ? width : (width + 1) >> 1
  const chromaHeight = format === 'I420' ? (height + 1) >> 1 : height
  const chroma: [number, number] = [chromaWidth, chromaHeight]
  return [[width, height], chroma, chroma]
}
