import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type RawFormat,
  type RawFrameHeader,
  rawMatrices,
  rawPlaneBytes,
} from '#shared/media/raw-frame.ts'
import { createTwin, loadVideoKernels } from './video-kernels.ts'

const wasm = loadVideoKernels()
const twin = createTwin()

const header = (change: Partial<RawFrameHeader>): RawFrameHeader => ({
  ...{ format: 'I420', matrix: 'bt709', fullRange: false, width: 2, height: 2, rotation: 0 },
  ...{ exact: true, frame: 0, uprightWidth: 2, uprightHeight: 2 },
  ...change,
})

test('this machine runs the kernel', () => {
  expect(wasm?.name).toBe('WebAssembly')
})

test('the kernel gives what its twin gives, to the last bit, at every size and layout', () => {
  const size = fc.integer({ min: 1, max: 37 })
  fc.assert(
    fc.property(
      fc.constantFrom<RawFormat>('I420', 'I422', 'I444', 'NV12'),
      fc.constantFrom(...rawMatrices),
      fc.boolean(),
      size,
      size,
      fc.integer({ min: 0 }),
      (format, matrix, fullRange, width, height, seed) => {
        const planes = new Uint8Array(rawPlaneBytes(format, width, height))
        let state = seed | 1
        for (let at = 0; at < planes.length; at += 1) {
          state = Math.imul(state, 1_664_525) + 1_013_904_223
          planes[at] = state >>> 24
        }
        const head = header({ format, matrix, fullRange, width, height })
        const [ours, its] = [wasm?.yuvToRgba(head, planes), twin.yuvToRgba(head, planes)]
        expect(ours && Buffer.compare(Buffer.from(ours), Buffer.from(its))).toBe(0)
      },
    ),
    { numRuns: 400 },
  )
})

test('every combination of extremes is cut off alike', () => {
  const values = [0, 1, 15, 16, 17, 127, 128, 129, 235, 240, 254, 255]
  const side = values.length
  const head = header({ format: 'I444', width: side * side, height: side })
  const planes = new Uint8Array(rawPlaneBytes('I444', head.width, head.height))
  const pixels = head.width * head.height
  for (let at = 0; at < pixels; at += 1) {
    planes[at] = values[at % side] ?? 0
    planes[pixels + at] = values[Math.floor(at / side) % side] ?? 0
    planes[2 * pixels + at] = values[Math.floor(at / side / side)] ?? 0
  }
  const ours = wasm?.yuvToRgba(head, planes)
  expect([...(ours ?? [])]).toEqual([...twin.yuvToRgba(head, planes)])
})

test('a plane halved by the kernel is what its twin makes of it, at every size', () => {
  const side = fc.integer({ min: 1, max: 41 })
  fc.assert(
    fc.property(side, side, fc.boolean(), fc.integer(), (width, height, up, seed) => {
      const planes = Uint8Array.from(
        { length: width * height + 3 },
        (_, at) => (at * 97 + seed) & 255,
      )
      const half = (value: number) => Math.max(1, (value + (up ? 1 : 0)) >> 1)
      const source = { at: 3, width, height }
      const target = { at: 0, width: half(width), height: half(height) }
      const [ours, its] = [wasm, twin].map((one) => one?.halve(planes, [{ source, target }]))
      expect([...(ours ?? [])]).toEqual([...(its ?? [])])
    }),
  )
})

test('a half is the mean of two by two', () => {
  const planes = Uint8Array.from([10, 20, 7, 30, 40, 7])
  const source = { at: 0, width: 3, height: 2 }
  const target = { at: 0, width: 2, height: 1 }
  expect([...(wasm?.halve(planes, [{ source, target }]) ?? [])]).toEqual([25, 7])
})
