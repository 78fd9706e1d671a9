import type { NewAnnotation } from '#main/core/ports.ts'
import { type Shape, type Source, sourceSchema } from '#shared/domain/annotation.ts'

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

const SOURCES: ReadonlySet<unknown> = new Set(sourceSchema.options)

/**
 * Who made an annotation, as far as the file says: what CVAT would overwrite with `file` we keep, who drew a shape does not
 * change by moving it. A set: the schema takes 1 µs to refuse what a file leaves out.
 */
export function toSource(value: unknown): Source {
  return SOURCES.has(value) ? (value as Source) : 'file'
}

/** Keyframes count as annotations: a track may be as large as 10,000 of them. */
const BATCH = 2000

/** Annotations gathered until there are enough for one call to the store. */
export interface Batch {
  add(annotation: NewAnnotation): void
  /** The annotations gathered, if they are enough (or `all` of them), and start over; null otherwise. */
  take(all?: boolean): NewAnnotation[] | null
}

export function createBatch(): Batch {
  let gathered: NewAnnotation[] = []
  let size = 0
  return {
    add(annotation) {
      gathered.push(annotation)
      size += annotation.kind === 'track' ? 1 + annotation.keyframes.length : 1
    },
    take(all = false) {
      if (gathered.length === 0 || (!all && size < BATCH)) return null
      const full = gathered
      gathered = []
      size = 0
      return full
    },
  }
}
