/**
 * Models as functions against the bare net: session.run on a tensor that lies ready, in the same run. Budgets: batches at 80 % of
 * the bare net's throughput or more (ours reads pixels and makes boxes of the output as well), a click with its embedding made at
 * most 50 ms more than the decoder's own run. Pictures are decoded before; bench of automatic annotation has them as files.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { FunctionPicture, InteractorPrompt, RgbPicture } from '#main/core/ports.ts'
import { createInference } from '#main/models/onnx/inference.ts'
import { measuringPicture } from '#main/models/onnx/measuring-picture.ts'
import { createOnnxFunctions } from '#main/models/onnx/onnx-functions.ts'
import { processorOnly } from '#main/models/onnx/testing/processor-only.ts'
import { createPackShelf } from '#main/models/packs/pack-shelf.ts'
import { createSettingsFile } from '#main/models/packs/settings-file.ts'
import { threadsEnded } from '#main/threads.ts'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import { ms, quantile, report } from '../samples.ts'

const ROUNDS = 5
const PICTURES = 60
const CLICKS = 40
const AT_ONCE = 8

const dir = mkdtempSync(join(tmpdir(), 'fieldmark-inference-'))
const shippedDir = new URL('../../models', import.meta.url).pathname
const model = (path: string) => join(shippedDir, path)
const options = { intraOpNumThreads: availableParallelism(), logSeverityLevel: 4 } as const
const settings = createSettingsFile(join(dir, 'settings.json'))
const functions = createOnnxFunctions({
  packs: createPackShelf({ shippedDir, installedDir: join(dir, 'models') }, settings),
  inference: createInference({ embeddingsDir: join(dir, 'embeddings') }),
  devices: processorOnly(),
})
const idOf = (name: string): FunctionId => functionIdSchema.parse(`onnx/${name}`)
const timedAsync = async (run: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await run()
  return performance.now() - start
}
const rows: string[][] = [['models as functions', 'ours', 'bare net', '']]
let pictures = 0
const pictureOf = (pixels: RgbPicture): FunctionPicture => ({
  key: `picture ${++pictures}`,
  pixels: async () => pixels,
  encoded: () => Promise.reject(new Error('nobody needs a file')),
})

const small = measuringPicture(1)
const large = enlarged(small, 3)
await loading()
await detecting('desk-detect', [1, 3, 320, 320])
await detecting('desk-segment', [1, 3, 320, 320])
await clicking()
report(rows)
await functions.close()
await threadsEnded()
rmSync(dir, { recursive: true })

async function loading(): Promise<void> {
  const bare = await timedAsync(() =>
    InferenceSession.create(model('desk-sam/desk-sam-decoder.onnx'), options),
  )
  const start = await timedAsync(() =>
    functions.detect(idOf('desk-detect'), pictureOf(small), { parameters: {} }),
  )
  const next = await timedAsync(() =>
    functions.detect(idOf('desk-segment'), pictureOf(small), { parameters: {} }),
  )
  rows.push(
    ['first answer of the process: thread, model of 3 MB, run, ms', ms(start), '', ''],
    ['first answer of another model, ms', ms(next), ms(bare), 'bare: a session made'],
  )
}

/** Bare and ours in turn, so that both see the same machine. */
async function detecting(name: string, dims: readonly number[]): Promise<void> {
  const session = await InferenceSession.create(model(`${name}/${name}.onnx`), options)
  const images = new Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b)), dims)
  const id = idOf(name)
  const ours = (pixels: RgbPicture) => async () => {
    const waiting = new Set<Promise<unknown>>()
    for (let at = 0; at < PICTURES; at += 1) {
      const call = { parameters: {}, lane: 'batch' } as const
      const one = functions.detect(id, pictureOf(pixels), call).finally(() => waiting.delete(one))
      waiting.add(one)
      if (waiting.size >= AT_ONCE) await Promise.race(waiting)
    }
    await Promise.all(waiting)
  }
  const bare = async () => {
    for (let at = 0; at < PICTURES; at += 1) await session.run({ images })
  }
  const ways = { bare, small: ours(small), large: ours(large) }
  const rates = { bare: [] as number[], small: [] as number[], large: [] as number[] }
  for (const way of Object.values(ways)) await way()
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [key, way] of Object.entries(ways) as [keyof typeof ways, () => Promise<void>][])
      rates[key].push((1000 * PICTURES) / (await timedAsync(way)))
  const rate = (of: readonly number[]) => quantile(of, 0.5)
  for (const [what, of] of [
    ['640 x 480', rates.small],
    ['1920 x 1440', rates.large],
  ] as const) {
    const share = `${((100 * rate(of)) / rate(rates.bare)).toFixed(0)} %`
    const title = `${name}, pictures of ${what} in a batch, a second`
    rows.push([title, rate(of).toFixed(1), rate(rates.bare).toFixed(1), share])
  }
  await session.release()
}

async function clicking(): Promise<void> {
  const decoder = await InferenceSession.create(model('desk-sam/desk-sam-decoder.onnx'), options)
  const id = idOf('desk-sam')
  for (const [what, pixels] of [
    ['640 x 480', small],
    ['1920 x 1440', large],
  ] as const) {
    const picture = pictureOf(pixels)
    await functions.prepare(id, picture, {})
    const feeds = decoderFeeds(pixels)
    const own: number[] = []
    const click: number[] = []
    for (let at = 0; at < CLICKS; at += 1) {
      own.push(await timedAsync(() => decoder.run(feeds)))
      click.push(await timedAsync(() => functions.interact(id, picture, promptOf(pixels, at), {})))
    }
    for (const [which, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      const [ours, bare] = [quantile(click, share), quantile(own, share)]
      const title = `click to mask, ${what}, embedding made, ${which}, ms`
      rows.push([title, ms(ours), ms(bare), `${ms(ours - bare)} more`])
    }
  }
  await decoder.release()
}

function promptOf({ width, height }: RgbPicture, at: number): InteractorPrompt {
  const place = [((at + 1) / (CLICKS + 1)) * width, height / 2] as const
  return {
    ...{ positive: [place], negative: [], box: null, region: null },
    ...{ previous: null, parameters: {} },
  }
}

function decoderFeeds({ width, height }: RgbPicture): Record<string, Tensor> {
  const floats = (dims: number[], ...values: number[]) => {
    const data = new Float32Array(dims.reduce((a, b) => a * b, 1))
    data.set(values)
    return new Tensor('float32', data, dims)
  }
  return {
    image_embeddings: floats([1, 32, 64, 64]),
    point_coords: floats([1, 2, 2], 128, 96),
    point_labels: floats([1, 2], 1, -1),
    mask_input: floats([1, 1, 64, 64]),
    has_mask_input: floats([1]),
    orig_im_size: floats([2], height, width),
  }
}

function enlarged({ width, height, rgb }: RgbPicture, times: number): RgbPicture {
  const large = new Uint8Array(rgb.length * times * times)
  for (let y = 0; y < height * times; y += 1)
    for (let x = 0; x < width * times; x += 1) {
      const from = 3 * (Math.floor(y / times) * width + Math.floor(x / times))
      large.set(rgb.subarray(from, from + 3), 3 * (y * width * times + x))
    }
  return { width: width * times, height: height * times, rgb: large }
}
