import { expect, test } from 'vitest'
import { ScissorsSession } from '#renderer/canvas/tools/scissors-session.ts'
import { AppError, type ErrorBody } from '#shared/errors/app-error.ts'
import { type FindWay, WayFinder } from './way-finder.ts'

type Question = Parameters<FindWay>[0]

function begin() {
  const session = new ScissorsSession({ width: 200, height: 200 }, 1)
  const asked: { question: Question; answer(way: number[]): void; fail(error: unknown): void }[] =
    []
  const problems: (ErrorBody | null)[] = []
  const ways = new WayFinder(
    session,
    (question) =>
      new Promise((resolve, reject) => {
        asked.push({ question, answer: resolve, fail: reject })
      }),
    (problem) => problems.push(problem),
  )
  return { session, asked, ways, problems }
}
/** Longer than the finder rests between two questions. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 40))

test('one question at a time, the newest place of the pointer', async () => {
  const { session, asked } = begin()
  session.add({ x: 10, y: 10 })
  session.pointAt({ x: 20, y: 10 }, 1)
  session.pointAt({ x: 30, y: 10 }, 1)
  session.pointAt({ x: 40, y: 10 }, 1)
  expect(asked.map(({ question }) => question.to.x)).toEqual([20])
  asked[0]?.answer([10, 10, 15, 5, 20, 10])
  await rest()
  expect(session.live).toEqual([10, 10, 15, 5, 20, 10])
  expect(asked.map(({ question }) => question.to.x)).toEqual([20, 40])
})

test('an anchor that is clicked before its way is known comes first, and can be waited for', async () => {
  const { session, asked, ways } = begin()
  session.add({ x: 10, y: 10 })
  session.add({ x: 50, y: 10 })
  session.pointAt({ x: 80, y: 10 }, 1)
  const settled = ways.settled()
  expect(asked[0]?.question.to).toEqual({ x: 50, y: 10 })
  asked[0]?.answer([10, 10, 30, 0, 50, 10])
  await settled
  expect(session.outline).toEqual([10, 10, 30, 0, 50, 10])
})

test('an answer after the anchor was taken back is dropped', async () => {
  const { session, asked } = begin()
  session.add({ x: 10, y: 10 })
  session.pointAt({ x: 50, y: 10 }, 1)
  session.undo()
  asked[0]?.answer([10, 10, 50, 10])
  await rest()
  expect(session.live).toBeNull()
})

test.each([
  ['an odd number', [1, 2, 3]],
  ['numbers that are none', [1, 2, Number.NaN, 4]],
  ['nothing', []],
])('a way of %s is a straight line', async (_what, way) => {
  const { session, asked, ways } = begin()
  session.add({ x: 10, y: 10 })
  session.add({ x: 50, y: 10 })
  asked[0]?.answer(way)
  await ways.settled()
  expect(session.outline).toEqual([10, 10, 50, 10])
})

test('a failure is told and the line stays straight; with the next answer it is forgotten', async () => {
  const { session, asked, problems } = begin()
  session.add({ x: 10, y: 10 })
  session.add({ x: 50, y: 10 })
  asked[0]?.fail(new AppError('FUNCTION_FAILED', { id: 'scissors', detail: 'gone' }))
  await rest()
  expect(problems.at(-1)?.message).toContain('gone')
  expect(session.isOpen).toBe(false)
  session.pointAt({ x: 60, y: 10 }, 1)
  asked[1]?.answer([50, 10, 60, 10])
  await rest()
  expect(problems.at(-1)).toBeNull()
})

test('with Ctrl held, or too far away, nothing is asked', () => {
  const { session, asked } = begin()
  session.add({ x: 10, y: 10 })
  session.isHeld = true
  session.pointAt({ x: 20, y: 10 }, 1)
  expect(asked).toEqual([])
  session.isHeld = false
  expect(asked).toHaveLength(1)
  session.pointAt({ x: 199, y: 199 }, 0.1)
  expect(asked).toHaveLength(1)
})
