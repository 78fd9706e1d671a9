import { describe, expect, it } from 'vitest'
import type { TrackedShape } from '../../core/ports.ts'
import type { Family, Tensor, Tracker } from '../family.ts'
import {
  type FakeNet,
  factsOf,
  fakeRuntime,
  manifestOf,
  pictureWith,
  tensor,
} from '../testing/fake-runtime.ts'
import { trackers } from './index.ts'
import { nanotrack } from './nanotrack.ts'
import { siameseBox } from './siamese-box.ts'
import { siamMask } from './siammask.ts'
import { transt } from './transt.ts'
import { vittrack } from './vittrack.ts'

/**
 * Nets that see a bright square: of the search picture they tell where it is and how large, in the middle's cell, as exactly
 * as pixels allow. What a tracker reports must then be the square on the picture.
 */
interface Seen {
  readonly side: number
  /** Middle and size, net pixels. */
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly isThere: boolean
}

function look(input: Tensor | undefined, isBright: (value: number) => boolean): Seen {
  const side = input?.dims[3] ?? 0
  const xs: number[] = []
  const ys: number[] = []
  for (let i = 0; i < side * side; i++)
    if (isBright(Number(input?.data[i]))) {
      xs.push(i % side)
      ys.push(Math.floor(i / side))
    }
  const [left, right] = [Math.min(...xs), Math.max(...xs) + 1]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys) + 1]
  const isThere = xs.length > 0
  return {
    ...{ side, isThere, x: (left + right) / 2, y: (top + bottom) / 2 },
    ...{ w: right - left, h: bottom - top },
  }
}

/** A map of `count` x `count` cells in `planes`: the same in each but the chosen cell. */
function cells(
  count: number,
  cell: number,
  planes: readonly (readonly [rest: number, there: number])[],
): number[] {
  return planes.flatMap(([rest, there]) =>
    Array.from({ length: count * count }, (_, at) => (at === cell ? there : rest)),
  )
}

const middleOf = (count: number) => Math.floor(count / 2) * count + Math.floor(count / 2)

interface Kind {
  readonly family: Family
  readonly nets: Record<string, FakeNet>
  readonly options?: Record<string, unknown>
}

const siameseNets = (): Kind => ({
  family: siameseBox,
  options: { sizeRate: 1, sizePenalty: 0 },
  nets: {
    template: {
      inputs: { template: [1, 3, 64, 64] },
      outputs: { kernel: [1, 2, 2, 2] },
      run: () => ({ kernel: tensor([1, 2, 2, 2], new Float32Array(8)) }),
    },
    search: {
      inputs: { search: [1, 3, 128, 128], kernel: [1, 2, 2, 2] },
      outputs: { score: [1, 1, 16, 16], box: [1, 4, 16, 16] },
      run({ search }) {
        const { x, y, w, h, isThere } = look(search, (value) => value > 0.7)
        const cell = middleOf(16)
        const [cx, cy] = [8.5 * 8, 8.5 * 8]
        const ways = [cx - (x - w / 2), cy - (y - h / 2), x + w / 2 - cx, y + h / 2 - cy]
        return {
          score: tensor([1, 1, 16, 16], cells(16, cell, [[0, isThere ? 0.9 : 0.1]])),
          box: tensor(
            [1, 4, 16, 16],
            cells(
              16,
              cell,
              ways.map((way) => [4, isThere ? way : 4] as const),
            ),
          ),
        }
      },
    },
  },
})

