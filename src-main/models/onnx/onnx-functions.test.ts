import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FunctionId, FunctionLabel } from '#shared/domain/function.ts'
import { toErrorBody } from '#shared/errors/app-error.ts'
import type { FunctionPicture, InteractorPrompt, ModelPack, RgbPicture } from '../../core/ports.ts'
import { readPack } from '../packs/read-pack.ts'
import { createInference, type Inference } from './inference.ts'
import { createOnnxFunctions, type OnnxFunctions } from './onnx-functions.ts'
import { looped } from './testing/looped.ts'
import { processorOnly } from './testing/processor-only.ts'
import { tinyPack, tinyYolo } from './testing/tiny-packs.ts'

let dir = ''
let packs: ModelPack[] = []
let inference: Inference
let functions: OnnxFunctions

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'onnx-functions-'))
  open()
})
afterAll(async () => {
  await functions.close()
  await rm(dir, { recursive: true, force: true })
})

function open(given: Partial<Parameters<typeof createInference>[0]> = {}): void {
  inference = createInference({ embeddingsDir: join(dir, 'embeddings'), ...given })
  const source = { list: async () => packs }
  functions = createOnnxFunctions({ packs: source, inference, devices: processorOnly() })
}

const shipped = async (id: string): Promise<ModelPack> => ({
  ...(await readPack(fileURLToPath(new URL(`../../../models/${id}`, import.meta.url)), 'shipped')),
  executionProvider: null,
})
const idOf = (name: string) => `onnx/${name}` as FunctionId

/** A grey wall with a bright disc around (60, 50). */
function scene(): RgbPicture {
  const [width, height] = [160, 120]
  const rgb = new Uint8Array(width * height * 3).fill(90)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (Math.hypot(x + 0.5 - 60, y + 0.5 - 50) < 25) rgb.set([220, 40, 40], 3 * (y * width + x))
  return { width, height, rgb }
}
let pictures = 0
function picture(pixels = scene()): FunctionPicture & { pixels: ReturnType<typeof vi.fn> } {
  return {
    key: `picture ${++pictures}`,
    pixels: vi.fn(async () => pixels),
    encoded: () => Promise.reject(new Error('nobody needs a file')),
  }
}

const click: InteractorPrompt = {
  ...{ positive: [[60, 50]], negative: [], box: null, region: null },
  ...{ previous: null, parameters: {} },
}
const yolo = { kind: 'detector', family: 'yolov8', parameters: { threshold: 0.5 } } as const
const label: FunctionLabel = {
  ...{ name: 'thing', type: 'rectangle', attributes: [], sublabels: [], svg: null },
}
const detector = (id: string) => ({ ...yolo, id, labels: [label] })
const boxes = [
  [16, 12, 8, 4, 0.9],
  [4, 16, 4, 4, 0.25],
] as const

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error) => toErrorBody(error),
  )

describe('a detector', () => {
  it('finds what its net says, in image pixels, with the values people set', async () => {
    packs = [await tinyPack(dir, tinyYolo(boxes), detector('plain'))]
    const found = await functions.detect(idOf('plain'), picture(), { parameters: {} })
    // 160 x 120 in 32 x 32: a fifth, four rows of padding above.
    expect(found).toMatchObject([{ label: 'thing', points: [60, 30, 100, 50] }])
    const all = await functions.detect(idOf('plain'), picture(), { parameters: { threshold: 0.1 } })
    expect(all).toHaveLength(2)
    expect(await functions.list()).toMatchObject([
      {
        ...{ id: 'onnx/plain', kind: 'detector', provider: 'onnx', state: 'ready', device: 'CPU' },
        ...{ labels: [label], speedMs: expect.any(Number), remote: false },
        parameters: expect.arrayContaining([
          expect.objectContaining({ name: 'threshold', defaultValue: 0.5 }),
        ]),
      },
    ])
  })

  it('may want and give half precision', async () => {
    packs = [await tinyPack(dir, tinyYolo(boxes, { type: 'float16' }), detector('half'))]
    const [found] = await functions.detect(idOf('half'), picture(), { parameters: {} })
    expect(found).toMatchObject({ points: [60, 30, 100, 50], score: expect.closeTo(0.9, 3) })
  })

  it('says the same in both lanes', async () => {
    packs = [await shipped('desk-detect')]
    const one = picture()
    const [now, batch] = await Promise.all(
      (['now', 'batch'] as const).map((lane) =>
        functions.detect(idOf('desk-detect'), one, { parameters: {}, lane }),
      ),
    )
    expect(now?.length).toBeGreaterThan(0)
    expect(batch).toHaveLength(now?.length ?? -1)
  })
})

