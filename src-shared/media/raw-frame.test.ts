import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  RAW_HEADER_BYTES,
  rawFormats,
  rawMatrices,
  rawPlaneBytes,
  readRawFrame,
  writeRawHeader,
} from './raw-frame.ts'

const header = fc.record({
  format: fc.constantFrom(...rawFormats),
  matrix: fc.constantFrom(...rawMatrices),
  fullRange: fc.boolean(),
  width: fc.integer({ min: 1, max: 33 }),
  height: fc.integer({ min: 1, max: 33 }),
  rotation: fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const),
  exact: fc.boolean(),
  frame: fc.integer({ min: 0, max: 1e6 }),
  uprightWidth: fc.integer({ min: 1, max: 8192 }),
  uprightHeight: fc.integer({ min: 1, max: 8192 }),
})

describe('raw frames', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(header, (written) => {
        const bytes = new Uint8Array(
          RAW_HEADER_BYTES + rawPlaneBytes(written.format, written.width, written.height),
        )
        writeRawHeader(bytes, written)
        bytes.fill(7, RAW_HEADER_BYTES)
        const { header: read, planes } = readRawFrame(bytes.buffer)
        expect(read).toEqual(written)
        expect(planes.every((value) => value === 7)).toBe(true)
      }),
    )
  })

  it('are refused when cut short or of another kind', () => {
    const bytes = new Uint8Array(RAW_HEADER_BYTES + rawPlaneBytes('I420', 4, 4))
    expect(() => readRawFrame(bytes.buffer)).toThrow(RangeError)
    writeRawHeader(bytes, {
      format: 'I420',
      matrix: 'bt709',
      fullRange: false,
      width: 4,
      height: 6,
      rotation: 0,
      exact: true,
      frame: 0,
      uprightWidth: 4,
      uprightHeight: 6,
    })
    expect(() => readRawFrame(bytes.buffer)).toThrow('cut short')
    expect(() => readRawFrame(new ArrayBuffer(8))).toThrow('too short')
  })
})
