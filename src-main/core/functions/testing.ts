/** A core with pictures and a detector that does what a test tells it. */
import { setTimeout } from 'node:timers/promises'
import { type Detection, detection } from '#shared/domain/detection.ts'
import type { FunctionId, FunctionInfo } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { functionLabel } from '#shared/functions/testing.ts'
import type { FunctionCall, FunctionPicture, FunctionProvider, ReidQuestion } from '../ports.ts'

export const FAKE_DETECTOR = 'onnx/fake' as FunctionId
export const FAKE_REID = 'onnx/fake-reid' as FunctionId

/** What the fake answers, and what it saw. */
export interface FakeFunctions {
  readonly provider: FunctionProvider
  /** How often a picture was looked at. */
  calls: number
  /** The most pictures looked at at once. */
  busiest: number
  /** @param call  counted from 0 */
  detect: (picture: FunctionPicture, call: number, options: FunctionCall) => Promise<Detection[]>
  match: (question: ReidQuestion) => Promise<number[]>
}

/** A box in every picture. */
export const BOX = detection({
  ...{ label: 'car', type: 'rectangle', points: [5, 5, 20, 15], score: 0.75 },
})

export function fakeFunctions(labels = [functionLabel('car')]): FakeFunctions {
  let busy = 0
  const unused = () => {
    throw new AppError('FUNCTION_FAILED', { id: 'fake', detail: 'nobody uses this' })
  }
  const fake: FakeFunctions = {
    calls: 0,
    busiest: 0,
    detect: () => Promise.resolve([BOX]),
    match: ({ boxes0 }) => Promise.resolve(boxes0.map((_, at) => at)),
    provider: {
      provider: 'onnx',
      list: () =>
        Promise.resolve([info(FAKE_DETECTOR, 'detector', labels), info(FAKE_REID, 'reid')]),
      async detect(_id, picture, options) {
        const call = fake.calls++
        busy += 1
        fake.busiest = Math.max(fake.busiest, busy)
        try {
          options.signal?.throwIfAborted()
          return await fake.detect(picture, call, options)
        } finally {
          busy -= 1
        }
      },
      match: (_id, question) => fake.match(question),
      prepare: unused,
      interact: unused,
      begin: unused,
      update: unused,
      close: () => Promise.resolve(),
    },
  }
  return fake
}

function info(
  id: FunctionId,
  kind: FunctionInfo['kind'],
  labels: FunctionInfo['labels'] = [],
): FunctionInfo {
  return {
    ...{ id, kind, provider: 'onnx', name: id.slice(5), framework: '', description: '', labels },
    ...{ prompts: null, shapeTypes: [], help: '', state: 'ready', problem: null, device: 'CPU' },
    ...{ speedMs: null, remote: false },
    parameters: [
      {
        name: 'threshold',
        type: 'number',
        min: 0,
        max: 1,
        step: 0.01,
        defaultValue: 0.5,
        help: '',
      },
    ],
  }
}

/** Waits until it is cancelled, as a function that hangs. */
export async function hang({ signal }: FunctionCall): Promise<never> {
  for (;;) {
    await setTimeout(5)
    signal?.throwIfAborted()
  }
}
