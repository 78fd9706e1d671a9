import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { FrameMarks } from '#shared/operations/frame-marks.ts'
import type { Step } from '#shared/operations/operation.ts'
import type { Bench } from '../bench/bench.ts'

type Verbs = typeof import('./frame-verbs.ts') & typeof import('../bench/player.ts')
let verbs: Verbs
let showDeleted: (shown: boolean) => void

beforeAll(async () => {
  // The typed client takes its address from the page; nothing is called here.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  const settings = await import('#renderer/state/settings.ts')
  showDeleted = (showDeletedFrames) => settings.useSettings.setState({ showDeletedFrames })
  verbs = { ...(await import('./frame-verbs.ts')), ...(await import('../bench/player.ts')) }
})
beforeEach(() => showDeleted(false))

/** A bench of nothing but a document that marks and goes: frames 0 to 9. */
function benchOn(frame: number, deleted: number[] = [], checked: number[] = []) {
  let state = { frame, wanted: frame, marks: FrameMarks.of({ deleted, checked }) }
  const steps: Step[] = []
  const document = {
    range: { start: 0, stop: 9 },
    state: { getState: () => state },
    apply: (step: Step) => {
      steps.push(step)
      state = { ...state, marks: state.marks.apply(step.operations) }
    },
    goTo: async (to: number) => {
      state = { ...state, frame: to, wanted: to }
    },
  }
  const ui = { getState: () => ({ isPlaying: false }), setState: () => undefined }
  return { bench: { document, ui } as unknown as Bench, steps, now: () => state }
}

describe('stepping over deleted frames', () => {
  test.each<[string, number, number[], number, number]>([
    ['the next one that is left', 2, [3, 4], 1, 5],
    ['backwards too', 5, [3, 4], -1, 2],
    ['from a deleted one', 4, [3, 4, 5], 1, 6],
    ['nothing left that way: it stays', 7, [8, 9], 1, 7],
    ['a long step lands behind the gap', 0, [5, 6], 5, 7],
    ['or before it at the end of the job', 4, [8, 9], 5, 7],
  ])('%s', (_name, from, deleted, by, expected) => {
    const { bench, now } = benchOn(from, deleted)
    verbs.step(bench, by)
    expect(now().frame).toBe(expected)
  })

  test('whoever wants to see them sees them', () => {
    showDeleted(true)
    const { bench, now } = benchOn(2, [3])
    verbs.step(bench, 1)
    expect(now().frame).toBe(3)
  })

  test('Home and End go to the outermost ones left', () => {
    const { bench, now } = benchOn(5, [0, 9])
    verbs.goToEnd(bench, 'first')
    expect(now().frame).toBe(1)
    verbs.goToEnd(bench, 'last')
    expect(now().frame).toBe(8)
  })
})

describe('deleting the frame on screen', () => {
  test('goes on to the next, at the end of the job to the one before', () => {
    const { bench, now } = benchOn(8, [9])
    verbs.deleteShownFrame(bench)
    expect(now().marks.isDeleted(8)).toBe(true)
    expect(now().frame).toBe(7)
  })

  test('stays when deleted frames are shown, and when none is left', () => {
    const all = benchOn(0, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    verbs.deleteShownFrame(all.bench)
    expect(all.now().frame).toBe(0)
    showDeleted(true)
    const shown = benchOn(3)
    verbs.deleteShownFrame(shown.bench)
    expect(shown.now().frame).toBe(3)
    verbs.restoreShownFrame(shown.bench)
    expect(shown.now().marks.deletedCount).toBe(0)
  })
})

test('checked and back are two steps; many frames are one', () => {
  const { bench, steps, now } = benchOn(4)
  verbs.toggleShownFrameChecked(bench)
  expect(now().marks.isChecked(4)).toBe(true)
  verbs.toggleShownFrameChecked(bench)
  expect(steps.map((step) => step.title.key)).toEqual(['check-frame', 'uncheck-frame'])
  verbs.markFrames(bench, 'delete-frame', [1, 2, 3])
  expect(steps.at(-1)?.operations).toHaveLength(3)
})
