import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelManifestSchema } from '#shared/domain/model-manifest.ts'
import { decodeMask } from '#shared/geometry/mask.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { ModelFacts, ModelRuntime, Tensor } from '../../family.ts'
import { openDetector } from '../testing/stand-in.ts'
import { masksOf } from './regions.ts'
import { semantic } from './semantic.ts'

const picture = (width: number, height: number): RgbPicture => ({
  width,
  height,
  rgb: new Uint8Array(width * height * 3),
})

function open(output: Tensor, more: object = {}, size = 8) {
  const facts: ModelFacts = {
    ...{ sizeBytes: 1, opsets: {}, producer: '', metadata: {} },
    inputs: [{ name: 'x', type: 'float32', dims: [1, 3, size, size] }],
    outputs: [{ name: 'out', type: output.type, dims: output.dims }],
  }
  const runtime: ModelRuntime = { facts: () => facts, run: async () => ({ out: output }) }
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, id: 'road', name: 'Road', kind: 'detector', family: 'semantic', files: {} },
    ...more,
  })
  if (semantic.kind !== 'detector') throw new Error('a detector')
  return semantic.open(manifest, runtime)
}

const label = (name: string) => ({ name, type: 'mask', attributes: [], sublabels: [], svg: null })
const labels = ['background', 'car', 'road'].map(label)

/** Scores of three classes on 4 x 4 cells: the left half car, the right half road, the last row background. */
function scores(): Tensor {
  const data = new Float32Array(3 * 16)
  for (let y = 0; y < 4; y += 1)
    for (let x = 0; x < 4; x += 1) data[(y === 3 ? 0 : x < 2 ? 1 : 2) * 16 + y * 4 + x] = 5
  return { type: 'float32', dims: [1, 3, 4, 4], data }
}

function pixels(points: readonly number[], width: number, height: number): string[] {
  const { left, top, width: w, data, height: h } = decodeMask(points)
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => '.'))
  for (let y = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      const row = rows[top + y]
      if (row && data[y * w + x]) row[left + x] = '#'
    }
  return rows.map((row) => row.join(''))
}

describe('semantic segmentation', () => {
  it('makes a mask of each class, enlarged to the picture, and none of the background', async () => {
    const found = await open(scores(), { labels, parameters: { minArea: 1 } }).detect(
      picture(8, 8),
      {},
    )
    expect(found.map((one) => one.label)).toEqual(['car', 'road'])
    expect(pixels(found[0]?.points ?? [], 8, 8)).toEqual([
      ...Array.from({ length: 6 }, () => '####....'),
      '........',
      '........',
    ])
  })

  it('takes classes from the last dim, and names those that have no name', async () => {
    const { data } = scores()
    const last = new Float32Array(48)
    for (let i = 0; i < 16; i += 1)
      for (let c = 0; c < 3; c += 1) last[i * 3 + c] = Number(data[c * 16 + i])
    const turned: Tensor = { type: 'float32', dims: [1, 4, 4, 3], data: last }
    const found = await open(turned, { parameters: { minArea: 1 } }).detect(picture(8, 8), {})
    expect(found.map((one) => one.label)).toEqual(['class_0', 'class_1', 'class_2'])
  })

  it('takes class indices', async () => {
    const data = BigInt64Array.from({ length: 16 }, (_, i) => BigInt(i < 8 ? 1 : 2))
    const indices: Tensor = { type: 'int64', dims: [1, 4, 4], data }
    const found = await open(indices, { labels, parameters: { minArea: 1 } }).detect(
      picture(8, 8),
      {},
    )
    expect(found.map((one) => [one.label, pixels(one.points, 8, 8)[0]])).toEqual([
      ['car', '########'],
      ['road', '........'],
    ])
  })

  it.each([
    ['shares', 0.9, 0.1],
    ['logits', 3, -3],
  ])('takes one map of %s', async (_what, inside, outside) => {
    const data = Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? inside : outside))
    const one: Tensor = { type: 'float32', dims: [1, 1, 4, 4], data }
    const given = { labels: [label('road')], parameters: { minArea: 1 } }
    const [road] = await open(one, given).detect(picture(8, 8), {})
    expect(pixels(road?.points ?? [], 8, 8)[0]).toBe('####....')
  })

  it('has regions apart when asked, and leaves small ones out', async () => {
    const rows = ['##..', '##..', '...#', '..#.']
    const data = Float32Array.from(rows.join(''), (cell) => (cell === '#' ? 1 : 0))
    const one: Tensor = { type: 'float32', dims: [1, 1, 4, 4], data }
    const manifest = { labels: [label('road')], inputs: { '*': { width: 4, height: 4 } } }
    const all = await open(one, manifest, 4).detect(picture(4, 4), { regions: true, minArea: 1 })
    expect(all).toHaveLength(2)
    const large = await open(one, manifest, 4).detect(picture(4, 4), { regions: true, minArea: 3 })
    expect(large).toHaveLength(1)
  })

  it('says of scores that are no numbers that they mean nothing', async () => {
    const nan: Tensor = { ...scores(), data: new Float32Array(48).fill(Number.NaN) }
    await expect(open(nan).detect(picture(8, 8), {})).rejects.toMatchObject({
      code: 'MODEL_OUTPUT_INVALID',
    })
    const flat: Tensor = { type: 'float32', dims: [1, 10], data: new Float32Array(10) }
    await expect(open(flat).detect(picture(8, 8), {})).rejects.toMatchObject({
      code: 'MODEL_MISFIT',
    })
  })
})

