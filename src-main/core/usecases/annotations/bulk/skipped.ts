import type { BulkReport, SkipReason } from '#shared/domain/bulk.ts'

/** How many were passed over, and why. */
export class Skipped {
  readonly #counts = new Map<SkipReason, number>()

  add(reason: SkipReason): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1)
  }

  list(): BulkReport['skipped'] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count }))
  }
}