const nanoNets = (): Kind => ({
  family: nanotrack,
  options: { penalty: 0 },
  nets: {
    backbone: {
      inputs: { input: [1, 3, 'h', 'w'] },
      outputs: { output: [1, 3, 'h', 'w'] },
      run: ({ input }) => ({ output: input ?? tensor([], []) }),
    },
    head: {
      inputs: { input1: [1, 3, 8, 8], input2: [1, 3, 16, 16] },
      outputs: { output1: [1, 2, 16, 16], output2: [1, 4, 16, 16] },
      run({ input2 }) {
        const { x, y, w, h } = look(input2, (value) => value > 128)
        const [cx, cy] = [127.5, 127.5]
        const ways = [cx - (x - w / 2), cy - (y - h / 2), x + w / 2 - cx, y + h / 2 - cy]
        return {
          output1: tensor(
            [1, 2, 16, 16],
            cells(16, middleOf(16), [
              [0, 0],
              [-9, 9],
            ]),
          ),
          output2: tensor(
            [1, 4, 16, 16],
            cells(
              16,
              middleOf(16),
              ways.map((way) => [4, way] as const),
            ),
          ),
        }
      },
    },
  },
})

const vitNets = (): Kind => ({
  family: vittrack,
  nets: {
    model: {
      inputs: { template: [1, 3, 128, 128], search: [1, 3, 256, 256] },
      outputs: { output1: [1, 1, 16, 16], output2: [1, 2, 16, 16], output3: [1, 2, 16, 16] },
      run({ search }) {
        const { x, y, w, h, side, isThere } = look(search, (value) => value > 0.3)
        const offsets = [(x / side) * 16 - 8, (y / side) * 16 - 8]
        const cell = middleOf(16)
        return {
          output1: tensor([1, 1, 16, 16], cells(16, cell, [[0, isThere ? 0.9 : 0.1]])),
          output2: tensor(
            [1, 2, 16, 16],
            cells(
              16,
              cell,
              [w, h].map((size) => [0, size / side] as const),
            ),
          ),
          output3: tensor(
            [1, 2, 16, 16],
            cells(
              16,
              cell,
              offsets.map((off) => [0, off] as const),
            ),
          ),
        }
      },
    },
  },
})

const transtNets = (): Kind => ({
  family: transt,
  nets: {
    model: {
      inputs: { z: [1, 3, 128, 128], x: [1, 3, 256, 256] },
      outputs: { pred_logits: [1, 1024, 2], pred_boxes: [1, 1024, 4] },
      run({ x: search }) {
        const { x, y, w, h, side } = look(search, (value) => value > 0.3)
        const box = [x, y, w, h].map((value) => value / side)
        const rows = (there: readonly number[], rest: readonly number[]) =>
          Array.from({ length: 1024 }, (_, at) => (at === middleOf(32) ? there : rest)).flat()
        return {
          pred_logits: tensor([1, 1024, 2], rows([9, 0], [0, 9])),
          pred_boxes: tensor([1, 1024, 4], rows(box, [0.5, 0.5, 0.1, 0.1])),
        }
      },
    },
  },
})

const ANCHORS = 5

/** The same in each of 25 x 25 cells. */
function planes(pixel: (at: number) => number): Float32Array {
  const data = new Float32Array(63 * 63 * 625)
  for (let at = 0; at < 63 * 63; at++) data.fill(pixel(at), at * 625, (at + 1) * 625)
  return data
}

const siamMaskNets = (masks: boolean): Kind => ({
  family: siamMask,
  options: { penalty: 0 },
  nets: {
    template: {
      inputs: { z: [1, 3, 127, 127] },
      outputs: { zf: [1, 2, 4, 4] },
      run: () => ({ zf: tensor([1, 2, 4, 4], new Float32Array(32)) }),
    },
    search: {
      inputs: { x: [1, 3, 255, 255], zf: [1, 2, 4, 4] },
      outputs: {
        ...{ score: [1, 10, 25, 25], delta: [1, 20, 25, 25] },
        ...(masks ? { mask: [1, 63 * 63, 25, 25] } : {}),
      },
      run({ x: search }) {
        const { x, y, w, h } = look(search, (value) => value > 128)
        // The third anchor is a square of 64.
        const values = [(x - 127.5) / 64, (y - 127.5) / 64, Math.log(w / 64), Math.log(h / 64)]
        const cell = middleOf(25)
        const all = (there: number, at: number) =>
          Array.from({ length: ANCHORS }, (_, anchor) => [0, anchor === at ? there : 0] as const)
        const pixel = (at: number) => {
          // A mask pixel is two search pixels, about the middle of the picture.
          const [px, py] = [64 + (at % 63) * (127 / 63), 64 + Math.floor(at / 63) * (127 / 63)]
          return Math.abs(px - x) <= w / 2 && Math.abs(py - y) <= h / 2 ? 6 : -6
        }
        return {
          score: tensor(
            [1, 10, 25, 25],
            [...cells(25, cell, all(0, 0)), ...cells(25, cell, all(9, 2))],
          ),
          delta: tensor(
            [1, 20, 25, 25],
            values.flatMap((value) => cells(25, cell, all(value, 2))),
          ),
          ...(masks && {
            mask: { type: 'float32', dims: [1, 63 * 63, 25, 25], data: planes(pixel) },
          }),
        }
      },
    },
  },
})

