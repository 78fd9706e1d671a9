import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ChangeResult } from '#shared/contract/index.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import type { Operation, Step } from '#shared/operations/operation.ts'
import { packedStep } from '#shared/operations/track-edit.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { isUnreachable, problemOf } from './problems.ts'

/** What the save indicator shows. */
export interface OutboxState {
  /** `held`: autosave is off and edits wait for Ctrl+S. `offline`: the core does not answer; they are kept and resent. */
  readonly status: 'saved' | 'saving' | 'held' | 'offline'
  readonly waiting: number
}

export interface OutboxDeps {
  readonly taskId: TaskId
  readonly journal: Journal
  send(entry: JournalEntry): Promise<ChangeResult>
  newStepId(): string
  onAcknowledged(entry: JournalEntry, result: ChangeResult): void
  /** The core judged it and said no. The entry is gone; the caller reloads and tells the person. */
  onRefused(entry: JournalEntry, problem: ErrorBody): void
  /** The page cannot journal (storage full or blocked). The step is sent all the same. */
  onJournalFailed(error: unknown): void
  /** Runs its argument when what this turn changed is on screen; left out: at once. */
  afterPaint?(run: () => void): void
  /** Waits before trying an unreachable core again; `nudge` cuts it short. */
  pause(attempt: number, signal: AbortSignal): Promise<void>
}

/** Writing down a step of more operations than this would keep its own picture waiting (100 ms for 10,000 polygons). */
const LARGE = 500

interface Waiting {
  entry: JournalEntry
  /** Of the step as it was made; of one that an earlier page left, those that are not edits of long tracks. */
  readonly operations: readonly Operation[]
  /** Resolves when the journal has it. */
  journalled: Promise<void>
}

/**
 * Carries steps to the core: each is journalled, then sent, in order, one at a time, and forgotten when acknowledged.
 * A crash of either side in between means it is sent again under the same clientStepId, which the core answers as before.
 */
export class Outbox {
  readonly state: StoreApi<OutboxState> = createStore(() => ({ status: 'saved', waiting: 0 }))
  readonly #deps: OutboxDeps
  readonly #queue: Waiting[] = []
  #baseRevision = 0
  #pump: Promise<void> | null = null
  #held = false
  #wake = new AbortController()
  #closed = false
  /** Journal writes put off until after a painting; those behind them wait, since their order is what is sent. */
  #putOff: Promise<void> | null = null

  constructor(deps: OutboxDeps) {
    this.#deps = deps
  }

  /** Take up what an earlier page left unsent. Resolves to those steps, oldest first. */
  async recover(): Promise<JournalEntry[]> {
    const entries = await this.#deps.journal.pending(this.#deps.taskId)
    const waiting = entries.map((entry): Waiting => {
      const operations = entry.step.operations.filter((one) => one.kind !== 'track')
      return { entry, operations, journalled: Promise.resolve() }
    })
    this.#queue.unshift(...waiting)
    this.#report(this.#held ? 'held' : 'saving')
    this.#start()
    return entries
  }

  /** The core is known to be at least at this revision. */
  sawRevision(revision: number): void {
    this.#baseRevision = Math.max(this.#baseRevision, revision)
  }

