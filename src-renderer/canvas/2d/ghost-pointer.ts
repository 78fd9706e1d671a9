import type { PointerInput } from '../tools/tool-state.ts'

/** CSS pixels the pointer may move between press and release of a click. */
const STILL = 4

interface Deps {
  /** The proposal under a place of the picture. */
  at(input: PointerInput): number | null
  hover(id: number | null): void
  pick(id: number): void
}

/**
 * What the pointer is to proposals: it may rest on one, and click one. A press belongs to the shapes below; only where it is let go
 * in the same place was it a click, and on the proposal as well.
 */
export class GhostPointer {
  readonly #deps: Deps
  #hovered: number | null = null
  #pressed: { readonly id: number; readonly x: number; readonly y: number } | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** @param isResting  no gesture is under way, and the hand holds no tool */
  move(input: PointerInput, isResting: boolean): void {
    if (isResting) this.#hover(this.#deps.at(input))
    else if (this.#pressed === null) this.leave()
  }

  leave(): void {
    this.#hover(null)
  }

  press(input: PointerInput, isResting: boolean): void {
    const isPlain = input.button === 0 && !input.shift && !input.ctrl && !input.alt
    const id = isPlain && isResting ? this.#deps.at(input) : null
    this.#pressed = id === null ? null : { id, x: input.screen.x, y: input.screen.y }
  }

  release(input: PointerInput): void {
    const pressed = this.#pressed
    this.#pressed = null
    if (!pressed) return
    const way = Math.hypot(input.screen.x - pressed.x, input.screen.y - pressed.y)
    if (way <= STILL) this.#deps.pick(pressed.id)
  }

  #hover(id: number | null): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.#deps.hover(id)
  }
}
