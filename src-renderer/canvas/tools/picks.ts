import type { AnnotationId } from '#shared/domain/ids.ts'

/**
 * What has been picked so far, in order: the first may be the one that keeps its label. Belongs to who asked for the
 * picking, so that it outlives a change of frame where the verb wants that.
 */
export class Picks {
  #ids: readonly AnnotationId[]

  constructor(ids: readonly AnnotationId[] = []) {
    this.#ids = ids
  }

  get ids(): readonly AnnotationId[] {
    return this.#ids
  }

  toggle(id: AnnotationId): void {
    this.#ids = this.#ids.includes(id)
      ? this.#ids.filter((other) => other !== id)
      : [...this.#ids, id]
  }

  add(ids: readonly AnnotationId[]): void {
    this.#ids = [...new Set([...this.#ids, ...ids])]
  }

  clear(): void {
    this.#ids = []
  }
}
