import { describe, expect, it } from 'vitest'
import {
  RAW_HEADER_BYTES,
  type RawFormat,
  type RawFrameHeader,
  rawPlaneBytes,
  readRawFrame,
  writeRawHeader,
} from '#shared/media/raw-frame.ts'
import { halfFrame } from './half-frame.ts'

function frame(format: RawFormat, width: number, height: number, colour: readonly number[]) {
  const header: RawFrameHeader = {
    ...{ format, matrix: 'bt709', fullRange: false, width, height, rotation: 90 },
    ...{ exact: true, frame: 7, uprightWidth: height, uprightHeight: width },
  }
  const bytes = new Uint8Array(RAW_HEADER_BYTES + rawPlaneBytes(format, width, height))
  writeRawHeader(bytes, header)
  const luma = width * height
  const chroma = (bytes.length - RAW_HEADER_BYTES - luma) / 2
  bytes.fill(colour[0] ?? 0, RAW_HEADER_BYTES, RAW_HEADER_BYTES + luma)
  bytes.fill(colour[1] ?? 0, RAW_HEADER_BYTES + luma, RAW_HEADER_BYTES + luma + chroma)
  bytes.fill(colour[2] ?? 0, RAW_HEADER_BYTES + luma + chroma)
  return bytes
}

describe('half a frame', () => {
  it.each([
    ['I420', 1920, 1080],
    ['I420', 1919, 1079],
    ['I422', 1281, 3],
    ['I444', 1280, 1],
  ] as const)(
    '%s %i x %i keeps colours and says that it is a stand-in',
    (format, width, height) => {
      const whole = frame(format, width, height, [50, 100, 200])
      const half = halfFrame(whole)
      if (!half) throw new Error('nothing was halved')
      const { header, planes } = readRawFrame(half.buffer)
      const halfHeight = Math.max(1, height >> 1)
      expect(header).toMatchObject({ format, width: width >> 1, height: halfHeight, frame: 7 })
      expect(header).toMatchObject({ exact: false, rotation: 90, uprightWidth: height })
      const luma = (width >> 1) * halfHeight
      const chroma = (planes.length - luma) / 2
      expect(new Set(planes.subarray(0, luma))).toEqual(new Set([50]))
      expect(new Set(planes.subarray(luma, luma + chroma))).toEqual(new Set([100]))
      expect(new Set(planes.subarray(luma + chroma))).toEqual(new Set([200]))
    },
  )

  it('is not made of small ones, nor of interleaved planes', () => {
    expect(halfFrame(frame('I420', 640, 360, [1, 2, 3]))).toBeNull()
    expect(halfFrame(frame('NV12', 1920, 1080, [1, 2, 3]))).toBeNull()
  })
})
