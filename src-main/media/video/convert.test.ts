import type { AVColorSpace, AVPixelFormat } from 'node-av/constants'
import {
  AV_FRAME_FLAG_INTERLACED,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV420P10LE,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUVA420P,
  AV_PIX_FMT_YUVJ420P,
  AVCOL_SPC_BT709,
  AVCOL_SPC_SMPTE240M,
  AVCOL_SPC_UNSPECIFIED,
} from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { describe, expect, test } from 'vitest'
import { RAW_HEADER_BYTES, rawPlaneBytes } from '#shared/media/raw-frame.ts'
import { toRaw, toRgb } from './convert.ts'
import { toSmall } from './service/small-picture.ts'

const WIDTH = 6
const HEIGHT = 4
type Sample = (plane: number, x: number, y: number) => number

/** A picture of 8-bit samples, or of the bytes of deeper ones. */
function pictureOf(format: AVPixelFormat, sample: Sample, matrix?: AVColorSpace): Frame {
  const frame = new Frame()
  frame.alloc()
  frame.format = format
  frame.width = WIDTH
  frame.height = HEIGHT
  frame.getBuffer()
  if (matrix !== undefined) frame.colorSpace = matrix
  for (const [plane, data] of (frame.data ?? []).entries()) {
    const stride = frame.linesize[plane] ?? 1
    for (let at = 0; at < data.length; at += 1)
      data[at] = sample(plane, at % stride, Math.floor(at / stride))
  }
  return frame
}

const ramp: Sample = (plane, x, y) => 16 + plane * 40 + x * 10 + y
const flat =
  (...values: number[]): Sample =>
  (plane) =>
    values[plane] ?? 128

describe('planes for the canvas', () => {
  test.each([
    ['yuv420p', AV_PIX_FMT_YUV420P, 'I420', false],
    ['yuvj420p', AV_PIX_FMT_YUVJ420P, 'I420', true],
    ['yuv422p', AV_PIX_FMT_YUV422P, 'I422', false],
    ['yuv444p', AV_PIX_FMT_YUV444P, 'I444', false],
    ['nv12', AV_PIX_FMT_NV12, 'NV12', false],
    ['yuva420p, its transparency left out', AV_PIX_FMT_YUVA420P, 'I420', false],
  ] as const)('%s is passed on as it is', (_name, format, raw, fullRange) => {
    using frame = pictureOf(format, ramp)
    const { bytes, header } = toRaw(frame, 90)
    expect(header).toEqual({
      format: raw,
      matrix: 'smpte170m',
      fullRange,
      width: 6,
      height: 4,
      rotation: 90,
    })
    expect(bytes).toHaveLength(RAW_HEADER_BYTES + rawPlaneBytes(raw, 6, 4))
    expect([...bytes.subarray(RAW_HEADER_BYTES, RAW_HEADER_BYTES + 6)]).toEqual([
      16, 26, 36, 46, 56, 66,
    ])
    const chroma = RAW_HEADER_BYTES + WIDTH * HEIGHT
    expect([...bytes.subarray(chroma, chroma + 3)]).toEqual([56, 66, 76])
    expect(bytes.buffer.byteLength).toBe(bytes.length)
  })

  test.each([
    ['10 bits become 8', AV_PIX_FMT_YUV420P10LE, flat(0), 'I420'],
    ['gray gets neutral colours', AV_PIX_FMT_GRAY8, flat(77), 'I420'],
    ['rgb becomes opaque RGBA', AV_PIX_FMT_RGB24, flat(77), 'RGBA'],
  ] as const)('%s', (_name, format, sample, raw) => {
    using frame = pictureOf(format, sample)
    const { bytes, header } = toRaw(frame, 0)
    expect(header.format).toBe(raw)
    expect(bytes).toHaveLength(RAW_HEADER_BYTES + rawPlaneBytes(raw, 6, 4))
    if (raw === 'RGBA') expect([...bytes.subarray(-4)]).toEqual([77, 77, 77, 255])
    if (format === AV_PIX_FMT_GRAY8)
      expect([bytes[RAW_HEADER_BYTES], bytes.at(-1)]).toEqual([77, 128])
  })

  test('a matrix no browser knows is undone here', () => {
    using frame = pictureOf(AV_PIX_FMT_YUV420P, flat(63, 102, 240), AVCOL_SPC_SMPTE240M)
    expect(toRaw(frame, 0).header).toMatchObject({ format: 'RGBA', matrix: 'rgb' })
  })
})

describe('RGB', () => {
  test.each([
    [
      'the matrix of standard definition where none is stated',
      AVCOL_SPC_UNSPECIFIED,
      flat(81, 90, 240),
    ],
    ['the matrix that is stated', AVCOL_SPC_BT709, flat(63, 102, 240)],
  ] as const)('%s', (_name, matrix, red) => {
    using frame = pictureOf(AV_PIX_FMT_YUV420P, red, matrix)
    const { rgb } = toRgb(frame, 0)
    expect(rgb).toHaveLength(3 * 6 * 4)
    for (const [channel, value] of [254, 0, 0].entries())
      expect(Math.abs((rgb[channel] ?? 0) - value)).toBeLessThan(3)
  })

  test.each([
    [0, [6, 4], [0, 0], [5, 0]],
    [90, [4, 6], [0, 3], [0, 0]],
    [180, [6, 4], [5, 3], [0, 3]],
    [270, [4, 6], [5, 0], [5, 3]],
  ] as const)('turned by %i degrees clockwise', (rotation, [width, height], first, last) => {
    using frame = pictureOf(
      AV_PIX_FMT_RGB24,
      (_, x, y) => (x % 3) + 10 * Math.floor(x / 3) + 100 * (y % 2) + y,
    )
    const turned = toRgb(frame, rotation)
    expect(turned).toMatchObject({ width, height })
    const redAt = ([x, y]: readonly [number, number]) => 10 * x + 100 * (y % 2) + y
    expect(turned.rgb[0]).toBe(redAt(first))
    expect(turned.rgb[3 * (width - 1)]).toBe(redAt(last))
  })
})

test('interlaced pictures of every height are made smaller', () => {
  using frame = pictureOf(AV_PIX_FMT_YUV420P, flat(180, 128, 128))
  frame.flags |= AV_FRAME_FLAG_INTERLACED
  for (const height of [1, 2, 3]) {
    const small = toSmall(frame, 0, { width: WIDTH, height })
    expect(small.height).toBe(height)
    expect(small.rgb.length).toBe(3 * small.width * height)
  }
  expect(frame.flags & AV_FRAME_FLAG_INTERLACED).not.toBe(0)
})
