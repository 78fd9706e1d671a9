import type { CanvasEventName, CanvasEvents } from '../canvas-api.ts'

type Listener = (payload: never) => void

/** Typed events of one canvas. */
export class Emitter {
  readonly #listeners = new Map<CanvasEventName, Set<Listener>>()

  /** @returns a function that stops listening */
  on<E extends CanvasEventName>(event: E, listener: (payload: CanvasEvents[E]) => void) {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  emit<E extends CanvasEventName>(event: E, payload: CanvasEvents[E]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      ;(listener as (payload: CanvasEvents[E]) => void)(payload)
    }
  }

  clear(): void {
    this.#listeners.clear()
  }
}
