import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FrameRange } from '#renderer/state/frames.ts'
import { problemOf } from '#renderer/state/problems.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Difference } from '#shared/domain/prediction.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { type DifferenceKind, differenceKinds, keyOf, shownOf, withFrame } from './differences.ts'

export interface QueueState {
  /** In the order of their frames, as far as they are loaded. */
  readonly entries: readonly Difference[]
  /** Where the rest begins; null: that is all of them. */
  readonly next: FrameIndex | null
  readonly isLoading: boolean
  /** Whether anybody asked for them yet. */
  readonly isBegun: boolean
  readonly problem: ErrorBody | null
  readonly kinds: ReadonlySet<DifferenceKind>
  /** Pairs overlap at least so much. */
  readonly iou: number
  /** Predictions below it count for nothing. */
  readonly minScore: number
  readonly current: string | null
  /** Said to be right as they are: not told again until they are asked for anew. */
  readonly kept: ReadonlySet<string>
}

export interface QueueCore {
  differences(input: {
    iou: number
    minScore: number
    from: FrameIndex
    limit: number
  }): Promise<{ differences: readonly Difference[]; next: FrameIndex | null }>
}

const PAGE = 500

/** Where predictions and annotations disagree, to be walked through one by one. Frames that change are asked about anew. */
export class DifferenceQueue {
  readonly state: StoreApi<QueueState>
  readonly #core: QueueCore
  readonly #range: FrameRange
  #turn = 0

  constructor(core: QueueCore, range: FrameRange) {
    this.#core = core
    this.#range = range
    this.state = createStore<QueueState>(() => ({
      ...{ entries: [], next: range.start, isLoading: false, isBegun: false, problem: null },
      ...{ kinds: new Set(differenceKinds), iou: 0.5, minScore: 0, current: null },
      kept: new Set(),
    }))
  }

  /** The first page, with other conditions or the same ones. */
  async begin(how: Partial<Pick<QueueState, 'iou' | 'minScore'>> = {}): Promise<void> {
    this.#turn += 1
    this.state.setState({
      ...how,
      ...{ entries: [], next: this.#range.start, isBegun: true, isLoading: false, kept: new Set() },
    })
    await this.more()
  }

  /** The layer is another one on many frames: the same question from the beginning, with the hand where it was. */
  async reload(): Promise<void> {
    if (!this.state.getState().isBegun) return
    this.#turn += 1
    this.state.setState({ entries: [], next: this.#range.start, isLoading: false })
    await this.more()
  }

  /** The next page, where there is one and it is not on its way. */
  async more(): Promise<void> {
    const { next, isLoading, entries } = this.state.getState()
    if (next === null || isLoading) return
    const turn = this.#turn
    this.state.setState({ isLoading: true, problem: null })
    try {
      const page = await this.#ask(next, PAGE)
      if (turn !== this.#turn) return
      this.state.setState({ entries: [...entries, ...page.entries], next: page.next })
    } catch (error) {
      if (turn === this.#turn) this.state.setState({ problem: problemOf(error) })
    } finally {
      if (turn === this.#turn) this.state.setState({ isLoading: false })
    }
  }

  /** Something changed on a frame: its entries are asked for anew; the others stay as they are. */
  async refresh(frame: FrameIndex): Promise<void> {
    const { isBegun, isLoading, next } = this.state.getState()
    if (!isBegun) return
    // A page that is on its way may be older than the change.
    if (isLoading) return this.reload()
    if (next !== null && frame >= next) return
    const turn = this.#turn
    try {
      const { entries } = await this.#ask(frame, 1)
      if (turn !== this.#turn) return
      const before = this.state.getState()
      const fresh = entries.filter((one) => one.frame === frame)
      const after = withFrame(before.entries, frame, fresh)
      this.state.setState({
        entries: after,
        current: follow(before, { ...before, entries: after }),
      })
    } catch (error) {
      if (turn === this.#turn) this.state.setState({ problem: problemOf(error) })
    }
  }

  /** It is right as it is. */
  keep(key: string): void {
    const before = this.state.getState()
    const after = { ...before, kept: new Set([...before.kept, key]) }
    this.state.setState({ kept: after.kept, current: follow(before, after) })
  }

  setKinds(kinds: ReadonlySet<DifferenceKind>): void {
    const before = this.state.getState()
    this.state.setState({ kinds, current: follow(before, { ...before, kinds }) })
  }

  choose(current: string | null): void {
    this.state.setState({ current })
  }

  async #ask(from: FrameIndex, limit: number) {
    const { iou, minScore } = this.state.getState()
    const page = await this.#core.differences({ iou, minScore, from, limit })
    const entries = page.differences.filter(({ frame }) => frame <= this.#range.stop)
    const isEnd = page.next === null || page.next > this.#range.stop
    return { entries, next: isEnd ? null : page.next }
  }
}

/** Who was at an entry that is gone is at the one that came after it, or at the last one. */
function follow(before: QueueState, after: QueueState): string | null {
  const { current } = before
  if (current === null) return null
  const left = new Set(shownOf(after).map(keyOf))
  if (left.has(current)) return current
  const rows = shownOf(before)
  const at = rows.findIndex((one) => keyOf(one) === current)
  const isLeft = (one: Difference) => left.has(keyOf(one))
  const next = rows.slice(at + 1).find(isLeft) ?? rows.slice(0, Math.max(0, at)).findLast(isLeft)
  return next ? keyOf(next) : null
}