  /** Queue a step. Returns at once; the journal write has begun, or begins when a large step is on screen. */
  push(step: Step): void {
    const draft = {
      taskId: this.#deps.taskId,
      clientStepId: this.#deps.newStepId(),
      baseRevision: this.#baseRevision,
      step: packedStep(step),
    }
    const { operations } = step
    const entry = { ...draft, seq: -1 }
    const waiting: Waiting = { entry, operations, journalled: Promise.resolve() }
    waiting.journalled = this.#write(draft).then(
      (seq) => {
        waiting.entry = { ...waiting.entry, seq }
      },
      (error: unknown) => this.#deps.onJournalFailed(error),
    )
    this.#queue.push(waiting)
    this.#report(this.#held ? 'held' : 'saving')
    this.#start()
  }

  #write(draft: Omit<JournalEntry, 'seq'>): Promise<number> {
    const { journal, afterPaint } = this.#deps
    const isLarge = draft.step.operations.length > LARGE
    if (!this.#putOff && !(isLarge && afterPaint)) return journal.add(draft)
    const painted = () =>
      isLarge && afterPaint ? new Promise<void>((resolve) => afterPaint(resolve)) : undefined
    const written = (this.#putOff ?? Promise.resolve()).then(painted).then(() => journal.add(draft))
    const putOff = written.then(
      () => undefined,
      () => undefined,
    )
    this.#putOff = putOff
    void putOff.then(() => {
      if (this.#putOff === putOff) this.#putOff = null
    })
    return written
  }

  /** Operations not acknowledged yet, in order: what a freshly fetched frame has to be topped up with. */
  pendingOperations(): Operation[] {
    return this.#queue.flatMap(({ operations }) => operations)
  }

  /** Autosave off: keep journalled steps here until `flush`. */
  hold(held: boolean): void {
    this.#held = held
    this.#report(held ? 'held' : 'saving')
    this.#start()
  }

  /** Send everything now. Resolves when the queue is empty; rejects when closed or still unreachable after `attempts`. */
  async flush(): Promise<void> {
    const held = this.#held
    this.#held = false
    this.nudge()
    this.#start()
    await this.#pump
    this.#held = held
  }

  /** Try again at once: the core may be back. */
  nudge(): void {
    this.#wake.abort()
    this.#wake = new AbortController()
  }

  /** Stop sending. What is left stays in the journal. */
  close(): void {
    this.#closed = true
    this.nudge()
  }

  #start(): void {
    if (this.#pump || this.#held || this.#closed) return
    this.#pump = this.#run().finally(() => {
      this.#pump = null
      this.#report(this.#held ? 'held' : 'saving')
      if (this.#queue.length > 0) this.#start()
    })
  }

  async #run(): Promise<void> {
    let attempt = 0
    while (!this.#closed && !this.#held) {
      const head = this.#queue[0]
      if (!head) return
      await head.journalled
      attempt = (await this.#deliver(head, attempt)) ? 0 : attempt + 1
    }
  }

  /** One try. True when the entry is done with, one way or the other. */
  async #deliver(head: Waiting, attempt: number): Promise<boolean> {
    const baseRevision = Math.max(head.entry.baseRevision, this.#baseRevision)
    try {
      const result = await this.#deps.send({ ...head.entry, baseRevision })
      await this.#settle(head, () => this.#deps.journal.acknowledge(head.entry, result.revision))
      this.sawRevision(result.revision)
      this.#deps.onAcknowledged(head.entry, result)
      return true
    } catch (error) {
      if (isUnreachable(error)) {
        this.#report('offline')
        await this.#deps.pause(attempt, this.#wake.signal)
        return false
      }
      await this.#settle(head, () => this.#deps.journal.remove(head.entry))
      this.#deps.onRefused(head.entry, problemOf(error))
      return true
    }
  }

  async #settle(head: Waiting, forget: () => Promise<void>): Promise<void> {
    try {
      if (head.entry.seq >= 0) await forget()
    } catch (error) {
      // The core has it; a journal that cannot forget only means one harmless repeat later.
      this.#deps.onJournalFailed(error)
    }
    const at = this.#queue.indexOf(head)
    if (at >= 0) this.#queue.splice(at, 1)
    this.#report('saving')
  }

  #report(status: OutboxState['status']): void {
    const waiting = this.#queue.length
    const next: OutboxState = { status: waiting === 0 ? 'saved' : status, waiting }
    const now = this.state.getState()
    if (now.status === next.status && now.waiting === next.waiting) return
    this.state.setState(next)
  }
}

/** Growing pause between tries: 0.3 s, doubling to 5 s, cut short by the signal. */
export function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(300 * 2 ** attempt, 5_000))
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
