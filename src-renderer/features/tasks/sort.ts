import type { Task } from '#shared/domain/task.ts'
import type { BrowserView } from './browser-view.ts'

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Share of frames with annotations, 0 … 1; 0 for a task without frames. */
export function shareOf(task: Pick<Task, 'size' | 'annotatedFrameCount'>): number {
  return task.size > 0 ? task.annotatedFrameCount / task.size : 0
}

/** A sorted copy: newest, least finished and highest id first; names in natural order. */
export function sortTasks(tasks: readonly Task[], sort: BrowserView['sort']): Task[] {
  const orders: Record<BrowserView['sort'], (a: Task, b: Task) => number> = {
    updated: (a, b) => b.updatedAt.localeCompare(a.updatedAt),
    name: (a, b) => byName.compare(a.name, b.name),
    progress: (a, b) => shareOf(a) - shareOf(b),
    id: (a, b) => b.id - a.id,
  }
  return [...tasks].sort(orders[sort])
}
