/** Functions as documents teach to write them, unchanged, run here and called as those of any dashboard. */
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFunctionFolder } from '#main/cli/functions/function-folder.ts'
import { findPython } from '#main/cli/functions/python.ts'
import { type Serving, serveFunction } from '#main/cli/functions/serve-function.ts'
import { pythonWith } from '#main/cli/functions/testing/pythons.ts'
import type { FunctionPicture } from '#main/core/ports.ts'
import { functionIdSchema } from '#shared/domain/function.ts'
import { connectionTo, type NuclioBench, nuclioBench } from './testing/nuclio-bench.ts'

const withCv = pythonWith('cv2', 'numpy')
const withYaml = pythonWith('yaml', 'PIL', 'numpy')
const START_MS = 60_000

type Color = readonly [red: number, green: number, blue: number]
const WHITE: Color = [255, 255, 255]
const BLUE: Color = [0, 0, 255]

/** Black, with coloured boxes `[left, top, right, bottom, color]`. */
async function picture(
  boxes: readonly (readonly [number, number, number, number, Color])[],
): Promise<FunctionPicture> {
  const [width, height] = [120, 80]
  const data = Buffer.alloc(3 * width * height)
  for (const [left, top, right, bottom, color] of boxes)
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) data.set(color, 3 * (y * width + x))
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  return {
    key: JSON.stringify(boxes),
    pixels: () => Promise.reject(new Error('nobody needs the pixels')),
    encoded: async () => ({ contentType: 'image/png', bytes }),
  }
}

let bench: NuclioBench
let serving: Serving | undefined
beforeEach(async () => {
  bench = await nuclioBench()
})
afterEach(async () => {
  await bench.close()
  await serving?.close()
  serving = undefined
})

async function serve(name: string, path: string | null): Promise<(id: string) => string> {
  const folder = await readFunctionFolder(join(import.meta.dirname, 'testdata', name))
  const printed: string[] = []
  serving = await serveFunction(folder, {
    python: await findPython(path ?? undefined, []),
    host: '127.0.0.1',
    port: 0,
    workers: undefined,
    onEvent: () => {},
    onPrinted: (line) => printed.push(line),
  })
  await serving.ready
  await bench.connections.save(connectionTo(serving.url, { timeoutSeconds: 60 }))
  return (id) => `nuclio/lab/${id}`
}

describe.skipIf(withCv === null)(
  'functions of OpenCV (skipped where no Python has cv2 and numpy)',
  () => {
    test('the detector', { timeout: START_MS }, async () => {
      const id = functionIdSchema.parse(
        (await serve('seed-detector', withCv))('my-custom-detector'),
      )
      const [info] = await bench.provider.list()
      expect(info).toMatchObject({
        id,
        kind: 'detector',
        name: 'My Custom Detector',
        state: 'ready',
      })
      expect(info?.labels.map(({ name, type }) => [name, type])).toEqual([
        ['class1', 'rectangle'],
        ['class2', 'polygon'],
        ['class3', 'mask'],
      ])
      const frame = await picture([[10, 20, 50, 60, WHITE]])
      expect(await bench.provider.detect(id, frame, { parameters: {} })).toMatchObject([
        { label: 'class1', type: 'rectangle', points: [10, 20, 50, 60], score: 1 },
        { label: 'class2', type: 'polygon', attributes: [{ name: 'color', value: 'white' }] },
      ])
      const broken = {
        ...frame,
        encoded: async () => ({ contentType: '', bytes: new Uint8Array(9) }),
      }
      await expect(bench.provider.detect(id, broken, { parameters: {} })).rejects.toMatchObject({
        code: 'FUNCTION_FAILED',
        message: expect.stringMatching(/failed: 500, .*OpenCV/) as string,
      })
    })

    test('the interactor', { timeout: START_MS }, async () => {
      const id = functionIdSchema.parse(
        (await serve('seed-interactor', withCv))('my-custom-interactor'),
      )
      const [info] = await bench.provider.list()
      expect(info?.prompts).toEqual({
        minPositive: 1,
        minNegative: 0,
        box: 'optional',
        preparable: false,
      })
      const frame = await picture([[10, 20, 50, 60, WHITE]])
      const prompt = {
        positive: [[30, 30]] as const,
        negative: [],
        box: null,
        region: null,
        previous: null,
        parameters: {},
      }
      const whole = await bench.provider.interact(id, frame, prompt, {})
      expect(whole).toMatchObject({ mask: null, outline: [10, 20, 10, 59, 49, 59, 49, 20] })
      // The document's box is a flat list, and nothing in it says so.
      const boxed = { ...prompt, box: [0, 0, 30, 40] as [number, number, number, number] }
      const part = await bench.provider.interact(id, frame, boxed, {})
      expect(part.outline).toEqual([10, 20, 10, 39, 29, 39, 29, 20])
    })

    test('the tracker', { timeout: START_MS }, async () => {
      const id = functionIdSchema.parse((await serve('seed-tracker', withCv))('my-custom-tracker'))
      const [info] = await bench.provider.list()
      expect(info?.shapeTypes).toEqual(['rectangle', 'polygon'])
      const shapes = [
        { type: 'rectangle', points: [8, 18, 52, 62], rotation: 0 },
        { type: 'polygon', points: [10, 20, 50, 20, 50, 60], rotation: 0 },
      ] as const
      const tokens = await bench.provider.begin(
        id,
        await picture([[10, 20, 50, 60, WHITE]]),
        shapes,
        {},
      )
      const moved = await picture([[17, 23, 57, 63, WHITE]])
      expect(await bench.provider.update(id, moved, tokens, {})).toMatchObject([
        { type: 'rectangle', points: [15, 21, 59, 65] },
        { type: 'polygon', points: [17, 23, 57, 23, 57, 63] },
      ])
      const back = await picture([[10, 20, 50, 60, WHITE]])
      expect((await bench.provider.update(id, back, tokens, {}))[0]?.points).toEqual(
        shapes[0].points,
      )
    })
  },
)

describe.skipIf(withYaml === null)(
  'a function of Detectron2 (skipped where no Python has yaml, PIL and numpy)',
  () => {
    test('reads /opt/nuclio and answers', { timeout: START_MS }, async () => {
      const name = 'pth.facebookresearch.detectron2.retinanet_r101'
      const id = functionIdSchema.parse((await serve('retinanet', withYaml))(name))
      const [info] = await bench.provider.list()
      expect(info).toMatchObject({ framework: 'pytorch', name: 'RetinaNet R101' })
      expect(info?.labels.map((label) => label.name)).toEqual([
        'person',
        'bicycle',
        'hair_drier',
        'toothbrush',
      ])
      const frame = await picture([
        [10, 20, 50, 60, WHITE],
        [70, 5, 100, 45, BLUE],
      ])
      const found = await bench.provider.detect(id, frame, { parameters: {} })
      expect(found.map(({ label, points }) => [label, points])).toEqual([
        ['person', [10, 20, 50, 60]],
        ['hair drier', [70, 5, 100, 45]],
      ])
      expect(found[1]?.score).toBeCloseTo(0.6, 6)
      expect(
        await bench.provider.detect(id, frame, { parameters: { threshold: 0.7 } }),
      ).toHaveLength(1)
    })
  },
)
