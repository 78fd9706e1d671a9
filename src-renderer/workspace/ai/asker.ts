import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImagePoint } from '#renderer/canvas/geometry/space.ts'
import type { InteractSession, Prompt } from '#renderer/canvas/tools/interact-session.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { aiProblem } from './ai-problem.ts'
import type { Found } from './found.ts'

/** What a function is asked, and what can be made ahead of it. */
export interface AskedFunction {
  /** Makes the embeddings of this frame and the next ones; null when it has none. */
  readonly prepare: ((signal: AbortSignal) => Promise<unknown>) | null
  /**
   * @param previous  token of the answer this refines
   * @returns null when it found nothing
   */
  interact(prompt: Prompt, previous: string | null, signal: AbortSignal): Promise<Found | null>
  /** Quick, here, and harmless enough to be asked for whatever lies under the pointer. */
  canGuess(): boolean
}

export interface AskStatus {
  readonly isPreparing: boolean
  readonly isAsking: boolean
  readonly problem: ErrorBody | null
  /** The best answer so far to what is pointed at. */
  readonly found: Found | null
  /** It answered that there is nothing. */
  readonly isNothing: boolean
  /** What a click under the pointer would find. */
  readonly guess: Found | null
}

const QUIET: AskStatus = {
  isPreparing: false,
  isAsking: false,
  problem: null,
  found: null,
  isNothing: false,
  guess: null,
}

/** Between two guesses; and what takes longer than this is no guess worth making. */
const GUESS_EVERY_MS = 40
const GUESS_AT_MOST_MS = 600
/** Image pixels: a click this near a guess is a click on it. */
const SAME_PLACE = 0.75

/**
 * Asks the function whatever the session points at: one request at a time, the newest; one that was overtaken is aborted.
 * Every prompt keeps its answer, so that undo asks nothing. Answers come and go through `status`.
 */
export class Asker {
  readonly status: StoreApi<AskStatus> = createStore(() => QUIET)
  readonly #session: InteractSession
  readonly #function: AskedFunction
  #answers = new WeakMap<Prompt, { found: Found | null }>()
  readonly #closed = new AbortController()
  readonly #stop: () => void
  #asked: { prompt: Prompt; abort: AbortController; done: Promise<void> } | null = null
  #failed: Prompt | null = null
  #prompt: Prompt
  #isReady: boolean
  #guessing: AbortController | null = null
  #guessed: { at: ImagePoint; found: Found | null } | null = null
  #mayGuess = true

  constructor(session: InteractSession, asked: AskedFunction) {
    this.#session = session
    this.#function = asked
    this.#prompt = session.prompt
    this.#isReady = asked.prepare === null
    this.#stop = session.subscribe(() => this.#follow())
    void this.#prepare()
    this.#follow()
  }

  /** Nothing is asked any more, and nothing that is on its way is heard. */
  close(): void {
    this.#stop()
    this.#closed.abort()
    this.#asked?.abort.abort()
    this.#guessing?.abort()
  }

