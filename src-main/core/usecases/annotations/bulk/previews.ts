import type { Bulk, BulkPreview } from '#shared/domain/bulk.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Store } from '../../../ports.ts'
import { previewBulk } from './preview.ts'

/** A person typing a filter asks again and again: of each task only the latest preview goes on. */
export function createPreviews(store: Store) {
  const latest = new Map<TaskId, symbol>()
  return {
    async preview(taskId: TaskId, bulk: Bulk): Promise<BulkPreview> {
      const mine = Symbol('preview')
      latest.set(taskId, mine)
      try {
        return await previewBulk(store, taskId, bulk, () => latest.get(taskId) !== mine)
      } finally {
        if (latest.get(taskId) === mine) latest.delete(taskId)
      }
    },
  }
}
