import type { Annotation } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { SortOrder } from '../bench/bench.ts'

/** Annotations in the order the list shows them; nearer layers first, tags before shapes. */
export function sortAnnotations(
  annotations: readonly Annotation[],
  order: SortOrder,
  frame: FrameIndex,
): Annotation[] {
  const list = [...annotations]
  switch (order) {
    case 'id-ascending':
      return list.sort((a, b) => a.id - b.id)
    case 'id-descending':
      return list.sort((a, b) => b.id - a.id)
    case 'z-order':
      return list.sort((a, b) => layerOf(b, frame) - layerOf(a, frame) || a.id - b.id)
    case 'label':
      return list.sort((a, b) => a.labelId - b.labelId || a.id - b.id)
  }
}

function layerOf(annotation: Annotation, frame: FrameIndex): number {
  if (annotation.kind === 'tag') return Number.MAX_SAFE_INTEGER
  return shapeOn(annotation, frame)?.zOrder ?? Number.MIN_SAFE_INTEGER
}
