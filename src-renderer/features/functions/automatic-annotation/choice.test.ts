import { afterEach, describe, expect, test, vi } from 'vitest'
import type { FunctionId } from '#shared/domain/function.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import {
  annotateInput,
  type Choice,
  choiceSchema,
  firstChoice,
  fitting,
  isWrongWay,
  linkInput,
} from './choice.ts'
import { lastChoice, rememberChoice } from './last-choice.ts'

const taskId = 3 as TaskId
const functionId = 'onnx/a' as FunctionId
const detecting = { taskId, functionId, mapping: { car: { name: 'car' } }, parameters: {} }
const chosen = (change: Partial<Choice>): Choice => ({ ...firstChoice, ...change })

test('tiles and cleaning are asked for only where they mean something', () => {
  const tiles = { isOn: true, size: 320, overlap: 0.1 }
  expect(
    annotateInput(chosen({ tiles, cleanup: true, filter: ' label == "car" ' }), detecting),
  ).toMatchObject({
    tiles: { size: 320, overlap: 0.1, whole: true },
    cleanup: true,
    filter: 'label == "car"',
    frames: null,
  })
  expect(
    annotateInput(
      chosen({ cleanup: true, as: 'predictions', range: { start: 2, stop: 4 } }),
      detecting,
    ),
  ).toMatchObject({ tiles: null, cleanup: false, as: 'predictions', frames: { start: 2, stop: 4 } })
})

test('linking takes its own settings and the frames', () => {
  expect(linkInput(chosen({ jobId: 7 as JobId }), { taskId, functionId, preview: true })).toEqual({
    ...{ taskId, functionId, preview: true, jobId: 7, frames: null },
    ...firstChoice.link,
  })
})

describe('what was chosen once, with the jobs there are now', () => {
  const jobs = [{ id: 7 as JobId, start: 0, stop: 9 }]
  const all = { start: 0, stop: 19 }
  test.each([
    [
      'keeps a range that fits',
      { range: { start: 3, stop: 15 } },
      { range: { start: 3, stop: 15 }, jobId: null },
    ],
    ['keeps a job that is there', { jobId: 7 as JobId }, { jobId: 7, range: null }],
    [
      'forgets a range beyond its job',
      { jobId: 7 as JobId, range: { start: 3, stop: 15 } },
      { jobId: 7, range: null },
    ],
    ['forgets a job that is gone', { jobId: 8 as JobId }, { jobId: null, range: null }],
    ['forgets a range beyond the task', { range: { start: 3, stop: 20 } }, { range: null }],
  ])('%s', (_name, change, expected) => {
    expect(fitting(chosen(change), jobs, all)).toMatchObject(expected)
  })
})

test('a range the wrong way round is told', () => {
  expect(
    [null, { start: 2, stop: 2 }, { start: 3, stop: 2 }].map((range) =>
      isWrongWay(chosen({ range })),
    ),
  ).toEqual([false, false, true])
})

test('what cannot be read is as at first, each field by itself', () => {
  expect(choiceSchema.parse({ as: 'predictions', link: { threshold: 'much' }, tiles: 4 })).toEqual(
    chosen({ as: 'predictions' }),
  )
})

describe('remembered', () => {
  afterEach(() => vi.unstubAllGlobals())
  const storage = () => {
    const values = new Map<string, string>()
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => values.set(key, value),
    })
    return values
  }

  test('by task; another task takes the model, not the frames nor the cleaning', () => {
    storage()
    expect(lastChoice(taskId)).toEqual(firstChoice)
    const choice = chosen({
      functionId,
      as: 'predictions',
      cleanup: true,
      range: { start: 1, stop: 2 },
      filter: 'x',
    })
    rememberChoice(taskId, choice)
    expect(lastChoice(taskId)).toEqual(choice)
    expect(lastChoice(4 as TaskId)).toEqual(chosen({ functionId, as: 'predictions' }))
  })

  test('what is no choice of ours is none', () => {
    const values = storage()
    values.set('fieldmark.automatic-annotation', '{"3": nonsense')
    expect(lastChoice(taskId)).toEqual(firstChoice)
    values.set('fieldmark.automatic-annotation', '[[3]]')
    expect(lastChoice(taskId)).toEqual(firstChoice)
  })
})
