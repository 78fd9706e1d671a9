import type { Task } from '#shared/domain/task.ts'

/** Address of a task's picture: its first frame, or what the scan found first; null when there is none. */
export function thumbnailOf(task: Pick<Task, 'id' | 'size' | 'mediaState'>): string | null {
  if (task.size > 0) return `/frames/${task.id}/0?quality=thumbnail`
  return task.mediaState === 'scanning' ? `/frames/${task.id}/preview` : null
}
