import type { Annotation } from '#shared/domain/annotation.ts'
import type { Bulk, BulkAction, BulkPreview, BulkScope, SkipReason } from '#shared/domain/bulk.ts'
import type { FrameIndex, LabelId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { framesOfShapes, type ToShapes } from '#shared/tracks/convert.ts'
import type { Store } from '../../../ports.ts'
import { BulkFrames } from './frames.ts'
import { BulkLabels, skipReasonOf } from './judge.ts'
import { matching } from './matching.ts'
import { bulkOperations } from './operations.ts'
import { Skipped } from './skipped.ts'
import { isTogether } from './together.ts'

/** Frames that a preview names. */
const NAMED_FRAMES = 200

/**
 * Count what would happen, changing nothing.
 * @param isStale  asked again and again: true once nobody waits for the answer
 * @throws FILTER_INVALID, NOT_FOUND, CANCELLED
 */
export async function previewBulk(
  store: Store,
  taskId: TaskId,
  bulk: Bulk,
  isStale: () => boolean = () => false,
): Promise<BulkPreview> {
  if (isTogether(bulk)) return previewTogether(store, taskId, bulk, isStale)
  const count = new PreviewCount(store, taskId, bulk)
  for await (const { frame, annotations } of matching(store, taskId, bulk)) {
    if (isStale()) throw new AppError('CANCELLED', { what: 'The preview' })
    for (const annotation of annotations) count.add(annotation, frame)
  }
  return count.result()
}

/** The frames on which something happens; null where they are not a range. */
function rangeOf(action: BulkAction, scope: BulkScope): { first: number; last: number } | null {
  if (action.kind === 'propagate') return null
  if (action.kind === 'tracks-to-shapes') return action
  return scope.kind === 'frames' ? scope : null
}

/** Where one depends on the others there is no counting without doing, so it is done, and let go. */
async function previewTogether(
  store: Store,
  taskId: TaskId,
  bulk: Bulk,
  isStale: () => boolean,
): Promise<BulkPreview> {
  const skipped = new Skipped()
  const byLabel = new Map<LabelId, number>()
  const byFrame = new Map<FrameIndex, number>()
  let changed = 0
  let created = 0
  for await (const operations of bulkOperations(store, taskId, bulk, skipped)) {
    if (isStale()) throw new AppError('CANCELLED', { what: 'The preview' })
    changed += operations.length
    for (const operation of operations) {
      if (operation.kind !== 'update') continue
      const { labelId, frame } = operation.after
      created += 1
      byLabel.set(labelId, (byLabel.get(labelId) ?? 0) + 1)
      byFrame.set(frame, (byFrame.get(frame) ?? 0) + 1)
    }
  }
  const passedOver = skipped.list()
  return {
    matched: passedOver.reduce((sum, { count }) => sum + count, changed),
    ...{ changed, created, frames: byFrame.size, framesLeftOut: 0, skipped: passedOver },
    byLabel: [...byLabel].map(([labelId, count]) => ({ labelId, count })),
    byFrame: named(byFrame),
  }
}

function named(byFrame: ReadonlyMap<FrameIndex, number>): BulkPreview['byFrame'] {
  return [...byFrame]
    .sort(([a], [b]) => a - b)
    .slice(0, NAMED_FRAMES)
    .map(([frame, count]) => ({ frame, count }))
}

class PreviewCount {
  readonly #bulk: Bulk
  readonly #labels: BulkLabels
  readonly #frames: BulkFrames
  readonly #skipped = new Skipped()
  readonly #byLabel = new Map<LabelId, number>()
  readonly #byFrame = new Map<FrameIndex, number>()
  readonly #leftOut = new Set<number>()
  #matched = 0
  #changed = 0
  #created = 0

  constructor(store: Store, taskId: TaskId, bulk: Bulk) {
    this.#bulk = bulk
    this.#labels = new BulkLabels(store.labels.ofTask(taskId))
    this.#frames = new BulkFrames(store, taskId, bulk.deletedFrames)
  }

  add(annotation: Annotation, frame: FrameIndex): void {
    const { action } = this.#bulk
    this.#matched += 1
    const reason = this.#reasonOf(annotation)
    if (reason) {
      this.#skipped.add(reason)
      return
    }
    this.#changed += 1
    this.#byLabel.set(annotation.labelId, (this.#byLabel.get(annotation.labelId) ?? 0) + 1)
    if (action.kind === 'tracks-to-shapes' && annotation.kind === 'track') {
      for (const at of framesOfShapes(annotation, this.#asShapes(action))) {
        this.#created += 1
        this.#happensOn(at)
      }
      return
    }
    if (action.kind !== 'propagate') {
      this.#happensOn(frame)
      return
    }
    const source = annotation.kind === 'track' ? this.#bulk.frame : annotation.frame
    const { frames, leftOut } = this.#frames.targets(source, action.first, action.last)
    for (const target of leftOut) this.#leftOut.add(target)
    this.#created += frames.length
    for (const target of frames) this.#happensOn(target)
  }

  #reasonOf(annotation: Annotation): SkipReason | null {
    const { action } = this.#bulk
    const reason = skipReasonOf(this.#bulk, annotation, this.#labels)
    if (reason || action.kind !== 'tracks-to-shapes' || annotation.kind !== 'track') return reason
    const seen = framesOfShapes(annotation, this.#asShapes(action)).next()
    return seen.done ? 'not-seen' : null
  }

  #asShapes({ first, last, every }: Extract<BulkAction, { kind: 'tracks-to-shapes' }>): ToShapes {
    const isDeleted = (frame: FrameIndex) => this.#frames.deleted.has(frame)
    return { first, last, every, skipped: { isDeleted } }
  }

  result(): BulkPreview {
    const { scope, action } = this.#bulk
    const range = rangeOf(action, scope)
    const deleted = range
      ? [...this.#frames.deleted].filter((at) => at >= range.first && at <= range.last).length
      : 0
    return {
      matched: this.#matched,
      changed: this.#changed,
      created: this.#created,
      frames: this.#byFrame.size,
      framesLeftOut: deleted + this.#leftOut.size,
      skipped: this.#skipped.list(),
      byLabel: [...this.#byLabel].map(([labelId, count]) => ({ labelId, count })),
      byFrame: named(this.#byFrame),
    }
  }

  #happensOn(frame: FrameIndex): void {
    this.#byFrame.set(frame, (this.#byFrame.get(frame) ?? 0) + 1)
  }
}
