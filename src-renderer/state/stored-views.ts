import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationView } from './journal.ts'

/** A task's views as two flat arrays, which a browser's database takes in a millisecond. */
export interface StoredViews {
  readonly taskId: TaskId
  readonly ids: Float64Array
  /** By the place of the id: 1 locked, 2 hidden, 4 pinned, added up. */
  readonly flags: Uint8Array
}

const [LOCKED, HIDDEN, PINNED] = [1, 2, 4]

/** Those that are neither locked nor hidden nor pinned are left out. */
export function packViews(
  taskId: TaskId,
  views: ReadonlyMap<AnnotationId, AnnotationView>,
): StoredViews {
  const told = [...views].filter(([, view]) => flagsOf(view) !== 0)
  return {
    taskId,
    ids: Float64Array.from(told, ([id]) => id),
    flags: Uint8Array.from(told, ([, view]) => flagsOf(view)),
  }
}

export function unpackViews(stored: StoredViews | undefined): Map<AnnotationId, AnnotationView> {
  const views = new Map<AnnotationId, AnnotationView>()
  stored?.ids.forEach((id, at) => {
    const flags = stored.flags[at] ?? 0
    const view = {
      locked: (flags & LOCKED) !== 0,
      hidden: (flags & HIDDEN) !== 0,
      pinned: (flags & PINNED) !== 0,
    }
    views.set(id as AnnotationId, view)
  })
  return views
}

const flagsOf = ({ locked, hidden, pinned }: AnnotationView): number =>
  (locked ? LOCKED : 0) + (hidden ? HIDDEN : 0) + (pinned ? PINNED : 0)
