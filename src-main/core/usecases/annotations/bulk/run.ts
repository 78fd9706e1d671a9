import type { Bulk, BulkKind, BulkReport } from '#shared/domain/bulk.ts'
import type { AnnotationId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationOperation, StepTitle } from '#shared/operations/operation.ts'
import type { AnnotationRewrite, Store } from '../../../ports.ts'
import { bulkOperations, NEW_ID } from './operations.ts'
import { Skipped } from './skipped.ts'

/**
 * Up to so many operations are an ordinary step: ids stay, and undoing it is a tenth of a second. More are a rewrite: what
 * changes gets a new id, and undo and redo are a matter of milliseconds however many they are.
 */
const MOST_IN_A_STEP = 5000

/** Annotations between two words about progress: making its sentence costs more than a change. */
const TELL_EVERY = 100

/** What history calls them. */
const VERBS: Readonly<Record<BulkKind, string>> = {
  remove: 'remove',
  propagate: 'propagate',
  convert: 'convert-shapes',
  'change-label': 'change-label',
  'change-attribute': 'change-attribute',
  'tracks-to-shapes': 'tracks-to-shapes',
  'link-shapes': 'link-shapes',
  'join-tracks': 'join-tracks',
}

export interface BulkRun {
  readonly taskId: TaskId
  readonly bulk: Bulk
  /** The same again when it is carried out a second time after a crash. */
  readonly clientStepId: string
  /** null: it is known to be small. */
  readonly requestId: RequestId | null
  /** Called now and then; throws to stop. */
  progress(done: number): void
}

/**
 * Carry a bulk action out as one undoable step, or not at all.
 * @throws FILTER_INVALID, NOT_FOUND, REVISION_CONFLICT, BULK_OVERTAKEN, and whatever `progress` throws
 */
export async function runBulk(store: Store, run: BulkRun): Promise<BulkReport> {
  const { taskId, bulk } = run
  const skipped = new Skipped()
  const done = new Carrier(store, run)
  let seen = 0
  try {
    for await (const operations of bulkOperations(store, taskId, bulk, skipped)) {
      done.add(operations)
      seen += 1
      if (seen % TELL_EVERY === 0) run.progress(done.count)
    }
    return { ...done.finish(), skipped: skipped.list() }
  } catch (error) {
    done.abort()
    throw error
  }
}

/** Gathers operations; when they become too many for a step, they and all that follow go into a rewrite. */
class Carrier {
  readonly #store: Store
  readonly #run: BulkRun
  readonly #revision: number
  readonly #counts = { changed: 0, created: 0, deleted: 0 }
  #operations: AnnotationOperation[] = []
  #rewrite: AnnotationRewrite | null = null

  constructor(store: Store, run: BulkRun) {
    this.#store = store
    this.#run = run
    this.#revision = store.tasks.get(run.taskId).revision
  }

  get count(): number {
    const { changed, created, deleted } = this.#counts
    return changed + created + deleted
  }

  add(operations: readonly AnnotationOperation[]): void {
    for (const { kind } of operations)
      this.#counts[kind === 'update' ? 'changed' : kind === 'create' ? 'created' : 'deleted'] += 1
    if (this.#rewrite) {
      this.#rewrite.add(operations)
      return
    }
    this.#operations.push(...operations)
    const { requestId, taskId } = this.#run
    if (requestId === null || this.#operations.length <= MOST_IN_A_STEP) return
    this.#rewrite = this.#store.annotations.beginRewrite(taskId, requestId, this.#revision)
    this.#rewrite.add(this.#operations)
    this.#operations = []
  }

  finish(): Omit<BulkReport, 'skipped'> {
    const { taskId, bulk, clientStepId } = this.#run
    const title: StepTitle = { key: VERBS[bulk.action.kind], count: this.count }
    if (this.#rewrite) return { ...this.#counts, ...this.#rewrite.commit(title, bulk.frame) }
    if (this.#operations.length === 0) return { ...this.#counts, revision: this.#revision }
    const step = { title, frame: bulk.frame, operations: this.#withIds() }
    const result = this.#store.annotations.apply(taskId, this.#revision, clientStepId, step)
    return { ...this.#counts, revision: result.revision }
  }

  abort(): void {
    this.#rewrite?.abort()
  }

  #withIds(): AnnotationOperation[] {
    const fresh = this.#operations.filter(isNew).length
    let next = fresh > 0 ? this.#store.annotations.reserveIds(fresh).first : 0
    return this.#operations.map((operation) => {
      if (!isNew(operation)) return operation
      const id = next++ as AnnotationId
      return { kind: 'create', after: { ...operation.after, id } }
    })
  }
}

function isNew(
  operation: AnnotationOperation,
): operation is Extract<AnnotationOperation, { kind: 'create' }> {
  return operation.kind === 'create' && operation.after.id === NEW_ID
}
