import { toFlat } from '#shared/geometry/points.ts'
import type { Tool } from '../canvas-api.ts'
import { drawing } from './drawing.ts'
import { hovering } from './hovering.ts'
import { interacting } from './interact.ts'
import { panning, readyToPan } from './panning.ts'
import { pasting } from './pasting.ts'
import { picking } from './picking.ts'
import { scissoring } from './scissors.ts'
import { showing } from './showing.ts'
import { slicing } from './slicing.ts'
import type { KeyInput, Next, PointerInput, Stage, ToolState } from './tool-state.ts'
import { readyToZoom } from './zoom-area.ts'

type PathTool = Extract<Tool, { kind: 'draw'; pointCount: number | null }>

/** Fewer points are put down again sooner than an offer is read. */
const WORTH_KEEPING = 4

/**
 * Runs one state at a time. The middle button pans over any state: that state waits underneath, keeps its draft and goes
 * on afterwards.
 */
export class ToolMachine {
  readonly #stage: Stage
  #tool: Tool = { kind: 'select' }
  #state: ToolState
  #resting = true
  #pan: ToolState | null = null

  constructor(stage: Stage) {
    this.#stage = stage
    this.#state = hovering(stage)
  }

  get tool(): Tool {
    return this.#tool
  }

  get state(): ToolState {
    return this.#pan ?? this.#state
  }

  /** No gesture is under way. */
  get isResting(): boolean {
    return this.#resting && this.#pan === null
  }

  setTool(tool: Tool): void {
    const begun = this.#unfinished(1)
    const goesOn = begun !== null && tool.kind === 'draw' && tool.shape === begun.shape
    const left = goesOn ? null : this.#unfinished(WORTH_KEEPING)
    this.#tool = tool
    this.#pan = null
    if (tool.kind !== 'select') this.#stage.setHovered(null)
    // The same tool again, with another label: what is drawn goes on in its colour.
    const taken = goesOn && !('begun' in tool) ? { ...begun, ...tool } : tool
    this.#enter(restingState(this.#stage, taken), true)
    if (left) this.#stage.emit('left', { tool: left })
  }

  press(input: PointerInput): void {
    if (this.#pan) return
    if (input.button === 1) {
      this.#pan = panning(this.#stage, input.screen)
      this.#stage.setCursor(this.#pan.cursor)
      return
    }
    this.#run((state) => state.press?.(input))
  }

  move(input: PointerInput): void {
    if (this.#pan) this.#pan.move?.(input)
    else this.#run((state) => state.move?.(input))
  }

  release(input: PointerInput): void {
    if (!this.#pan) {
      this.#run((state) => state.release?.(input))
      return
    }
    if (input.button !== 1) return
    this.#pan = null
    this.#stage.setCursor(this.#state.cursor)
  }

  /** The wheel with Shift or Ctrl. @returns false when the state has no use for it */
  turn(notches: number, key: 'shift' | 'ctrl' = 'shift'): boolean {
    if (this.#pan !== null) return false
    const { turn, turnWithCtrl } = this.#state
    return (key === 'shift' ? turn : turnWithCtrl)?.call(this.#state, notches) === true
  }

  finish(): void {
    this.#run((state) => state.finish?.())
  }

  /** @returns false when there is nothing to take back */
  takeBack(): boolean {
    return this.#state.takeBack?.() ?? false
  }

  key(input: KeyInput): void {
    this.#run((state) => state.key?.(input))
  }

  /** Leaves gesture and tool, changing nothing. @returns false when there was nothing to leave */
  cancel(): boolean {
    const idle = this.#resting && this.#tool.kind === 'select' && !this.#pan
    if (idle) return false
    const hadTool = this.#tool.kind !== 'select'
    this.setTool({ kind: 'select' })
    if (hadTool) this.#stage.emit('toolEnd', { cancelled: true })
    return true
  }

  /**
   * Drops the gesture under way but keeps the tool: the frame it belonged to is gone. An outline goes on over the next
   * one, as in CVAT.
   */
  interrupt(): void {
    this.#pan = null
    this.#enter(restingState(this.#stage, this.#unfinished(1) ?? this.#tool), true)
  }

  /** The tool with the outline it has so far, when that has so many points. */
  #unfinished(fewest: number): PathTool | null {
    const points = this.#state.begun?.() ?? []
    const tool = this.#tool
    if (points.length < fewest || tool.kind !== 'draw' || !('pointCount' in tool)) return null
    return { ...tool, begun: toFlat(points) }
  }

  #run(step: (state: ToolState) => Next): void {
    const before = this.#state
    const next = step(before)
    // A listener of the event this step emitted may have set a tool already: it has the last word.
    if (this.#state === before) this.#follow(next)
  }

  #follow(next: Next): void {
    if (next === undefined) return
    if (next === 'end') {
      this.setTool({ kind: 'select' })
      this.#stage.emit('toolEnd', { cancelled: false })
    } else if (next === 'rest') {
      this.#enter(restingState(this.#stage, this.#tool), true)
    } else {
      this.#enter(next, false)
    }
  }

  #enter(state: ToolState, resting: boolean): void {
    this.#state.leave?.()
    this.#state = state
    this.#resting = resting
    state.enter?.()
    this.#stage.setCursor(state.cursor)
  }
}

function restingState(stage: Stage, tool: Tool): ToolState {
  switch (tool.kind) {
    case 'select':
      return hovering(stage)
    case 'pan':
      return readyToPan(stage)
    case 'zoom-area':
      return readyToZoom(stage)
    case 'paste':
      return pasting(stage, tool.shapes)
    case 'pick':
      return picking(stage, tool)
    case 'slice':
      return slicing(stage, tool)
    case 'interact':
      return interacting(stage, tool)
    case 'scissors':
      return scissoring(stage, tool)
    case 'show':
      return showing(stage, tool.marks)
    case 'draw':
      return drawing(stage, tool)
  }
}