function opened({ family, nets, options = {} }: Kind, parameters: Record<string, number> = {}) {
  if (family.kind !== 'tracker') throw new Error('no tracker')
  const files = Object.fromEntries(
    Object.keys(nets).map((role) => [role, { path: `${role}.onnx` }]),
  )
  const manifest = manifestOf({ kind: 'tracker', family: family.id, files, options, parameters })
  return family.open(manifest, fakeRuntime(nets).runtime) as Tracker
}

const size = { width: 320, height: 240 }
const at = (x: number, y: number, w = 40, h = w) =>
  pictureWith(size, [x, y, x + w, y + h], { ground: 10, object: 240 })
const rectangle = (x: number, y: number, w = 40, h = w): TrackedShape => ({
  ...{ type: 'rectangle', points: [x, y, x + w, y + h], rotation: 0 },
})

describe.each([
  ['siamese boxes', siameseNets, 2],
  ['NanoTrack', nanoNets, 2],
  ['ViTTrack', vitNets, 2],
  ['TransT', transtNets, 2],
  ['SiamMask without masks', () => siamMaskNets(false), 2],
  ['SiamMask', () => siamMaskNets(true), 3],
] as const)('%s', (_name, nets, tolerance) => {
  it('reports what its net sees, in the pixels of the picture', async () => {
    const tracker = opened(nets())
    let state = await tracker.begin(at(100, 90), rectangle(100, 90))
    for (const [x, y] of [
      [104, 92],
      [110, 90],
      [118, 84],
    ] as const) {
      const answer = await tracker.update(at(x, y), state)
      state = answer.state
      const points = answer.shape?.points ?? []
      const away = [x, y, x + 40, y + 40].map((value, i) =>
        Math.abs(value - (points[i] ?? Number.NaN)),
      )
      expect(Math.max(...away)).toBeLessThan(tolerance)
      expect(answer.shape?.score).toBeGreaterThan(0.6)
    }
  })

  it('keeps its state to itself: two objects with one tracker do not meet', async () => {
    const tracker = opened(nets())
    const [one, other] = [
      await tracker.begin(at(100, 90), rectangle(100, 90)),
      await tracker.begin(at(200, 150), rectangle(200, 150)),
    ]
    const first = await tracker.update(at(104, 90), one)
    const second = await tracker.update(at(196, 150), other)
    expect(Math.abs((first.shape?.points[0] ?? 0) - 104)).toBeLessThan(tolerance)
    expect(Math.abs((second.shape?.points[0] ?? 0) - 196)).toBeLessThan(tolerance)
  })

  it('is recognised by its own files and by no other family of trackers', () => {
    const kind = nets()
    const facts = Object.fromEntries(
      Object.entries(kind.nets).map(([role, net]) => [role, factsOf(net)]),
    )
    const found = trackers.filter((family) => family.recognise(facts)).map(({ id }) => id)
    expect(found).toEqual([kind.family.id])
  })

  it('refuses numbers that are none', async () => {
    const kind = nets()
    const [role = ''] = Object.keys(kind.nets).slice(-1)
    const net = kind.nets[role]
    if (!net) throw new Error('no net')
    const broken: FakeNet = {
      ...net,
      run: (feeds) =>
        Object.fromEntries(
          Object.entries(net.run(feeds)).map(([name, { dims, data }]) => [
            name,
            tensor(dims, new Float32Array(data.length).fill(Number.NaN)),
          ]),
        ),
    }
    const tracker = opened({ ...kind, nets: { ...kind.nets, [role]: broken } })
    const state = await tracker.begin(at(100, 90), rectangle(100, 90))
    await expect(tracker.update(at(104, 92), state)).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
  })

  it('refuses a manifest with options it does not know', () => {
    const kind = { ...nets(), options: { nonsense: 1 } }
    expect(() => opened(kind)).toThrow(expect.objectContaining({ code: 'MODEL_MANIFEST_INVALID' }))
  })
})

