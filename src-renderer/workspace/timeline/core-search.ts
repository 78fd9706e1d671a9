import { client } from '#renderer/state/client.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { printFilter } from '#shared/filter/print.ts'

/** Looks through the whole task for what a filter matches on any frame. A newer question makes an older one forgotten. */
export class CoreSearch {
  readonly #taskId: TaskId
  #asked = 0

  constructor(taskId: TaskId) {
    this.#taskId = taskId
  }

  /**
   * @param filter  null asks nothing, and forgets what was asked
   * @returns ids of what matches; null for a question nobody waits for any more. Where the core is away: what it told so far
   */
  async find(filter: Filter | null): Promise<ReadonlySet<AnnotationId> | null> {
    this.#asked += 1
    const asked = this.#asked
    if (!filter) return null
    const found = new Set<AnnotationId>()
    const text = printFilter(filter)
    let from: FrameIndex | null = 0
    while (from !== null) {
      const next: FrameIndex | null = await this.#page(text, from, found).catch(() => null)
      if (asked !== this.#asked) return null
      from = next
    }
    return found
  }

  async #page(filter: string, from: FrameIndex, found: Set<AnnotationId>) {
    const page = await client.annotations.query({ taskId: this.#taskId, filter, from })
    for (const { annotations } of page.frames) for (const { id } of annotations) found.add(id)
    return page.next
  }
}
