import type { AnnotationId } from '#shared/domain/ids.ts'

/** A page that draws nothing should leave a small gap in the numbers; one that draws much should not ask often. */
const FIRST_BLOCK = 24
const LARGEST_BLOCK = 384

/**
 * Annotation ids the core has set aside for this page, so that a shape has its id the moment it is drawn, before the
 * core has seen it (and while it cannot). Unused ones are simply never used.
 */
export class IdPool {
  readonly #reserve: (count: number) => Promise<{ first: number; count: number }>
  readonly #free: number[] = []
  #refilling: Promise<void> | null = null
  #block = FIRST_BLOCK

  constructor(reserve: (count: number) => Promise<{ first: number; count: number }>) {
    this.#reserve = reserve
  }

  /** Fetches a block when few are left. Rejects with what `reserve` rejects. */
  refill(atLeast = this.#block / 2): Promise<void> {
    if (this.#free.length >= atLeast) return Promise.resolve()
    this.#refilling ??= this.#fetch(Math.max(this.#block, Math.ceil(atLeast))).finally(() => {
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
    this.#block = Math.min(LARGEST_BLOCK, this.#block * 2)
    for (let at = 0; at < block.count; at += 1) this.#free.push(block.first + at)
  }
}