describe.each([
  ['siamese boxes', siameseNets],
  ['ViTTrack', vitNets],
] as const)('%s, where nothing is to be seen', (_name, nets) => {
  const empty = pictureWith(size, [0, 0, 0, 0], { ground: 10 })

  it('loses the object, and finds it again where it left it', async () => {
    const tracker = opened(nets())
    const state = await tracker.begin(at(100, 90), rectangle(100, 90))
    const lost = await tracker.update(empty, state)
    expect(lost.shape).toBeNull()
    const again = await tracker.update(at(102, 90), lost.state)
    expect(Math.abs((again.shape?.points[0] ?? 0) - 102)).toBeLessThan(2)
  })

  it('loses nothing when any score will do', async () => {
    const tracker = opened(nets(), { threshold: 0 })
    const state = await tracker.begin(at(100, 90), rectangle(100, 90))
    expect((await tracker.update(at(102, 90), state)).shape?.score).toBeGreaterThan(0.8)
  })
})

describe('a rectangle that is turned', () => {
  it('stays turned, moves along and grows with the box around it', async () => {
    const tracker = opened(siameseNets())
    // Turned by a quarter, it covers what it would cover unturned.
    const turned: TrackedShape = { ...rectangle(100, 90), rotation: 90 }
    const state = await tracker.begin(at(100, 90), turned)
    const { shape } = await tracker.update(at(100, 90, 60), state)
    expect(shape?.rotation).toBe(90)
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = shape?.points ?? []
    expect([x2 - x1, y2 - y1].map((side) => Math.abs(side - 60) < 3)).toEqual([true, true])
    expect([(x1 + x2) / 2, (y1 + y2) / 2].map((c, i) => Math.abs(c - (i ? 120 : 130)) < 2)).toEqual(
      [true, true],
    )
  })
})

describe('a polygon that SiamMask follows', () => {
  it('becomes the outline of the mask', async () => {
    const tracker = opened(siamMaskNets(true))
    const polygon: TrackedShape = {
      type: 'polygon',
      points: [100, 90, 140, 90, 140, 130, 100, 130],
      rotation: 0,
    }
    const state = await tracker.begin(at(100, 90), polygon)
    const { shape } = await tracker.update(at(106, 94), state)
    expect(shape?.type).toBe('polygon')
    const xs = shape?.points.filter((_, i) => i % 2 === 0) ?? []
    const ys = shape?.points.filter((_, i) => i % 2 === 1) ?? []
    const bounds = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    const away = [106, 94, 146, 134].map((value, i) => Math.abs(value - (bounds[i] ?? 0)))
    expect(Math.max(...away)).toBeLessThan(3)
  })
})

it('a backbone of fixed sides needs a second one for the template', () => {
  const kind = nanoNets()
  const backbone = { ...kind.nets.backbone, inputs: { input: [1, 3, 255, 255] } } as FakeNet
  const template = { ...backbone, inputs: { input: [1, 3, 127, 127] } }
  const open = (nets: Record<string, FakeNet>) => () => opened({ ...kind, nets })
  expect(open({ ...kind.nets, backbone })).toThrow(/127/)
  expect(open({ ...kind.nets, backbone, template })).not.toThrow()
})
