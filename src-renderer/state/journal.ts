import Dexie, { type Table } from 'dexie'
import type { AnnotationId, TaskId } from '#shared/domain/ids.ts'
import type { SentStep } from '#shared/operations/track-edit.ts'
import { packViews, type StoredViews, unpackViews } from './stored-views.ts'

/** A step on its way to the core. It stays here until the core acknowledged it. */
export interface JournalEntry {
  /** Order of creation; given by the journal. */
  readonly seq: number
  readonly taskId: TaskId
  /** Makes sending it twice harmless. */
  readonly clientStepId: string
  readonly baseRevision: number
  readonly step: SentStep
}

/** How a person looks at one annotation. Not part of the data set, so it is kept on this machine only. */
export interface AnnotationView {
  readonly locked: boolean
  readonly hidden: boolean
  readonly pinned: boolean
}

export const plainView: AnnotationView = { locked: false, hidden: false, pinned: false }

/** What survives a reload or a crash of the page. */
export interface Journal {
  add(entry: Omit<JournalEntry, 'seq'>): Promise<number>
  /** The core has it: forget the entry and base the task's later ones on the revision it led to. */
  acknowledge(entry: JournalEntry, revision: number): Promise<void>
  /** Drop it: the core refused it for good. */
  remove(entry: JournalEntry): Promise<void>
  pending(taskId: TaskId): Promise<JournalEntry[]>
  views(taskId: TaskId): Promise<Map<AnnotationId, AnnotationView>>
  setViews(taskId: TaskId, views: ReadonlyMap<AnnotationId, AnnotationView>): Promise<void>
}

class PageDatabase extends Dexie {
  declare readonly steps: Table<JournalEntry, number, Omit<JournalEntry, 'seq'>>
  declare readonly taskViews: Table<StoredViews, TaskId>

  constructor(name: string) {
    super(name)
    this.version(1).stores({ steps: '++seq, taskId', views: '[taskId+id], taskId' })
    // One record a task: as rows of their own, hiding 10,000 objects kept the page busy for half a second.
    this.version(2)
      .stores({ taskViews: 'taskId' })
      .upgrade(async (tx) => {
        const rows: ({ taskId: TaskId; id: AnnotationId } & AnnotationView)[] = await tx
          .table('views')
          .toArray()
        for (const taskId of new Set(rows.map((row) => row.taskId))) {
          const mine = rows.filter((row) => row.taskId === taskId)
          await tx
            .table('taskViews')
            .put(packViews(taskId, new Map(mine.map((row) => [row.id, row]))))
        }
      })
    this.version(3).stores({ views: null })
  }
}

/** The journal in IndexedDB. `strict` durability: an edit must survive the machine, not only the page. */
export function openJournal(name = 'fieldmark'): Journal {
  const db = new PageDatabase(name)
  return {
    add: (entry) => db.steps.add(entry),
    acknowledge: (entry, revision) =>
      db.transaction('rw', db.steps, async () => {
        await db.steps.delete(entry.seq)
        const behind = db.steps.where('taskId').equals(entry.taskId)
        await behind
          .filter((later) => later.baseRevision < revision)
          .modify({ baseRevision: revision })
      }),
    remove: (entry) => db.steps.delete(entry.seq),
    pending: (taskId) => db.steps.where('taskId').equals(taskId).sortBy('seq'),
    async views(taskId) {
      return unpackViews(await db.taskViews.get(taskId))
    },
    setViews: (taskId, views) =>
      db.transaction('rw', db.taskViews, async () => {
        const known = unpackViews(await db.taskViews.get(taskId))
        for (const [id, view] of views) known.set(id, view)
        await db.taskViews.put(packViews(taskId, known))
      }),
  }
}

/** A journal that forgets: for tests, and for browsers whose storage is blocked. */
export function memoryJournal(): Journal & { readonly entries: JournalEntry[] } {
  const entries: JournalEntry[] = []
  const viewsByTask = new Map<TaskId, Map<AnnotationId, AnnotationView>>()
  let seq = 0
  const drop = (entry: JournalEntry) => {
    const at = entries.findIndex((candidate) => candidate.seq === entry.seq)
    if (at >= 0) entries.splice(at, 1)
  }
  return {
    entries,
    async add(entry) {
      seq += 1
      entries.push({ ...entry, seq })
      return seq
    },
    async acknowledge(entry, revision) {
      drop(entry)
      entries.forEach((later, at) => {
        if (later.taskId === entry.taskId && later.baseRevision < revision)
          entries[at] = { ...later, baseRevision: revision }
      })
    },
    async remove(entry) {
      drop(entry)
    },
    async pending(taskId) {
      return entries.filter((entry) => entry.taskId === taskId)
    },
    async views(taskId) {
      return new Map(viewsByTask.get(taskId))
    },
    async setViews(taskId, views) {
      viewsByTask.set(taskId, new Map([...(viewsByTask.get(taskId) ?? []), ...views]))
    },
  }
}