  /** The answer to all that was pointed at, asked for now if it has to be. null: nothing was found, or it failed. */
  async settle(): Promise<Found | null> {
    const { prompt } = this.#session
    if (!this.#answers.has(prompt)) {
      if (this.#asked?.prompt !== prompt) this.#ask(prompt)
      await this.#asked?.done
    }
    return this.#answers.get(prompt)?.found ?? null
  }

  /** The answer that is known without asking; undefined when there is none yet. */
  get answer(): Found | null | undefined {
    return this.#answers.get(this.#session.prompt)?.found
  }

  /** Once more, after a problem. */
  retry(): void {
    this.#failed = null
    if (this.#session.isEmpty) void this.#prepare()
    else this.#ask(this.#session.prompt)
  }

  /** The function is set otherwise: what it said before counts no more, and what is pointed at is asked once more. */
  askAnew(): void {
    this.#guessing?.abort()
    this.#guessed = null
    this.#answers = new WeakMap()
    this.#failed = null
    this.#abort()
    this.#follow()
  }

  async #prepare(): Promise<void> {
    const { prepare } = this.#function
    if (!prepare) return
    this.#set({ isPreparing: true, problem: null })
    try {
      await prepare(this.#closed.signal)
      this.#isReady = true
      this.#set({ isPreparing: false })
      this.#guess()
    } catch (error) {
      this.#set({ isPreparing: false })
      if (!this.#closed.signal.aborted) this.#set({ problem: aiProblem(error) })
    }
  }

  #follow(): void {
    const { prompt, isEmpty, isEnough, isPostponed } = this.#session
    if (prompt !== this.#prompt) this.#promptChanged(prompt)
    if (isEmpty) this.#guess()
    else if (this.#answers.has(prompt) || !isEnough || isPostponed) return
    else if (this.#asked?.prompt !== prompt && this.#failed !== prompt) this.#ask(prompt)
  }

  #promptChanged(prompt: Prompt): void {
    this.#prompt = prompt
    this.#guessing?.abort()
    this.#takeGuess(prompt)
    // While more is pointed at and the request waits, the one before may still answer.
    if (!this.#session.isPostponed || this.#session.isEmpty) this.#abort()
    this.#set({ problem: null, guess: null })
    this.#show()
  }

  /** A click on what was guessed has its answer already. */
  #takeGuess({ clicks, box }: Prompt): void {
    const guessed = this.#guessed
    this.#guessed = null
    const [click] = clicks
    // Another part of the picture may be looked at since.
    if (!guessed || !this.#function.canGuess()) return
    if (!click?.isPositive || clicks.length !== 1 || box) return
    if (Math.hypot(guessed.at.x - click.x, guessed.at.y - click.y) > SAME_PLACE) return
    this.#answers.set(this.#session.prompt, { found: guessed.found })
  }

  #abort(): void {
    this.#asked?.abort.abort()
    this.#asked = null
    this.#set({ isAsking: false })
  }

  #ask(prompt: Prompt): void {
    this.#asked?.abort.abort()
    const abort = new AbortController()
    // Known as asked before anybody hears of it: a listener that changes the session must not ask once more.
    const asked = { prompt, abort, done: Promise.resolve() }
    this.#asked = asked
    this.#set({ isAsking: true, problem: null })
    asked.done = this.#answered(prompt, abort)
  }

  async #answered(prompt: Prompt, { signal }: AbortController): Promise<void> {
    const previous = this.#nearest(prompt.refines)?.found?.token ?? null
    try {
      const found = await this.#function.interact(prompt, previous, signal)
      if (signal.aborted) return
      this.#answers.set(prompt, { found })
      this.#asked = null
      this.#set({ isAsking: false })
      this.#show()
    } catch (error) {
      if (signal.aborted) return
      this.#asked = null
      this.#failed = prompt
      this.#set({ isAsking: false, problem: aiProblem(error) })
    }
  }

  /** The answer to a prompt, or to what it adds to. */
  #nearest(prompt: Prompt | null): { found: Found | null } | null {
    for (let one = prompt; one; one = one.refines) {
      const known = this.#answers.get(one)
      if (known) return known
    }
    return null
  }

  /** What was shown stays until there is something better: a request takes a moment, and nothing is to blink. */
  #show(): void {
    const { prompt, isEmpty, isEnough } = this.#session
    const nearest = isEmpty ? null : this.#nearest(prompt)
    if (!nearest && isEnough) return
    const known = nearest ?? { found: null }
    const isNothing = !isEmpty && this.#answers.has(prompt) && known.found === null
    this.#set({ found: known.found, isNothing })
  }

  /** What lies under the pointer, while nothing is clicked yet. */
  #guess(): void {
    const { pointer, isEmpty, isPostponed, needsBox } = this.#session
    const isPointing = pointer !== null && isEmpty && !isPostponed && !needsBox
    if (!isPointing || !this.#function.canGuess()) {
      this.#guessing?.abort()
      if (this.status.getState().guess) this.#set({ guess: null })
      return
    }
    const isAllowed = this.#mayGuess && this.#isReady
    if (this.#guessing || !isAllowed || isSame(this.#guessed?.at, pointer)) return
    const abort = new AbortController()
    this.#guessing = abort
    void this.#guessAt(pointer, abort)
  }

  async #guessAt(at: ImagePoint, abort: AbortController): Promise<void> {
    const prompt: Prompt = { clicks: [{ ...at, isPositive: true }], box: null, refines: null }
    const start = performance.now()
    try {
      const found = await this.#function.interact(prompt, null, abort.signal)
      if (!abort.signal.aborted && this.#session.isEmpty) {
        this.#guessed = { at, found }
        this.#set({ guess: found })
      }
    } catch {
      // Nobody asked for it: a click will say what is wrong.
      if (!abort.signal.aborted) this.#mayGuess = false
    }
    const took = performance.now() - start
    if (took > GUESS_AT_MOST_MS) this.#mayGuess = false
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, GUESS_EVERY_MS - took)))
    this.#guessing = null
    if (!this.#closed.signal.aborted && this.#session.isEmpty) this.#guess()
  }

  #set(change: Partial<AskStatus>): void {
    const now = this.status.getState()
    const isNew = Object.entries(change).some(
      ([key, value]) => now[key as keyof AskStatus] !== value,
    )
    if (isNew && !this.#closed.signal.aborted) this.status.setState(change)
  }
}

const isSame = (a: ImagePoint | undefined, b: ImagePoint): boolean => a?.x === b.x && a.y === b.y
