/** Process entry: tries an execution provider where nobody is harmed by its crash. See devices/. */
import { writeFileSync } from 'node:fs'
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { ModelRuntime, Tensor } from '../family.ts'
import { difference } from './devices/same-answer.ts'
import type { TrialOrder, TrialReport } from './devices/trial-report.ts'
import type { PackOrder } from './protocol.ts'
import { exercise } from './thread/exercise.ts'
import { openPack } from './thread/opened-pack.ts'
import { ortProblem } from './thread/ort-problem.ts'
import { createVerbs } from './thread/verbs.ts'

/** A product of two matrices of four numbers: `y = x · [[1, 2], [3, 4]]`, opset 13. Made with testing/tiny-onnx.ts. */
const TINY =
  'CAgSBHRpbnk6YAoRCgF4CgF3EgF5IgZNYXRNdWwSBHRpbnkqGwgCCAIQAUIBd0oQAACAPwAAAEAAAEBAAACAQFoTCgF4Eg4KDAgBEggKAggCCgIIAmITCgF5Eg4KDAgBEggKAggCCgIIAkIECgAQDQ=='
const TIMED_RUNS = 5

/** What a net was given, and gave. */
interface Recorded {
  readonly role: string
  readonly feeds: Readonly<Record<string, Tensor>>
  readonly outputs: Readonly<Record<string, Tensor>>
}

async function probe(executionProvider: string): Promise<TrialReport> {
  const options = { executionProviders: [executionProvider], logSeverityLevel: 4 } as const
  const session = await InferenceSession.create(Buffer.from(TINY, 'base64'), options)
  const x = new OrtTensor('float32', Float32Array.of(1, 10, 100, 1000), [2, 2])
  const { y } = await session.run({ x })
  const isRight = y && 'data' in y && [...(y.data as Float32Array)].join() === '31,42,3100,4200'
  return { problem: isRight ? '' : 'it computes something else', cpuMs: null, ms: null }
}

async function compare(pack: PackOrder, executionProvider: string): Promise<TrialReport> {
  const recorded: Recorded[] = []
  const onCpu = await openPack({ ...pack, executionProvider: 'cpu' }, (runtime) => ({
    ...runtime,
    async run(role, feeds) {
      const outputs = await runtime.run(role, feeds)
      recorded.push({ role, feeds, outputs })
      return outputs
    },
  }))
  await exercise(onCpu.opened, createVerbs('trial', noEmbeddings))
  const cpuMs = await timeOf(onCpu.runtime, recorded)
  await onCpu.opened.release()
  const there = await openPack({ ...pack, executionProvider })
  for (const { role, feeds, outputs } of recorded) {
    const problem = difference(outputs, await there.runtime.run(role, feeds))
    if (problem !== '') return { problem, cpuMs, ms: null }
  }
  const ms = await timeOf(there.runtime, recorded)
  const { executionProvider: used, note } = there.opened.state()
  return { problem: used === executionProvider ? '' : note, cpuMs, ms }
}

const noEmbeddings = { get: async () => null, set: async () => undefined }

/** Milliseconds of all runs together, the median of a few rounds. */
async function timeOf(runtime: ModelRuntime, recorded: readonly Recorded[]): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < TIMED_RUNS; round += 1) {
    const start = performance.now()
    for (const { role, feeds } of recorded) await runtime.run(role, feeds)
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMED_RUNS / 2)] ?? 0
}

const order = JSON.parse(process.argv.at(-1) ?? '') as TrialOrder
const { executionProvider } = order
const report = await (order.kind === 'probe'
  ? probe(executionProvider)
  : compare(order.pack, executionProvider)
).catch((error): TrialReport => ({ problem: ortProblem(error), cpuMs: null, ms: null }))
writeFileSync(order.out, JSON.stringify(report))
process.exit(0)