describe('regions', () => {
  it('are what a flood fill finds, whatever is on the map', () => {
    const map = fc.array(fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(map, (rows) => {
        const width = 9
        const height = rows.length
        const data = Uint16Array.from(rows.flat(), Number)
        const part = { left: 0, top: 0, right: width, bottom: height }
        const found = masksOf({ width, height, data }, part, true).filter((one) => one.label === 1)
        expect(found.map((one) => one.area).sort()).toEqual(flooded(rows).sort())
        const whole = masksOf({ width, height, data }, part, false).find((one) => one.label === 1)
        const drawn = whole ? pixels(whole.points, width, height) : []
        const wanted = rows.map((row) => row.map((cell) => (cell ? '#' : '.')).join(''))
        expect(drawn).toEqual(whole ? wanted : [])
      }),
    )
  })
})

/** Areas of the regions of set cells, diagonals connecting. */
function flooded(rows: readonly (readonly boolean[])[]): number[] {
  const seen = new Set<string>()
  const fill = (x: number, y: number): number => {
    if (!rows[y]?.[x] || seen.has(`${x} ${y}`)) return 0
    seen.add(`${x} ${y}`)
    let area = 1
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) area += fill(x + dx, y + dy)
    return area
  }
  const areas = rows.flatMap((row, y) => row.map((_, x) => fill(x, y)))
  return areas.filter((area) => area > 0)
}

describe('how a picture is resized', () => {
  /** Every fourth column is white: OpenCV looks at two others of four, Pillow at all of them. */
  const stripes = {
    ...{ width: 32, height: 32 },
    rgb: new Uint8Array(32 * 32 * 3).map((_, i) => (Math.floor(i / 3) % 4 === 0 ? 255 : 0)),
  }
  it.each([
    ["Transformers'", 'pixel_values', 64],
    ["others'", 'input', 0],
  ])('%s, whose input is called %s', async (_whose, name, value) => {
    const inputs = [{ name, type: 'float32', dims: [1, 3, 8, 8] }]
    const detector = openDetector(semantic, { inputs, outputs: { logits: scores() } })
    await detector.detect(stripes, {})
    const red = Number(detector.fed[0]?.[name]?.data[3])
    expect((red * 0.229 + 0.485) * 255).toBeCloseTo(value, 0)
  })
})
