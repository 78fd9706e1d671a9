import type { BenchRow, ExecutionProvider } from '#shared/domain/model.ts'
import { AppError, RemoteError } from '#shared/errors/app-error.ts'
import type { ModelPack, ModelWork } from '../../core/ports.ts'
import { parametersOf } from '../onnx/function-info.ts'
import type { Inference, InferenceCall } from '../onnx/inference.ts'
import { measuringPicture } from '../onnx/measuring-picture.ts'
import type { InferenceVerb } from '../onnx/protocol.ts'
import { completeValues } from '../parameter-values.ts'

const WARM_UPS = 2
const MOST_RUNS = 20
const LEAST_RUNS = 3
/** Enough is known of a slow model after a few runs. */
const ENOUGH_MS = 10_000
const WIDTH = 640
const HEIGHT = 480

/**
 * Measure a model on each execution provider of this machine: the time to load it, and of runs on a picture of 640 by 480 with all
 * that goes before and after the net.
 * @throws CANCELLED
 */
export async function benchModel(
  pack: ModelPack,
  devices: readonly ExecutionProvider[],
  inference: Inference,
  { signal, onProgress }: ModelWork,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const [index, device] of devices.entries()) {
    onProgress(index / devices.length, `On ${device.title}`)
    const row = device.available
      ? await measure(pack, device, inference, signal)
      : without(device, device.problem)
    rows.push(row)
    if (signal.aborted) throw new AppError('CANCELLED', { what: 'Measuring' })
  }
  return rows
}

const without = ({ name, title }: ExecutionProvider, problem: string): BenchRow => ({
  ...{ executionProvider: name, title, problem },
  ...{ loadMs: null, medianMs: null, p90Ms: null, runs: 0, memoryBytes: null },
})

async function measure(
  pack: ModelPack,
  device: ExecutionProvider,
  inference: Inference,
  signal: AbortSignal,
): Promise<BenchRow> {
  const common = { lane: 'now', executionProvider: device.name, signal } as const
  // What is loaded elsewhere would make loading look quick, and memory small.
  inference.forget(pack.id)
  try {
    const before = process.memoryUsage().rss
    const start = performance.now()
    const { opened } = await inference.call(pack, {
      verb: 'load',
      ask: {},
      picture: null,
      ...common,
    })
    const loadMs = performance.now() - start
    if (opened.executionProvider !== device.name) {
      return without(device, opened.note || 'it does not run there')
    }
    const times = await run(pack, inference, common)
    const memoryBytes = Math.max(0, process.memoryUsage().rss - before)
    const { name: executionProvider, title } = device
    return { executionProvider, title, problem: '', loadMs, memoryBytes, ...summary(times) }
  } catch (error) {
    if (signal.aborted) throw new AppError('CANCELLED', { what: 'Measuring' })
    if (error instanceof AppError || error instanceof RemoteError) {
      return without(device, error.message.replace(/\.$/, ''))
    }
    throw error
  } finally {
    inference.forget(pack.id)
  }
}

async function run(
  pack: ModelPack,
  inference: Inference,
  common: Pick<InferenceCall<InferenceVerb>, 'lane' | 'executionProvider' | 'signal'>,
): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + ENOUGH_MS
  for (let nth = 0; nth < WARM_UPS + MOST_RUNS; nth++) {
    const tookMs = await runOnce(pack, inference, common, nth)
    if (nth >= WARM_UPS) times.push(tookMs)
    if (times.length >= LEAST_RUNS && performance.now() > until) break
  }
  return times
}

/** One picture's worth of work, by kind; a picture nobody has seen, so that no embedding is kept of it. */
async function runOnce(
  pack: ModelPack,
  inference: Inference,
  common: Pick<InferenceCall<InferenceVerb>, 'lane' | 'executionProvider' | 'signal'>,
  nth: number,
): Promise<number> {
  const parameters = completeValues(parametersOf(pack.manifest), {})
  const picture = async () => measuringPicture(nth)
  const call = { ...common, picture }
  switch (pack.manifest.kind) {
    case 'detector':
      return (await inference.call(pack, { verb: 'detect', ask: { parameters }, ...call })).tookMs
    case 'reid': {
      const ask = { boxes: [BOX] }
      return (await inference.call(pack, { verb: 'look', ask, ...call })).tookMs
    }
    case 'interactor': {
      const click = [WIDTH / 2, HEIGHT / 2] as const
      const prompt = {
        positive: [click],
        negative: [],
        box: [...BOX] as const,
        previous: null,
        parameters,
      }
      const ask = { picture: `bench ${process.pid} ${performance.now()} ${nth}`, prompt }
      return (await inference.call(pack, { verb: 'interact', ask, ...call })).tookMs
    }
    case 'tracker': {
      const ask = { shapes: [{ type: 'rectangle', points: BOX, rotation: 0 } as const] }
      const begun = await inference.call(pack, { verb: 'begin', ask, ...call })
      const update = {
        verb: 'update',
        ask: { tokens: begun.result },
        thread: begun.thread,
      } as const
      return (await inference.call(pack, { ...call, ...update })).tookMs
    }
  }
}

const BOX = [WIDTH * 0.4, HEIGHT * 0.4, WIDTH * 0.6, HEIGHT * 0.6] as const

function summary(times: readonly number[]): Pick<BenchRow, 'medianMs' | 'p90Ms' | 'runs'> {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? null
  return { medianMs: at(0.5), p90Ms: at(0.9), runs: times.length }
}
