import type { ImagePoint } from '#renderer/canvas/geometry/space.ts'
import type { Anchor, ScissorsSession } from '#renderer/canvas/tools/scissors-session.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { aiProblem } from '../ai/ai-problem.ts'

/** `functions.scissors` for one frame. */
export type FindWay = (
  question: { from: ImagePoint; to: ImagePoint; reach: number },
  signal: AbortSignal,
) => Promise<readonly number[]>

/** Between two questions for the way to the pointer. */
const ASK_EVERY_MS = 25

/**
 * Finds the ways of a session: first those of anchors that are open, then the one to the pointer. One request at a time;
 * what it comes to late for is dropped.
 */
export class WayFinder {
  readonly #session: ScissorsSession
  readonly #find: FindWay
  readonly #onProblem: (problem: ErrorBody | null) => void
  readonly #closed = new AbortController()
  readonly #stop: () => void
  #isAsking = false
  #asked: { anchor: Anchor; to: ImagePoint } | null = null
  #waiting: (() => void)[] = []

  constructor(
    session: ScissorsSession,
    find: FindWay,
    onProblem: (problem: ErrorBody | null) => void,
  ) {
    this.#session = session
    this.#find = find
    this.#onProblem = onProblem
    this.#stop = session.subscribe(() => this.#follow())
  }

  close(): void {
    this.#stop()
    this.#closed.abort()
  }

  /** Resolves when no anchor is open any more. */
  settled(): Promise<void> {
    if (!this.#session.isOpen) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #follow(): void {
    if (!this.#session.isOpen) for (const resolve of this.#waiting.splice(0)) resolve()
    if (this.#isAsking || this.#closed.signal.aborted) return
    const question = this.#openQuestion() ?? this.#liveQuestion()
    if (question) void this.#ask(question)
  }

  #openQuestion() {
    const { anchors } = this.#session
    const at = anchors.findIndex((anchor) => anchor.isOpen)
    const [before, open] = [anchors[at - 1], anchors[at]]
    return open && before ? { from: before, to: open.at, open } : null
  }

  #liveQuestion() {
    const { last, pointer, isPostponed } = this.#session
    if (!last || !pointer || isPostponed || !this.#session.isWithin(pointer)) return null
    const isAsked = this.#asked?.anchor === last && isSame(this.#asked.to, pointer)
    return isAsked || isSame(last.at, pointer) ? null : { from: last, to: pointer, open: null }
  }

  async #ask({ from, to, open }: { from: Anchor; to: ImagePoint; open: Anchor | null }) {
    this.#isAsking = true
    if (!open) this.#asked = { anchor: from, to }
    const start = performance.now()
    const { signal } = this.#closed
    const reach = Math.min(4096, Math.max(8, Math.ceil(this.#session.reach)))
    try {
      const way = usable(await this.#find({ from: from.at, to, reach }, signal))
      if (signal.aborted) return
      this.#onProblem(null)
      if (open) this.#session.settle(open, way)
      else if (this.#session.last === from && way) this.#session.live = way
    } catch (error) {
      if (signal.aborted) return
      this.#onProblem(aiProblem(error))
      if (open) this.#session.settle(open, null)
    }
    const rest = ASK_EVERY_MS - (performance.now() - start)
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    this.#isAsking = false
    this.#follow()
  }
}

/** What is no way at all stays a straight line. */
function usable(way: readonly number[]): readonly number[] | null {
  return way.length >= 4 && way.length % 2 === 0 && way.every(Number.isFinite) ? way : null
}

const isSame = (a: ImagePoint, b: ImagePoint): boolean => a.x === b.x && a.y === b.y