describe('an interactor', () => {
  const sam = idOf('desk-sam')
  const area = (mask: readonly number[] | null) =>
    (mask ?? []).slice(0, -4).reduce((sum, run, at) => sum + (at % 2 === 1 ? run : 0), 0)

  it('cuts out what is clicked on, and reads the picture once', async () => {
    packs = [await shipped('desk-sam')]
    const one = picture()
    const first = await functions.interact(sam, one, click, {})
    expect(area(first.mask) / (Math.PI * 25 ** 2)).toBeCloseTo(1, 0)
    const refined = { ...click, previous: first.token, negative: [[10, 10]] } as const
    expect((await functions.interact(sam, one, refined, {})).token).not.toBe(first.token)
    expect(one.pixels).toHaveBeenCalledTimes(1)
  })

  it('prepares ahead: in the other lane, on the disk, once', async () => {
    packs = [await shipped('desk-sam')]
    const one = picture()
    const files = async () => {
      const folder = join(dir, 'embeddings')
      return existsSync(folder) ? (await readdir(folder, { recursive: true })).length : 0
    }
    const before = await files()
    await functions.prepare(sam, one, { lane: 'batch' })
    const after = await files()
    expect(after).toBeGreaterThan(before)
    await functions.prepare(sam, one, { lane: 'batch' })
    expect((await functions.interact(sam, one, click, {})).mask).not.toBeNull()
    expect(await files()).toBe(after)
  })

  it('makes an embedding anew that was damaged, or removed', async () => {
    packs = [await shipped('desk-sam')]
    const one = picture()
    const expected = await functions.interact(sam, one, click, {})
    const folder = join(dir, 'embeddings')
    const all = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const file of all.filter((entry) => entry.isFile()))
      await truncate(join(file.parentPath, file.name), 50)
    await functions.close()
    open()
    expect((await functions.interact(sam, one, click, {})).mask).toEqual(expected.mask)
  })

  it('knows the previous answer of the same picture alone', async () => {
    packs = [await shipped('desk-sam')]
    const { token } = await functions.interact(sam, picture(), click, {})
    const other = picture()
    const plain = await functions.interact(sam, other, click, {})
    const foreign = await functions.interact(sam, other, { ...click, previous: token }, {})
    expect(foreign.mask).toEqual(plain.mask)
  })
})

describe('re-identification', () => {
  it('knows again what looks the same', async () => {
    packs = [await shipped('desk-reid')]
    const box = (labelId: number, ...points: number[]) => ({ labelId, points })
    const disc = box(1, 35, 25, 85, 75)
    const question = {
      ...{ picture0: picture(), picture1: picture(), threshold: 0.5, maxDistance: 200 },
      boxes0: [disc, box(2, 100, 80, 140, 110)],
      boxes1: [box(2, 100, 80, 140, 110), disc],
    }
    expect(await functions.match(idOf('desk-reid'), question, {})).toEqual([1, 0])
    const none = { ...question, boxes1: [] }
    expect(await functions.match(idOf('desk-reid'), none, {})).toEqual([-1, -1])
  })
})

