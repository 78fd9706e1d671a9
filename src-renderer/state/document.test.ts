import { describe, expect, test } from 'vitest'
import type { Track } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { trackOf } from '#shared/tracks/edit.ts'
import { withShapeOn } from '#shared/tracks/on-frame.ts'
import { AnnotationDocument, type DocumentNotice } from './document.ts'
import { frameStep } from './frame-steps.ts'
import type { Picture } from './frames.ts'
import { IdPool } from './id-pool.ts'
import { memoryJournal } from './journal.ts'
import { Outbox } from './outbox.ts'
import { createStep, updateStep } from './steps.ts'
import { FakeCore, rectangle, settle, taskId } from './testing.ts'

const picture = (frame: number): Picture => ({
  kind: 'problem',
  problem: { code: `PICTURE_${frame}`, message: '', remedy: '' },
})

function openDocument(
  core = new FakeCore(),
  journal = memoryJournal(),
  afterPaint = (run: () => void): unknown => run(),
) {
  const notices: DocumentNotice[] = []
  const network = { down: false }
  const decoded = new Set<number>()
  const lookedAround: number[] = []
  let steps = 0
  const outbox = new Outbox({
    taskId,
    journal,
    send: async ({ clientStepId, step }) => {
      if (network.down) throw new TypeError('fetch failed')
      return core.apply(clientStepId, step)
    },
    newStepId: () => {
      const id = `${journal.entries.length}-${++steps}`
      document.expect(id)
      return id
    },
    onAcknowledged: (_entry, result) => document.acknowledged(result),
    onRefused: (_entry, problem) => void document.refused(problem),
    onJournalFailed: () => undefined,
    pause: (_attempt, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  })
  const document: AnnotationDocument = new AnnotationDocument({
    taskId,
    range: { start: 0, stop: 9 },
    frame: 0,
    core: {
      frame: async (frame, tracks) => core.frame(frame, tracks),
      tracks: async () => core.tracks(),
      marks: async () => core.marks(),
      undo: async () => core.undo(),
      redo: async () => core.redo(),
    },
    pictures: {
      peek: (frame) => (decoded.has(frame) ? picture(frame) : undefined),
      peekAny: (frame) => (decoded.has(frame) ? picture(frame) : undefined),
      get: async (frame) => {
        decoded.add(frame)
        return picture(frame)
      },
      getQuick: async (frame) => picture(frame),
      lookAround: (frame) => {
        lookedAround.push(frame)
        decoded.add(frame + 1)
      },
    },
    outbox,
    ids: new IdPool(async (count) => ({ first: 100, count })),
    journal,
    onNotice: (notice) => notices.push(notice),
    afterPaint: (run) => void afterPaint(run),
  })
  const ids = () => [...document.state.getState().annotations.keys()]
  return { document, outbox, core, journal, notices, network, ids, lookedAround }
}

describe('the document', () => {
  test('shows a change at once, before the core has it', async () => {
    const { document, core, ids } = openDocument()
    await document.open()
    document.apply(createStep('draw', [rectangle(1)]))
    expect(ids()).toEqual([1])
    expect(core.revision).toBe(0)
    await document.outbox.flush()
    expect(core.revision).toBe(1)
    expect(document.state.getState().revision).toBe(1)
  })

  test('of a long track only what changed is sent and answered, and undo brings the whole back', async () => {
    const { document, core, journal } = openDocument()
    const first = trackOf(rectangle(1))
    const long = Array.from({ length: 50 }, (_, frame) => ({ ...first.keyframes[0], frame }))
    const before = { ...first, keyframes: long } as Track
    core.annotations = new Map([[before.id, before]])
    await document.open()
    const moved = withShapeOn(before, 3, { ...rectangle(1), points: [5, 5, 9, 9] })
    document.apply({
      ...{ title: { key: 'move', count: 1 }, frame: 0 },
      operations: [{ kind: 'update', before, after: moved }],
    })
    const sent = journal.entries.at(-1)?.step.operations[0]
    expect(sent).toMatchObject({ kind: 'track', keyframes: [{ frame: 3 }] })
    await document.outbox.flush()
    expect(core.annotations.get(before.id)).toEqual(moved)
    await document.travel('undo')
    expect(document.state.getState().annotations.get(before.id)).toEqual(before)
    await document.travel('redo')
    expect(document.state.getState().annotations.get(before.id)).toEqual(moved)
  })

  test('a prefetched frame is shown in the same task', async () => {
    const { document } = openDocument()
    await document.open()
    await settle()
    void document.goTo(1)
    expect(document.state.getState().frame).toBe(1)
  })

  test('the old frame stays until the new one is there; a later wish wins', async () => {
    const { document } = openDocument()
    await document.open()
    const slow = document.goTo(5)
    expect(document.state.getState()).toMatchObject({ frame: 0, wanted: 5 })
    await Promise.all([slow, document.goTo(7)])
    expect(document.state.getState()).toMatchObject({ frame: 7, wanted: 7 })
  })

  test('on the way elsewhere nothing is looked at around the frame on screen: that would cancel the picture of there', async () => {
    const painted: (() => void)[] = []
    const paint = () => {
      for (const run of painted.splice(0)) run()
    }
    const { document, lookedAround } = openDocument(new FakeCore(), memoryJournal(), (run) =>
      painted.push(run),
    )
    await document.open()
    const going = document.goTo(7)
    paint()
    expect(lookedAround).toEqual([])
    await going
    expect(document.state.getState().frame).toBe(7)
    paint()
    expect(lookedAround).toEqual([7])
  })

  test('a hand that races through frames sees some of them, and the one it stops on', async () => {
    const { document } = openDocument()
    await document.open()
    const seen: number[] = []
    document.state.subscribe((now, before) => now.frame !== before.frame && seen.push(now.frame))
    for (const frame of [2, 3, 4]) document.scrubTo(frame)
    expect(document.state.getState()).toMatchObject({ frame: 0, wanted: 4 })
    await settle()
    for (const frame of [6, 7, 8]) document.scrubTo(frame)
    await settle()
    expect(seen).toEqual([2, 4, 6, 8])
    expect(document.state.getState()).toMatchObject({ frame: 8, wanted: 8 })
  })

  test('stays inside the job', async () => {
    const { document } = openDocument()
    await document.open()
    await document.goTo(99)
    expect(document.state.getState().frame).toBe(9)
  })

  test('a frame fetched while edits wait is topped up with them', async () => {
    const { document, network, ids } = openDocument()
    await document.open()
    network.down = true
    document.apply(createStep('draw', [rectangle(1)]))
    await document.goTo(4)
    await document.reload()
    await document.goTo(0)
    expect(ids()).toEqual([1])
  })

  test('unsent edits of an earlier page are on screen and reach the core', async () => {
    const first = openDocument()
    await first.document.open()
    first.network.down = true
    first.document.apply(createStep('draw', [rectangle(1)]))
    await settle()
    first.document.close()
    const second = openDocument(first.core, first.journal)
    await second.document.open()
    expect(second.ids()).toEqual([1])
    await second.outbox.flush()
    expect([...second.core.annotations.keys()]).toEqual([1])
  })

  test('undo sends what waits first, then goes to the frame of the step', async () => {
    const { document, core, ids } = openDocument()
    await document.open()
    document.apply(createStep('draw', [rectangle(1, 0)]))
    await document.goTo(3)
    await document.travel('undo')
    expect(document.state.getState().frame).toBe(0)
    expect(ids()).toEqual([])
    await document.travel('redo')
    expect(ids()).toEqual([1])
    expect([...core.annotations.keys()]).toEqual([1])
  })

  test('undo pressed three times quickly takes three steps back', async () => {
    const { document, core, ids } = openDocument()
    await document.open()
    for (const id of [1, 2, 3]) document.apply(createStep('draw', [rectangle(id)]))
    await Promise.all([1, 2, 3].map(() => document.travel('undo')))
    expect(ids()).toEqual([])
    expect(core.annotations.size).toBe(0)
  })

  test('own steps announced by the stream change nothing; others are read again', async () => {
    const { document, core, ids } = openDocument()
    await document.open()
    core.apply('elsewhere', createStep('draw', [rectangle(7)]))
    document.onAnnotationsEvent({ type: 'annotations', taskId, revision: 1, by: 'elsewhere' })
    await settle()
    expect(ids()).toEqual([7])
  })

  test('views are kept for the next time, and are no steps', async () => {
    const { document, journal, core } = openDocument()
    await document.open()
    document.setView([5 as AnnotationId], { locked: true })
    await settle()
    expect(core.revision).toBe(0)
    const again = openDocument(core, journal)
    await again.document.open()
    expect(again.document.viewOf(5 as AnnotationId).locked).toBe(true)
  })

  test('a frame deleted is so at once, and undo restores it', async () => {
    const { document, core } = openDocument()
    await document.open()
    const deleted = (frame: number) => document.state.getState().marks.isDeleted(frame)
    const step = frameStep('delete-frame', [3, 4], document.state.getState().marks)
    if (step) document.apply(step)
    expect([deleted(3), core.frameMarks.isDeleted(3)]).toEqual([true, false])
    await document.travel('undo')
    expect([deleted(3), deleted(4), core.frameMarks.deletedCount]).toEqual([false, false, 0])
    expect(document.state.getState().frame).toBe(3)
    await document.travel('redo')
    expect([deleted(3), deleted(4), core.frameMarks.deletedCount]).toEqual([true, true, 2])
  })

  test('marks of an earlier page that were not sent are there, and those made elsewhere arrive', async () => {
    const first = openDocument()
    await first.document.open()
    first.network.down = true
    const check = frameStep('check-frame', [2], first.document.state.getState().marks)
    if (check) first.document.apply(check)
    await settle()
    first.document.close()
    const second = openDocument(first.core, first.journal)
    second.network.down = true
    await second.document.open()
    await settle()
    expect(second.document.state.getState().marks.isChecked(2)).toBe(true)
    const elsewhere = frameStep('delete-frame', [7], first.core.frameMarks)
    if (elsewhere) first.core.apply('elsewhere', elsewhere)
    second.document.onAnnotationsEvent({
      type: 'annotations',
      taskId,
      revision: first.core.revision,
      by: 'elsewhere',
    })
    await settle()
    const { marks } = second.document.state.getState()
    expect([marks.isDeleted(7), marks.isChecked(2)]).toEqual([true, true])
  })

  test('nothing is drawn on the deleted frame on screen; its neighbours are free', async () => {
    const { document, notices, ids } = openDocument()
    await document.open()
    const step = frameStep('delete-frame', [0], document.state.getState().marks)
    if (step) document.apply(step)
    document.apply(createStep('draw', [rectangle(1)]))
    expect(ids()).toEqual([])
    expect(notices).toEqual([{ kind: 'frame-deleted', problem: null }])
    document.apply(createStep('draw', [rectangle(1, 5)]))
    expect(document.outbox.pendingOperations().at(-1)).toMatchObject({ kind: 'create' })
  })

  test('ids run out with a notice, not with an exception', () => {
    const { document, notices } = openDocument()
    expect(document.takeIds(1)).toBeNull()
    expect(notices).toEqual([{ kind: 'no-ids', problem: null }])
  })
})

test('an update that changes nothing is no step', () => {
  expect(updateStep('occlude', [rectangle(1)], (same) => same)).toBeNull()
})
