import type { NewAnnotation } from '#main/core/ports.ts'
import type { Shape } from '#shared/domain/annotation.ts'

export type NewShape = Omit<Shape, 'id'>

type Required = 'frame' | 'labelId' | 'type' | 'points'

/** A shape as a file gives it, everything it does not say set to CVAT's default. */
export function newShape(fields: Pick<Shape, Required> & Partial<NewShape>): NewShape {
  return {
    kind: 'shape',
    group: 0,
    source: 'file',
    attributes: [],
    rotation: 0,
    occluded: false,
    zOrder: 0,
    score: null,
    elements: [],
    ...fields,
  }
}

const BATCH = 2000

/** Annotations gathered until there are enough for one call to the store. */
export interface Batch {
  add(annotation: NewAnnotation): void
  /** The annotations gathered, if they are enough (or `all` of them), and start over; null otherwise. */
  take(all?: boolean): NewAnnotation[] | null
}

export function createBatch(): Batch {
  let gathered: NewAnnotation[] = []
  return {
    add: (annotation) => void gathered.push(annotation),
    take(all = false) {
      if (gathered.length === 0 || (!all && gathered.length < BATCH)) return null
      const full = gathered
      gathered = []
      return full
    },
  }
}
