import { createStore, type StoreApi } from 'zustand/vanilla'
import { problemOf } from '#renderer/state/problems.ts'
import type { FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { Prediction, PredictionId } from '#shared/domain/prediction.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import { bestFirst, neighbourOf } from './rows.ts'

export interface LayerSummary {
  readonly open: number
  /** With an open one on them. */
  readonly frames: number
  readonly byLabel: readonly { readonly labelId: LabelId; readonly count: number }[]
  /** Twenty bins of score 0 … 1. */
  readonly byScore: readonly number[]
  readonly withoutScore: number
}

export interface LayerState {
  /** Of the whole task; null until it is known. */
  readonly summary: LayerSummary | null
  /** Whose predictions `here` are. */
  readonly frame: FrameIndex
  /** Open ones of the frame, the best score first. */
  readonly here: readonly Prediction[]
  /** The core was asked for this frame and has not answered yet. */
  readonly isAsking: boolean
  readonly problem: ErrorBody | null
  readonly view: 'list' | 'differences'
  /** Drawn over the picture. */
  readonly isShown: boolean
  /** What is below this score steps back, and what is not may be accepted together. */
  readonly bar: number
  readonly chosen: PredictionId | null
  readonly hovered: PredictionId | null
}

/** What the layer asks of the core. */
export interface LayerCore {
  summary(): Promise<LayerSummary>
  frame(frame: FrameIndex): Promise<readonly Prediction[]>
}

/** Frames remembered: stepping back and forth asks nothing. */
const MOST_FRAMES = 60

/**
 * The open predictions of the frame on screen, and how many there are elsewhere. The core is asked when the frame changes, and when
 * it says that the layer did; what is on screen stays until the answer is there.
 */
export class PredictionLayer {
  readonly state: StoreApi<LayerState> = createStore(() => ({
    ...{ summary: null, frame: 0, here: [], isAsking: false, problem: null },
    ...{ view: 'list', isShown: true, bar: 0.5, chosen: null, hovered: null },
  }))
  readonly #core: LayerCore
  #known = new Map<FrameIndex, readonly Prediction[]>()
  /** What is answered about an earlier state of the layer is dropped. */
  #turn = 0
  #isSumming = false
  #sumAgain = false

  constructor(core: LayerCore) {
    this.#core = core
  }

  /** Another frame is on screen. */
  goTo(frame: FrameIndex): void {
    const known = this.#known.get(frame)
    if (known) this.#show(frame, known)
    else {
      this.#show(frame, [])
      void this.#ask(frame)
    }
  }

  /** Nothing is shown until a frame is asked for again. */
  hide(): void {
    this.state.setState({ here: [], isAsking: false, hovered: null })
  }

  /** The core says that the layer is another one now. */
  changed(): void {
    this.#turn += 1
    this.#known.clear()
    void this.#sum()
    void this.#ask(this.state.getState().frame)
  }

  /** Somebody has decided on these: they are gone before the core says so, and the hand goes on to the next one. */
  forget(ids: readonly PredictionId[]): void {
    const gone = new Set(ids)
    const { here, chosen, hovered, frame } = this.state.getState()
    const left = here.filter(({ id }) => !gone.has(id))
    this.#known.set(frame, left)
    const next = chosen !== null && gone.has(chosen) ? neighbourOf(here, chosen, gone) : chosen
    const isHoveredGone = hovered !== null && gone.has(hovered)
    this.state.setState({ here: left, chosen: next, ...(isHoveredGone && { hovered: null }) })
  }

  async #ask(frame: FrameIndex): Promise<void> {
    // Without a layer no frame has anything of it: a task that nobody predicted for costs one question.
    if (this.state.getState().summary?.open === 0 && !this.#isSumming) {
      if (this.state.getState().frame === frame) this.#show(frame, [])
      return
    }
    const turn = this.#turn
    this.state.setState({ isAsking: true })
    try {
      const answer = bestFirst(await this.#core.frame(frame))
      if (turn !== this.#turn) return
      this.#remember(frame, answer)
      if (this.state.getState().frame === frame) this.#show(frame, answer)
    } catch (error) {
      if (turn === this.#turn) this.state.setState({ isAsking: false, problem: problemOf(error) })
    }
  }

  #remember(frame: FrameIndex, answer: readonly Prediction[]): void {
    this.#known.set(frame, answer)
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_FRAMES && oldest !== undefined) this.#known.delete(oldest)
  }

  #show(frame: FrameIndex, here: readonly Prediction[]): void {
    const { chosen, hovered } = this.state.getState()
    const has = (id: PredictionId | null) => here.some((one) => one.id === id)
    this.state.setState({
      ...{ frame, here, isAsking: false, problem: null },
      chosen: has(chosen) ? chosen : null,
      hovered: has(hovered) ? hovered : null,
    })
  }

  /** While it is asked, further changes wait, and are asked about once. */
  async #sum(): Promise<void> {
    this.#sumAgain = true
    if (this.#isSumming) return
    this.#isSumming = true
    try {
      while (this.#sumAgain) {
        this.#sumAgain = false
        this.state.setState({ summary: await this.#core.summary() })
      }
    } catch (error) {
      this.state.setState({ problem: problemOf(error) })
    } finally {
      this.#isSumming = false
    }
  }
}
