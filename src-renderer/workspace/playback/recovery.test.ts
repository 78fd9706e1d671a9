import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Picture } from '#renderer/state/frames.ts'
import type { Bench } from '../bench/bench.ts'

const gone: Picture = {
  kind: 'problem',
  problem: { code: 'FRAME_MISSING', message: 'gone', remedy: '' },
}
const there = { kind: 'ready', width: 4, height: 4, exact: true } as unknown as Picture

let followRecovery: typeof import('./recovery.ts').followRecovery

beforeEach(async () => {
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  vi.stubGlobal('requestAnimationFrame', () => 0)
  followRecovery = (await import('./recovery.ts')).followRecovery
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function makeBench(interrupted: 1 | -1 | null) {
  const state = createStore(() => ({ frame: 7, picture: there as Picture }))
  const asked: number[] = []
  const bench = {
    ui: createStore(() => ({ task: { video: {} }, isPlaying: false, playWay: 1, interrupted })),
    document: {
      state,
      range: { start: 0, stop: 9 },
      goTo: async (frame: number) => void asked.push(frame),
    },
    session: { pictures: { forgetProblems: () => undefined } },
  }
  return { bench: bench as unknown as Bench, state, asked, ui: bench.ui }
}

test('asks again for a frame whose file is gone, and plays on when it is back', () => {
  const { bench, state, asked, ui } = makeBench(-1)
  const stop = followRecovery(bench)
  state.setState({ picture: gone })
  vi.advanceTimersByTime(2500)
  expect(asked).toEqual([7])
  // Still gone: a new answer, so asked once more.
  state.setState({ picture: { ...gone } })
  vi.advanceTimersByTime(2500)
  expect(asked).toEqual([7, 7])
  state.setState({ picture: { ...there } as Picture })
  expect(ui.getState()).toMatchObject({ isPlaying: true, playWay: -1, interrupted: null })
  stop()
})

test('does not play on where the person has taken over', () => {
  const { bench, state, ui } = makeBench(null)
  const stop = followRecovery(bench)
  state.setState({ picture: gone })
  state.setState({ picture: { ...there } as Picture })
  expect(ui.getState().isPlaying).toBe(false)
  stop()
})

test('a frame that can never be read is not asked for again and again', () => {
  const { bench, state, asked } = makeBench(1)
  const stop = followRecovery(bench)
  const problem = { code: 'VIDEO_FRAME_UNREADABLE', message: '', remedy: '' }
  state.setState({ picture: { kind: 'problem', problem } })
  vi.advanceTimersByTime(60_000)
  expect(asked).toEqual([])
  stop()
})
