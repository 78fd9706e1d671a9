import type { AnnotationId } from '#shared/domain/ids.ts'

const BLOCK = 200
const LOW = 100

/**
 * Annotation ids the core has set aside for this page, so that a shape has its id the moment it is drawn, before the
 * core has seen it (and while it cannot). Unused ones are simply never used.
 */
export class IdPool {
  readonly #reserve: (count: number) => Promise<{ first: number; count: number }>
  readonly #free: number[] = []
  #refilling: Promise<void> | null = null

  constructor(reserve: (count: number) => Promise<{ first: number; count: number }>) {
    this.#reserve = reserve
  }

  /** Fetches a block when few are left. Rejects with what `reserve` rejects. */
  refill(atLeast = LOW): Promise<void> {
    if (this.#free.length >= atLeast) return Promise.resolve()
    this.#refilling ??= this.#fetch(Math.max(BLOCK, atLeast)).finally(() => {
      this.#refilling = null
    })
    return this.#refilling
  }

  /** `count` ids at once, or null when there are not so many (the core has been away for long). */
  take(count: number): AnnotationId[] | null {
    if (this.#free.length < count) return null
    const taken = this.#free.splice(0, count) as AnnotationId[]
    // Running low is no reason to fail what is being drawn now; the next take asks again.
    this.refill().catch(() => undefined)
    return taken
  }

  async #fetch(count: number): Promise<void> {
    const block = await this.#reserve(count)
    for (let at = 0; at < block.count; at += 1) this.#free.push(block.first + at)
  }
}
