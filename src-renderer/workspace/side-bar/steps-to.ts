import type { HistoryEntry } from '#shared/operations/operation.ts'

/**
 * How to make `id` the last step done.
 * @param entries newest first, as the core lists them
 */
export function stepsTo(
  entries: readonly Pick<HistoryEntry, 'id' | 'undone'>[],
  id: number,
): { verb: 'undo' | 'redo'; times: number } {
  const target = entries.find((entry) => entry.id === id)
  if (!target) return { verb: 'undo', times: 0 }
  if (target.undone) {
    const between = entries.filter((entry) => entry.undone && entry.id <= id)
    return { verb: 'redo', times: between.length }
  }
  return { verb: 'undo', times: entries.filter((entry) => !entry.undone && entry.id > id).length }
}
