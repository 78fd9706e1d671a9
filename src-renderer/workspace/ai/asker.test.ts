import { beforeEach, describe, expect, test, vi } from 'vitest'
import { InteractSession, type Prompt } from '#renderer/canvas/tools/interact-session.ts'
import { settle } from '#renderer/state/testing.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { type AskedFunction, Asker } from './asker.ts'
import type { Found } from './found.ts'

const found = (name: string): Found => ({
  mask: [0, 1, 5, 5, 5, 5],
  outline: null,
  score: 0.5,
  token: name,
})

const failure = (detail: string) => new AppError('FUNCTION_FAILED', { id: 'SAM', detail })

interface Call {
  readonly prompt: Prompt
  readonly previous: string | null
  readonly signal: AbortSignal
  answer(found: Found | null): void
  fail(error: unknown): void
}

/** A function that answers when it is told to. */
function standIn(more: Partial<AskedFunction> = {}) {
  const calls: Call[] = []
  const asked: AskedFunction = {
    prepare: null,
    canGuess: () => false,
    interact: (prompt, previous, signal) =>
      new Promise((resolve, reject) => {
        calls.push({ prompt, previous, signal, answer: resolve, fail: reject })
      }),
    ...more,
  }
  return { calls, asked }
}

const rules = { minPositive: 0, minNegative: 0, box: 'optional' } as const

function begin(more: Partial<AskedFunction> = {}) {
  const session = new InteractSession({ width: 100, height: 100 }, rules)
  const { calls, asked } = standIn(more)
  const asker = new Asker(session, asked)
  return { session, calls, asker, status: () => asker.status.getState() }
}
const at = (x: number) => ({ x, y: 50 })

beforeEach(() => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
})

describe('asking a function', () => {
  test('every click asks; an answer that was overtaken is aborted and not heard', async () => {
    const { session, calls, status } = begin()
    session.click(at(10), true)
    session.click(at(20), true)
    expect(calls).toHaveLength(2)
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[1]?.answer(found('two'))
    await settle()
    calls[0]?.answer(found('one'))
    await settle()
    expect(status().found?.token).toBe('two')
    expect(status().isAsking).toBe(false)
  })

  test('a further click refines the answer there is; after one was taken away it begins anew', async () => {
    const { session, calls } = begin()
    session.click(at(10), true)
    calls[0]?.answer(found('one'))
    await settle()
    session.click(at(20), true)
    expect(calls[1]?.previous).toBe('one')
    calls[1]?.answer(found('two'))
    await settle()
    session.remove(0)
    expect(calls[2]?.previous).toBeNull()
  })

  test('while it is postponed nothing is asked, and one request is sent on release', () => {
    const { session, calls } = begin()
    session.isHeld = true
    session.click(at(10), true)
    session.click(at(20), true)
    expect(calls).toHaveLength(0)
    session.isHeld = false
    expect(calls.map(({ prompt }) => prompt.clicks.length)).toEqual([2])
  })

  test('undo shows the earlier answer and asks nothing', async () => {
    const { session, calls, status } = begin()
    session.click(at(10), true)
    calls[0]?.answer(found('one'))
    await settle()
    session.click(at(20), true)
    calls[1]?.answer(found('two'))
    await settle()
    session.undo()
    expect(status().found?.token).toBe('one')
    session.redo()
    expect(status().found?.token).toBe('two')
    expect(calls).toHaveLength(2)
  })

  test('set otherwise, it is asked anew, from nothing; the old answer stays in sight, and counts no more', async () => {
    const { session, calls, asker, status } = begin()
    session.click(at(10), true)
    calls[0]?.answer(found('one'))
    await settle()
    asker.askAnew()
    expect(calls).toHaveLength(2)
    expect(calls[1]?.previous).toBeNull()
    expect(status().found?.token).toBe('one')
    expect(asker.answer).toBeUndefined()
    calls[1]?.answer(found('two'))
    await settle()
    expect(status().found?.token).toBe('two')
  })

  test('set otherwise while requests wait, or while nothing is pointed at, it asks nothing', () => {
    const { session, calls, asker } = begin()
    asker.askAnew()
    session.isHeld = true
    session.click(at(10), true)
    asker.askAnew()
    expect(calls).toHaveLength(0)
  })

  test('the answer before stays in sight until the next one is there', async () => {
    const { session, calls, status } = begin()
    session.click(at(10), true)
    calls[0]?.answer(found('one'))
    await settle()
    session.click(at(20), true)
    expect(status()).toMatchObject({ found: { token: 'one' }, isAsking: true })
    session.clear()
    expect(status()).toMatchObject({ found: null, isAsking: false })
  })

  test('a failure is told, survives, and can be tried again', async () => {
    const { session, calls, status } = begin()
    session.click(at(10), true)
    calls[0]?.fail(failure('half a JSON'))
    await settle()
    expect(status().problem?.message).toContain('half a JSON')
    expect(calls).toHaveLength(1)
    session.click(at(20), true)
    expect(status().problem).toBeNull()
    calls[1]?.answer(found('two'))
    await settle()
    expect(status().found?.token).toBe('two')
  })

  test('nothing found is an answer', async () => {
    const { session, calls, status, asker } = begin()
    session.click(at(10), true)
    calls[0]?.answer(null)
    await settle()
    expect(status()).toMatchObject({ found: null, isNothing: true })
    expect(asker.answer).toBeNull()
  })

  test('finishing waits for what is on its way, and asks for what was postponed', async () => {
    const { session, calls, asker } = begin()
    session.isBlocked = true
    session.click(at(10), true)
    const settled = asker.settle()
    expect(calls).toHaveLength(1)
    calls[0]?.answer(found('one'))
    expect((await settled)?.token).toBe('one')
  })

  test('once closed nothing is heard', async () => {
    const { session, calls, asker, status } = begin()
    session.click(at(10), true)
    asker.close()
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[0]?.answer(found('one'))
    await settle()
    expect(status().found).toBeNull()
  })
})

