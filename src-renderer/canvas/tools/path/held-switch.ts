import type { KeyInput } from '../tool-state.ts'

/** Longer down than this was holding, not tapping. */
const TAP_MS = 350

/**
 * A key that switches something: a tap turns it round until the next tap, holding it turns it round while it is down.
 * Used with the pointer or another key meanwhile, it was held, however short.
 */
export class HeldSwitch {
  #on = false
  #downSince: number | null = null
  #used = false
  readonly #keys: readonly string[]

  constructor(...keys: readonly string[]) {
    this.#keys = keys
  }

  get on(): boolean {
    return this.#on
  }

  key({ key, down, timeMs }: KeyInput): void {
    if (!this.#keys.includes(key)) {
      this.use()
      return
    }
    if (down && this.#downSince === null) {
      this.#on = !this.#on
      this.#downSince = timeMs
      this.#used = false
    } else if (!down && this.#downSince !== null) {
      if (this.#used || timeMs - this.#downSince > TAP_MS) this.#on = !this.#on
      this.#downSince = null
    }
  }

  /** Something was done while it may be down. */
  use(): void {
    this.#used = true
  }
}
