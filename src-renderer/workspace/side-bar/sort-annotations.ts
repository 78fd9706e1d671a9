import type { Annotation } from '#shared/domain/annotation.ts'
import type { SortOrder } from '../bench/bench.ts'

/** Annotations in the order the list shows them; nearer layers first, tags before shapes. */
export function sortAnnotations(
  annotations: readonly Annotation[],
  order: SortOrder,
): Annotation[] {
  const list = [...annotations]
  switch (order) {
    case 'id-ascending':
      return list.sort((a, b) => a.id - b.id)
    case 'id-descending':
      return list.sort((a, b) => b.id - a.id)
    case 'z-order':
      return list.sort((a, b) => layerOf(b) - layerOf(a) || a.id - b.id)
    case 'label':
      return list.sort((a, b) => a.labelId - b.labelId || a.id - b.id)
  }
}

function layerOf(annotation: Annotation): number {
  return annotation.kind === 'shape' ? annotation.zOrder : Number.POSITIVE_INFINITY
}
