/// <reference lib="esnext.float16" />
import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { AppError } from '#shared/errors/app-error.ts'
import type { ModelFacts, Tensor, ValueFacts } from '../../family.ts'
import { fromFloat16, toFloat16 } from '../float16.ts'
import { ortProblem } from './ort-problem.ts'

// What it would print is in the errors it throws, and the rest is for those who build it.
env.logLevel = 'fatal'

export interface SessionOrder {
  /** Of the model, for errors. */
  readonly id: string
  readonly path: string
  readonly facts: ModelFacts
  readonly executionProvider: string
  readonly threads: number
}

/** One net, loaded. Runs hold the thread: ONNX Runtime for Node has no other way. */
export interface Session {
  /** @throws MODEL_FAILED, MODEL_OUTPUT_INVALID */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
  release(): Promise<void>
}

/** @throws MODEL_FAILED with what ONNX Runtime says */
export async function openSession(order: SessionOrder): Promise<Session> {
  const { id, facts } = order
  const session = await InferenceSession.create(order.path, optionsOf(order)).catch((cause) => {
    throw new AppError('MODEL_FAILED', { id, detail: ortProblem(cause) }, { cause })
  })
  const wanted = new Map(facts.inputs.map((input) => [input.name, input]))
  // What is a text, a map or a list is nothing a family reads, and some of it cannot even be fetched.
  const fetched = facts.outputs.filter(({ type }) => isTensor(type)).map(({ name }) => name)
  if (fetched.length === 0) throw strange(id, 'what it gives', 'text, not of numbers')
  return {
    async run(feeds) {
      const given = Object.entries(feeds).map(([name, tensor]) => [
        name,
        toOrt(tensor, wanted.get(name)),
      ])
      const found = await session.run(Object.fromEntries(given), fetched).catch((cause) => {
        throw new AppError('MODEL_FAILED', { id, detail: ortProblem(cause) }, { cause })
      })
      const read = Object.entries(found).map(([name, value]) => [name, fromOrt(id, name, value)])
      return Object.fromEntries(read)
    },
    release: () => session.release(),
  }
}

function optionsOf({ executionProvider, threads }: SessionOrder): InferenceSession.SessionOptions {
  return {
    // What the accelerator cannot do, the processor does.
    executionProviders: executionProvider === 'cpu' ? ['cpu'] : [executionProvider, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    // Threads that wait by spinning cost a third more processor time at the same speed, which decoding pictures wants.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
}

const isTensor = (type: string) => !['string', 'sequence', 'map', 'unknown'].includes(type)

function toOrt({ type, data, dims }: Tensor, wanted: ValueFacts | undefined): OrtTensor {
  if (wanted?.type === 'float16' && type === 'float32') {
    const bits = toFloat16(data as Float32Array)
    // Its JavaScript half makes a Float16Array of it, which its native half does not know yet: it reads this property.
    return Object.assign(new OrtTensor('float16', bits, dims), { cpuData: bits })
  }
  // Pixels are shared between threads, and ONNX Runtime takes no shared memory.
  const own = data.buffer instanceof SharedArrayBuffer ? data.slice() : data
  return new OrtTensor(type, own as Float32Array, dims)
}

/** A hundred masks of a picture of 2500 x 2000 pixels. To copy or compare more would take what memory is left. */
const MOST_NUMBERS = 2 ** 29

/** @throws MODEL_OUTPUT_INVALID for an output that nobody could look through */
export function refuseEndless(id: string, name: string, dims: readonly number[]): void {
  if (dims.reduce((product, size) => product * size, 1) <= MOST_NUMBERS) return
  const problem = `${name} [${dims.join(', ')}] has more numbers than can be looked through`
  throw new AppError('MODEL_OUTPUT_INVALID', { id, problem })
}

/** Half precision becomes float32, and whole numbers of other widths the next that a family knows. */
function fromOrt(id: string, name: string, value: InferenceSession.ReturnType[string]): Tensor {
  if (!(value instanceof OrtTensor) || value.location !== 'cpu')
    throw strange(id, name, 'no tensor')
  const { type, dims } = value
  refuseEndless(id, name, dims)
  const { data } = value
  switch (type) {
    case 'float32':
    case 'float64':
    case 'uint8':
    case 'int32':
    case 'int64':
    case 'bool':
      return { type, dims, data: data as Float32Array }
    case 'float16':
      return { type: 'float32', dims, data: fromFloat16(data as Uint16Array) }
    case 'int8':
    case 'int16':
    case 'uint16':
      return { type: 'int32', dims, data: Int32Array.from(data as Int16Array) }
    case 'uint32':
      return { type: 'int64', dims, data: BigInt64Array.from(data as Uint32Array, BigInt) }
    case 'uint64':
      return { type: 'int64', dims, data: BigInt64Array.from(data as BigUint64Array) }
    default:
      throw strange(id, name, type)
  }
}

const strange = (id: string, name: string, type: string) =>
  new AppError('MODEL_OUTPUT_INVALID', { id, problem: `${name} is of type ${type}` })
