import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AnnotationOperation } from '#shared/operations/operation.ts'
import { onlyRange, withoutRange } from '#shared/tracks/split.ts'
import type { FrameRange, Store } from '../../ports.ts'
import { isIn } from './frame-ranges.ts'

/** Annotations of a page; memory holds one. */
const PAGE = 5000

/**
 * What takes away all there is on some frames, page by page. A track that goes on elsewhere is hidden there.
 * @param lastFrame  of the task
 */
export function* removalsOn(
  store: Pick<Store, 'annotations'>,
  taskId: TaskId,
  on: { readonly shapes: readonly FrameRange[]; readonly tracks: readonly FrameRange[] },
  lastFrame: FrameIndex,
): Generator<AnnotationOperation[]> {
  for (let from: FrameIndex | null = 0; from !== null; ) {
    const page: { annotations: Annotation[]; next: FrameIndex | null } = store.annotations.page(
      taskId,
      from,
      PAGE,
    )
    const operations = page.annotations.flatMap((before): AnnotationOperation[] => {
      if (before.kind === 'track') return trackRemoval(before, on.tracks, lastFrame)
      return isIn(on.shapes, before.frame) ? [{ kind: 'delete', before }] : []
    })
    if (operations.length > 0) yield operations
    from = page.next
  }
}

function trackRemoval(
  before: Track,
  ranges: readonly FrameRange[],
  lastFrame: FrameIndex,
): AnnotationOperation[] {
  let after: Track | null = before
  for (const { start, stop } of ranges) {
    if (after === null) break
    const span = { first: start, last: stop }
    if (onlyRange(after, span, lastFrame) !== null) after = withoutRange(after, span, lastFrame)
  }
  if (after === before) return []
  return [after ? { kind: 'update', before, after } : { kind: 'delete', before }]
}
