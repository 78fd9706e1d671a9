import { expect, test, vi } from 'vitest'
import {
  type FunctionInfo,
  functionIdSchema,
  type InteractorPrompts,
} from '#shared/domain/function.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { FrameFunctions } from '../../ports.ts'
import { createInteract } from './interact.ts'

const functionId = functionIdSchema.parse('onnx/one')

function asking(prompts: InteractorPrompts) {
  const interact = vi.fn<FrameFunctions['interact']>(async () => ({
    ...{ mask: [0, 1, 2, 2, 2, 2], outline: null, score: 0.9, token: 'next' },
  }))
  const get = async () => ({ id: functionId, prompts }) as FunctionInfo
  const ask = createInteract({ functions: { get, interact } as unknown as FrameFunctions })
  return { ask, interact }
}

const sam: InteractorPrompts = { minPositive: 1, minNegative: 0, box: 'optional', preparable: true }
const at = { functionId, taskId: 1 as TaskId, frame: 0 as FrameIndex }
const nothing = {
  ...{ positive: [], negative: [], box: null, region: null, previous: null, parameters: {} },
}
type Point = [number, number]
const points = (count: number) => Array.from({ length: count }, (): Point => [1, 2])
const box: [number, number, number, number] = [0, 0, 4, 4]

test('answers with a mask, and how long it took', async () => {
  const { ask, interact } = asking(sam)
  const prompt = { ...nothing, positive: points(1), previous: 'before' }
  expect(await ask({ ...at, ...prompt })).toEqual({
    ...{ mask: [0, 1, 2, 2, 2, 2], outline: null, score: 0.9, token: 'next' },
    tookMs: expect.any(Number),
  })
  const { functionId: id, ...frame } = at
  expect(interact).toHaveBeenCalledWith(frame, id, prompt, { lane: 'now' })
})

test.each<[string, Partial<InteractorPrompts>, Partial<typeof nothing>, string | null]>([
  ['a box in place of points', {}, { box } as object, null],
  ['nothing at all', { minPositive: 0 }, {}, 'at least a box, or a point'],
  [
    'too few points',
    { minPositive: 4 },
    { positive: points(3) } as object,
    'needs 4 points inside',
  ],
  ['no box', { box: 'required' }, { positive: points(1) } as object, 'needs a box'],
  ['a box alone', { box: 'required' }, { box } as object, 'needs 1 points inside'],
  ['a box nobody takes', { box: 'none' }, { box } as object, 'takes no box'],
  [
    'points outside that nobody takes',
    { minNegative: null },
    { positive: points(1), negative: points(1) } as object,
    'takes no points outside',
  ],
  [
    'no point outside',
    { minNegative: 1 },
    { positive: points(1) } as object,
    'needs 1 points outside',
  ],
])('%s', async (_what, prompts, given, problem) => {
  const { ask, interact } = asking({ ...sam, ...prompts })
  const answer = Promise.resolve(ask({ ...at, ...nothing, ...given }))
  if (problem === null) await answer
  else await expect(answer).rejects.toThrow(problem)
  expect(interact).toHaveBeenCalledTimes(problem === null ? 1 : 0)
})
