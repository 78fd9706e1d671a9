/**
 * Automatic annotation of picture files beside the bare net (session.run on a tensor that lies ready) and beside the detector
 * alone (decoded files, no queue and no store), in turn, in the same run. Budget: 80 % of the bare net's throughput.
 * Usage: node bench/auto-annotate/run.ts [PICTURES]
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { composeCore } from '#main/core/compose.ts'
import { databasePath } from '#main/core/data-layout.ts'
import { detectOn } from '#main/core/functions/detect-parts.ts'
import { framePicture } from '#main/core/functions/frame-picture.ts'
import { createFrameReader } from '#main/media/index.ts'
import { createInference } from '#main/models/onnx/inference.ts'
import { createOnnxFunctions } from '#main/models/onnx/onnx-functions.ts'
import { processorOnly } from '#main/models/onnx/testing/processor-only.ts'
import { tinyPack } from '#main/models/onnx/testing/tiny-packs.ts'
import { createPackShelf } from '#main/models/packs/pack-shelf.ts'
import { createSettingsFile } from '#main/models/packs/settings-file.ts'
import { openStore } from '#main/store/index.ts'
import { annotateReportSchema } from '#shared/domain/annotate-report.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { quantile, report } from '../samples.ts'
import { HEAVY_SIDE, heavyManifest, heavyModel } from './heavy-model.ts'

const PICTURES = Number(process.argv[2] ?? 240)
const ROUNDS = 3
/** As the work of the queue has it. */
const IN_FLIGHT = 4

const dir = mkdtempSync(join(tmpdir(), 'fieldmark-auto-annotate-'))
const shippedDir = new URL('../../models', import.meta.url).pathname
const installedDir = join(dir, 'models')
const heavy = await tinyPack(installedDir, heavyModel(), heavyManifest)
const functions = createOnnxFunctions({
  packs: {
    list: async () => [
      ...(await createPackShelf(
        { shippedDir, installedDir: join(dir, 'none') },
        createSettingsFile(join(dir, 'settings.json')),
      ).list()),
      heavy,
    ],
  },
  inference: createInference({ embeddingsDir: join(dir, 'embeddings') }),
  devices: processorOnly(),
})

const pictures = copies(PICTURES)
const dataDir = join(dir, 'data')
const core = await composeCore({ dataDir, providers: [functions] })
const store = openStore(databasePath(dataDir), { migrate: false })
const reader = createFrameReader({ cacheDir: join(dir, 'cache'), maxCacheBytes: 0 })
const taskId = await makeTask()

const rows = [
  [
    'pictures of 640 x 480 and 1280 x 720 from files, a second',
    'annotated',
    'detector alone',
    'bare net',
    '',
  ],
]
await measure('desk-detect', join(shippedDir, 'desk-detect/desk-detect.onnx'), 320, PICTURES)
await measure('heavy', join(heavy.folder, 'model.onnx'), HEAVY_SIDE, Math.ceil(PICTURES / 6))
report(rows)

store.close()
reader.close()
await core.close()
rmSync(dir, { recursive: true })

async function measure(name: string, path: string, side: number, count: number): Promise<void> {
  const session = await InferenceSession.create(path, {
    ...{ intraOpNumThreads: availableParallelism(), logSeverityLevel: 4 },
  })
  const images = new Tensor('float32', new Float32Array(3 * side * side), [1, 3, side, side])
  const functionId = `onnx/${name}` as FunctionId
  const ways = {
    async bare() {
      for (let at = 0; at < count; at += 1) await session.run({ images })
    },
    alone: () => detectAll(functionId, count),
    annotated: () => annotate(functionId, count),
  }
  const rates = { bare: [] as number[], alone: [] as number[], annotated: [] as number[] }
  for (const way of Object.values(ways)) await way()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const key of ['bare', 'alone', 'annotated'] as const) {
      const start = performance.now()
      await ways[key]()
      rates[key].push((1000 * count) / (performance.now() - start))
    }
  }
  const rate = (key: keyof typeof rates) => quantile(rates[key], 0.5)
  const share = `${((100 * rate('annotated')) / rate('bare')).toFixed(0)} %`
  const [ours, alone, bare] = [rate('annotated'), rate('alone'), rate('bare')]
  rows.push([name, ours.toFixed(1), alone.toFixed(1), bare.toFixed(1), share])
  await session.release()
}

/** Files decoded and looked at, several on their way, and nothing else. */
async function detectAll(functionId: FunctionId, count: number): Promise<void> {
  let next = 0
  const run = { functionId, parameters: {}, region: null, tiles: null }
  const work = async () => {
    for (let at = next++; at < count; at = next++) {
      const picture = framePicture(reader, store.frames.record(taskId, at))
      await detectOn({ functions, reader }, picture, run, { lane: 'batch' })
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
}

/** The whole of it, from the asking to the undoable step; undone afterwards. */
async function annotate(functionId: FunctionId, count: number): Promise<void> {
  const frames = { start: 0, stop: count - 1 }
  const { id } = await core.client.functions.annotate({ taskId, functionId, frames })
  const { frames: looked, failedCount } = annotateReportSchema.parse(await resultOf(id))
  if (looked !== count || failedCount > 0) throw new Error('not every picture was looked at')
}

async function resultOf(id: RequestId): Promise<unknown> {
  for (;;) {
    const request = await core.client.requests.get({ id })
    if (request.error) throw new Error(request.error.message)
    if (request.state === 'finished') return request.result
    await setTimeout(2)
  }
}

async function makeTask(): Promise<TaskId> {
  const labels = ['disc', 'square', 'triangle', 'star', 'ring', 'arrow'].map((name) => ({ name }))
  const made = await core.client.tasks.create({ name: 'bench', paths: [pictures], labels })
  await resultOf(made.requestId)
  return made.task.id
}

function copies(count: number): string {
  const folder = new URL('../../resources/sample/images', import.meta.url).pathname
  const files = readdirSync(folder).filter((name) => /\.(jpe?g|png)$/.test(name))
  const target = join(dir, 'pictures')
  mkdirSync(target)
  for (let at = 0; at < count; at += 1) {
    const file = files[at % files.length] ?? ''
    copyFileSync(join(folder, file), join(target, `${String(at).padStart(5, '0')}-${file}`))
  }
  return target
}
