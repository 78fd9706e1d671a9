import { expect, test, vi } from 'vitest'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { FrameFunctions } from '../../ports.ts'
import { createPrepare } from './prepare.ts'

const functionId: FunctionId = functionIdSchema.parse('onnx/sam')
const input = (taskId: number, ...frames: number[]) => ({
  ...{ functionId, taskId: taskId as TaskId, frames: frames as FrameIndex[] },
})

/** Answers when it is let go on. */
function setting() {
  const open: (() => void)[] = []
  const made: string[] = []
  const prepare = vi.fn<FrameFunctions['prepare']>(async ({ taskId, frame }, _id, { lane }) => {
    if (frame === 99) throw new Error('cannot be read')
    made.push(`${taskId}:${frame}:${lane}`)
    await new Promise<void>((resolve) => open.push(resolve))
  })
  const goOn = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      open.shift()?.()
      await Promise.resolve()
    }
  }
  const ask = createPrepare({ functions: { prepare } as unknown as FrameFunctions })
  return { ask, made, goOn }
}

test('the first is waited for, the rest are made behind it in the other lane', async () => {
  const { ask, made, goOn } = setting()
  const answer = ask(input(1, 5, 6, 99, 7))
  expect(made).toEqual(['1:5:now'])
  await goOn()
  expect(await answer).toEqual({ tookMs: expect.any(Number) })
  await goOn()
  expect(made).toEqual(['1:5:now', '1:6:batch', '1:7:batch'])
})

test('who goes on to another frame is not held up by what was wanted before', async () => {
  const { ask, made, goOn } = setting()
  const first = ask(input(1, 5, 6, 7, 8))
  await vi.waitFor(async () => {
    await goOn()
    expect(made).toContain('1:6:batch')
  })
  made.length = 0
  const second = ask(input(1, 20, 21))
  for (let turn = 0; turn < 5; turn += 1) await goOn()
  await Promise.all([first, second])
  expect(made.filter((one) => !one.startsWith('1:2'))).toEqual([])
})

test('a first frame that cannot be prepared is told, and other tasks go on', async () => {
  const { ask, made, goOn } = setting()
  const other = ask(input(2, 1, 2))
  await expect(ask(input(1, 99, 6))).rejects.toThrow('cannot be read')
  await goOn()
  await other
  await goOn()
  expect(made).toEqual(['2:1:now', '2:2:batch'])
})
