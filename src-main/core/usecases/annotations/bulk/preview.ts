import type { Annotation } from '#shared/domain/annotation.ts'
import type { Bulk, BulkPreview } from '#shared/domain/bulk.ts'
import type { FrameIndex, LabelId, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Store } from '../../../ports.ts'
import { BulkFrames } from './frames.ts'
import { BulkLabels, skipReasonOf } from './judge.ts'
import { matching } from './matching.ts'
import { Skipped } from './skipped.ts'

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
  const count = new PreviewCount(store, taskId, bulk)
  for await (const { frame, annotations } of matching(store, taskId, bulk)) {
    if (isStale()) throw new AppError('CANCELLED', { what: 'The preview' })
    for (const annotation of annotations) count.add(annotation, frame)
  }
  return count.result()
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
    const reason = skipReasonOf(action, annotation, this.#labels)
    if (reason) {
      this.#skipped.add(reason)
      return
    }
    this.#changed += 1
    this.#byLabel.set(annotation.labelId, (this.#byLabel.get(annotation.labelId) ?? 0) + 1)
    if (action.kind !== 'propagate') {
      this.#happensOn(frame)
      return
    }
    const { frames, leftOut } = this.#frames.targets(annotation.frame, action.first, action.last)
    for (const target of leftOut) this.#leftOut.add(target)
    this.#created += frames.length
    for (const target of frames) this.#happensOn(target)
  }

  result(): BulkPreview {
    const { scope, action } = this.#bulk
    const range = scope.kind === 'frames' && action.kind !== 'propagate' ? scope : null
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
      byFrame: [...this.#byFrame]
        .sort(([a], [b]) => a - b)
        .slice(0, NAMED_FRAMES)
        .map(([frame, count]) => ({ frame, count })),
    }
  }

  #happensOn(frame: FrameIndex): void {
    this.#byFrame.set(frame, (this.#byFrame.get(frame) ?? 0) + 1)
  }
}
