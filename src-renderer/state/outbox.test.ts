import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { type JournalEntry, memoryJournal } from './journal.ts'
import { Outbox } from './outbox.ts'
import { createStep } from './steps.ts'
import { FakeCore, rectangle, settle, taskId } from './testing.ts'

function makeOutbox(
  core = new FakeCore(),
  journal = memoryJournal(),
  afterPaint: (run: () => void) => void = (run) => run(),
) {
  const sent: JournalEntry[] = []
  const refused: ErrorBody[] = []
  const network = { down: false, losesAnswers: false, refuses: null as unknown }
  let steps = 0
  const outbox = new Outbox({
    taskId,
    journal,
    send: async (entry) => {
      if (network.down) throw new TypeError('fetch failed')
      sent.push(entry)
      if (network.refuses) throw network.refuses
      const result = core.apply(entry.clientStepId, entry.step)
      if (network.losesAnswers) throw new TypeError('connection reset')
      return result
    },
    afterPaint,
    newStepId: () => `step-${journal.entries.length}-${++steps}`,
    onAcknowledged: () => undefined,
    onRefused: (_entry, problem) => refused.push(problem),
    onJournalFailed: (error) => {
      throw error
    },
    pause: (_attempt, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  })
  return { outbox, core, journal, sent, refused, network }
}

const draw = (id: number) => createStep('draw', [rectangle(id)])

describe('the outbox', () => {
  test('sends steps in order, one after the other, and forgets them', async () => {
    const { outbox, sent, journal } = makeOutbox()
    for (const id of [1, 2, 3]) outbox.push(draw(id))
    expect(outbox.state.getState()).toEqual({ status: 'saving', waiting: 3 })
    await outbox.flush()
    expect(sent.map((entry) => entry.step.operations[0])).toEqual(
      [1, 2, 3].map((id) => ({ kind: 'create', after: rectangle(id) })),
    )
    expect(journal.entries).toEqual([])
    expect(outbox.state.getState()).toEqual({ status: 'saved', waiting: 0 })
  })

  test('bases each step on the revision the one before led to', async () => {
    const { outbox, sent } = makeOutbox()
    outbox.sawRevision(0)
    for (const id of [1, 2, 3]) outbox.push(draw(id))
    await outbox.flush()
    expect(sent.map((entry) => entry.baseRevision)).toEqual([0, 1, 2])
  })

  test('a large step is written down when it is on screen, and those behind it after it', async () => {
    const paintings: (() => void)[] = []
    const { outbox, journal, sent } = makeOutbox(undefined, undefined, (run) => paintings.push(run))
    const ids = Array.from({ length: 600 }, (_, at) => at + 1)
    outbox.push(createStep('draw', ids.map(rectangle)))
    outbox.push(draw(1000))
    await settle()
    expect(journal.entries).toEqual([])
    for (const paint of paintings) paint()
    await settle()
    await outbox.flush()
    expect(sent.map((entry) => entry.step.operations.length)).toEqual([600, 1])
    outbox.push(draw(1001))
    expect(journal.entries).toHaveLength(1)
  })

  test('journals a step before it is sent', async () => {
    const { outbox, journal, network } = makeOutbox()
    network.down = true
    outbox.push(draw(1))
    await settle()
    expect(journal.entries).toHaveLength(1)
    expect(outbox.state.getState()).toEqual({ status: 'offline', waiting: 1 })
  })

  test('keeps edits while the core is away and sends them when it is back', async () => {
    const { outbox, core, network } = makeOutbox()
    network.down = true
    outbox.push(draw(1))
    outbox.push(draw(2))
    await settle()
    expect(outbox.state.getState()).toEqual({ status: 'offline', waiting: 2 })
    network.down = false
    await outbox.flush()
    expect([...core.annotations.keys()]).toEqual([1, 2])
  })

  test('an answer that was lost is asked for again under the same id, and nothing happens twice', async () => {
    const { outbox, core, network } = makeOutbox()
    network.losesAnswers = true
    outbox.push(draw(1))
    await settle()
    network.losesAnswers = false
    await outbox.flush()
    expect(core.arrived).toHaveLength(2)
    expect(new Set(core.arrived).size).toBe(1)
    expect(core.revision).toBe(1)
  })

  test('a reload sends what was left unacknowledged, in the same order', async () => {
    const first = makeOutbox()
    first.network.down = true
    first.outbox.push(draw(1))
    first.outbox.push(draw(2))
    await settle()
    first.outbox.close()
    const second = makeOutbox(first.core, first.journal)
    const recovered = await second.outbox.recover()
    expect(recovered).toHaveLength(2)
    await second.outbox.flush()
    expect([...second.core.annotations.keys()]).toEqual([1, 2])
    expect(second.journal.entries).toEqual([])
  })

  test('a refused step is dropped, told, and does not hold up the next', async () => {
    const { outbox, core, refused, network } = makeOutbox()
    const data = { code: 'REVISION_CONFLICT', message: 'changed elsewhere', remedy: 'again' }
    network.refuses = new ORPCError('REVISION_CONFLICT', { status: 409, data })
    outbox.push(draw(1))
    await outbox.flush()
    network.refuses = null
    outbox.push(draw(2))
    await outbox.flush()
    expect(refused).toEqual([data])
    expect([...core.annotations.keys()]).toEqual([2])
  })

  test('with autosave off steps wait, journalled, until flush', async () => {
    const { outbox, core, journal } = makeOutbox()
    outbox.hold(true)
    outbox.push(draw(1))
    await settle()
    expect([core.revision, journal.entries.length]).toEqual([0, 1])
    expect(outbox.state.getState().status).toBe('held')
    await outbox.flush()
    expect(core.revision).toBe(1)
    outbox.push(draw(2))
    await settle()
    expect(core.revision).toBe(1)
  })
})
