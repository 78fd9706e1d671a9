import { type ShapeType, shapeTypes } from '../domain/annotation.ts'
import type { LabelId } from '../domain/ids.ts'
import type { Label } from '../domain/label.ts'
import type { AnnotationField } from './fields.ts'
import type { Filter, Property } from './filter.ts'
import { compileFilter, type Fact } from './verdict.ts'

/** What an index can tell of an annotation without reading it. */
export type AnnotationKind = 'tag' | 'track' | ShapeType

/** Which annotations can match at all. */
export interface Candidates {
  readonly labelIds: readonly LabelId[]
  readonly kinds: readonly AnnotationKind[]
  /** Every tag and shape among them matches: none has to be read. */
  readonly exact: boolean
}

interface Known {
  readonly label: Label
  readonly kind: AnnotationKind
}

const everyKind: readonly AnnotationKind[] = ['tag', 'track', ...shapeTypes]

/**
 * What label and kind alone decide about a filter: each pair is judged with everything else unknown, and those that
 * could not match whatever the rest may be are left out.
 */
export function candidatesOf(filter: Filter, labels: readonly Label[]): Candidates {
  const judge = compileFilter<Known>(filter, readerOf)
  const pairs = labels.flatMap((label) => everyKind.map((kind) => ({ label, kind })))
  const judged = pairs.map((pair) => ({ ...pair, verdict: judge(pair) }))
  const possible = judged.filter(({ verdict }) => verdict !== false)
  const labelIds = new Set(possible.map(({ label }) => label.id))
  const kinds = new Set(possible.map(({ kind }) => kind))
  // Labels and kinds are asked for apart, so every pair of them counts, not only those that are possible.
  const exact = judged
    .filter(({ label, kind }) => kind !== 'track' && labelIds.has(label.id) && kinds.has(kind))
    .every(({ verdict }) => verdict === true)
  return { labelIds: [...labelIds], kinds: [...kinds], exact }
}

function readerOf(property: Property): (known: Known) => Fact {
  if ('attribute' in property)
    return ({ label }) => {
      const isMeant = property.label === null || property.label === label.name
      const hasIt = isMeant && label.attributes.some(({ name }) => name === property.attribute)
      return hasIt ? undefined : null
    }
  switch (property.field as AnnotationField) {
    case 'label':
      return ({ label }) => label.name
    case 'type':
      return ({ kind }) => (kind === 'tag' || kind === 'track' ? kind : 'shape')
    case 'shape':
      return ({ kind }) => (kind === 'tag' ? null : kind === 'track' ? undefined : kind)
    case 'serverID':
      return () => null
    case 'objectID':
    case 'group':
    case 'source':
    case 'frame':
      return () => undefined
    default:
      return ({ kind }) => (kind === 'tag' ? null : undefined)
  }
}