describe('what is wrong with a model is said, and harms no other', () => {
  const nan = Number.NaN
  it.each([
    ['not a number', [[nan, nan, nan, nan, nan]]],
    ['infinite', [[Number.POSITIVE_INFINITY, 3, 1e38, 1e38, Number.POSITIVE_INFINITY]]],
    ['far outside', [[1e9, -1e9, 1, 1, 0.9]]],
  ] as [string, [number, number, number, number, number][]][])(
    'outputs that are %s become no detection, or a sentence',
    async (_what, given) => {
      packs = [await tinyPack(dir, tinyYolo(given), detector('odd'))]
      const found = await functions
        .detect(idOf('odd'), picture(), { parameters: {} })
        .catch((error) => {
          expect(toErrorBody(error).code).toBe('MODEL_OUTPUT_INVALID')
          return []
        })
      for (const { points } of found) expect(points.every(Number.isFinite)).toBe(true)
    },
  )

  it('a file that is gone, cut off, or a pickle', async () => {
    const good = await tinyPack(dir, tinyYolo(boxes), detector('good'))
    const gone = await tinyPack(dir, tinyYolo(boxes), detector('gone'))
    await rm(join(gone.folder, 'model.onnx'))
    const cut = await tinyPack(dir, tinyYolo(boxes), detector('cut'))
    await truncate(join(cut.folder, 'model.onnx'), 100)
    const pickle = await tinyPack(dir, Uint8Array.of(0x80, 2, 0x8a, 10), detector('pickle'))
    packs = [good, gone, cut, pickle]
    const asked = (name: string) =>
      refusal(functions.detect(idOf(name), picture(), { parameters: {} }))
    expect((await asked('gone'))?.message).toContain('it is not there')
    expect((await asked('cut'))?.message).toContain('cut off')
    expect((await asked('pickle'))?.message).toContain('a pickle')
    expect(await asked('good')).toBeNull()
    const states = (await functions.list()).map(({ state, problem }) => [state, problem?.code])
    expect(states).toEqual([
      ['ready', undefined],
      ...['gone', 'cut', 'pickle'].map(() => ['failed', 'MODEL_UNREADABLE']),
    ])
    // Put right, it is asked again.
    await writeFile(join(gone.folder, 'model.onnx'), '')
    packs = [{ ...(await tinyPack(dir, tinyYolo(boxes), detector('gone'))), stamp: 'other' }]
    expect(await asked('gone')).toBeNull()
    expect(await functions.list()).toMatchObject([{ state: 'ready', problem: null }])
  })

  it('a net that the runtime cannot build, or cannot run', async () => {
    const model = tinyYolo(boxes)
    const unknown = { op: 'NoSuchThing', inputs: ['table'], outputs: ['output0'] }
    const reshape = [
      { op: 'Reshape', inputs: ['table', 'seven'], outputs: ['flat'] },
      { op: 'Identity', inputs: ['table'], outputs: ['output0'] },
      { op: 'Identity', inputs: ['flat'], outputs: ['output1'] },
    ]
    const seven = { type: 'int64', dims: [2], data: [7, 7] } as const
    packs = [
      await tinyPack(dir, { ...model, nodes: [unknown] }, detector('unbuildable')),
      await tinyPack(
        dir,
        { ...model, nodes: reshape, initializers: { ...model.initializers, seven } },
        detector('breaks'),
      ),
      await tinyPack(dir, model, { ...detector('strange'), family: 'nobodys' }),
    ]
    const codes = packs.map(({ id }) =>
      refusal(functions.detect(idOf(id), picture(), { parameters: {} })),
    )
    const [unbuildable, breaks, strange] = await Promise.all(codes)
    expect(unbuildable).toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining('NoSuchThing'),
    })
    expect(breaks?.code).toBe('MODEL_FAILED')
    expect(strange?.code).toBe('MODEL_MISFIT')
    for (const body of [unbuildable, breaks]) expect(body?.message).not.toContain('onnxruntime_src')
  })

  it('a picture that cannot be read', async () => {
    packs = [await tinyPack(dir, tinyYolo(boxes), detector('plain'))]
    const one = { ...picture(), pixels: () => Promise.reject(new Error('the drive is gone')) }
    await expect(functions.detect(idOf('plain'), one, { parameters: {} })).rejects.toThrow('drive')
  })

  it('a function nobody has', async () => {
    packs = []
    await expect(functions.prepare(idOf('none'), picture(), {})).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('one that does not answer is given up, and the next call is answered by another thread', async () => {
    await functions.close()
    open({ patienceSeconds: 4 })
    packs = [
      // Longer than anybody waits, and over soon after, so that the thread ends by itself.
      await tinyPack(dir, tinyYolo(boxes, { before: looped(5_000_000) }), detector('slow')),
      await tinyPack(dir, tinyYolo(boxes), detector('plain')),
    ]
    const ask = (name: string) => functions.detect(idOf(name), picture(), { parameters: {} })
    await ask('plain')
    const lost = refusal(ask('slow'))
    const next = ask('plain')
    expect(await lost).toMatchObject({ code: 'FUNCTION_TIMED_OUT' })
    expect(await next).toHaveLength(1)
  }, 60_000)
})