describe('guesses under the pointer', () => {
  const quick = { prepare: async () => undefined, canGuess: () => true }

  test('are made when the picture is prepared, one at a time, and a click on one needs no request', async () => {
    const { session, calls, status, asker } = begin(quick)
    session.pointer = at(10)
    expect(calls).toHaveLength(0)
    await settle()
    expect(calls).toHaveLength(1)
    session.pointer = at(30)
    expect(calls).toHaveLength(1)
    calls[0]?.answer(found('ghost'))
    await settle()
    expect(status().guess?.token).toBe('ghost')
    session.click(at(10), true)
    expect(asker.answer?.token).toBe('ghost')
    expect(status().guess).toBeNull()
    expect(calls).toHaveLength(1)
  })

  test('a click elsewhere asks, and the guess under way is dropped', async () => {
    const { session, calls, status } = begin(quick)
    await settle()
    session.pointer = at(10)
    session.click(at(40), true)
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[0]?.answer(found('ghost'))
    calls[1]?.answer(found('real'))
    await settle()
    expect(status()).toMatchObject({ guess: null, found: { token: 'real' } })
  })

  test('are of no use any more when another part of the picture is looked at', async () => {
    let canGuess = true
    const { session, calls, status } = begin({ ...quick, canGuess: () => canGuess })
    await settle()
    session.pointer = at(10)
    calls[0]?.answer(found('ghost'))
    await settle()
    canGuess = false
    session.click(at(10), true)
    expect(calls).toHaveLength(2)
    calls[1]?.answer(found('real'))
    await settle()
    expect(status().found?.token).toBe('real')
  })

  test('go away with the pointer', async () => {
    const { session, calls, status } = begin(quick)
    await settle()
    session.pointer = at(10)
    calls[0]?.answer(found('ghost'))
    await settle()
    session.pointer = null
    expect(status().guess).toBeNull()
  })

  test('a failure is not told, and ends them', async () => {
    const { session, calls, status } = begin(quick)
    await settle()
    session.pointer = at(10)
    calls[0]?.fail(new Error('no'))
    await new Promise((resolve) => setTimeout(resolve, 60))
    session.pointer = at(20)
    expect(calls).toHaveLength(1)
    expect(status().problem).toBeNull()
  })

  test('a picture that cannot be prepared is told with its remedy', async () => {
    const prepare = () => Promise.reject(failure('4 GB'))
    const { status } = begin({ ...quick, prepare })
    await settle()
    expect(status()).toMatchObject({ isPreparing: false })
    expect(status().problem?.message).toContain('4 GB')
  })
})
