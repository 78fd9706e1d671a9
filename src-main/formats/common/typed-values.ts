/**
 * Attributes as Datumaro-type formats tell them (Datumaro, COCO, PASCAL VOC …): the label's own with a type each, and beside
 * them some with a meaning of their own, for which those formats have no other place.
 */
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Sublabel } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from './label-index.ts'

export type TypedValue = boolean | number | string

/** Names that say what a shape is; a label's own attribute of such a name has no place beside them, as in CVAT. */
export const BUILT_IN_NAMES: ReadonlySet<string> = new Set([
  'occluded',
  'outside',
  'rotation',
  'track_id',
  'keyframe',
])

/** Numbers as numbers, checkboxes as booleans, everything else as text. */
export function typedValue(spec: AttributeSpec, text: string): TypedValue {
  if (spec.inputType === 'checkbox') return text === 'true'
  return (spec.inputType === 'number' ? numberOf(text) : null) ?? text
}

/** A finite number; null for any other text. */
export function numberOf(text: string): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** Attributes that are written: all the label defines but those in whose place a built-in one stands. */
export function writtenSpecs(label: Sublabel): readonly AttributeSpec[] {
  return label.attributes.filter(({ name }) => !BUILT_IN_NAMES.has(name))
}

/** What a shape says by built-in attributes, in CVAT's order: number `rotation` and `track_id`, the others booleans. */
export function builtInValues(shape: WovenShape): [name: string, value: boolean | number][] {
  const values: [string, boolean | number][] = [['occluded', shape.occluded]]
  if (shape.type === 'rectangle') values.push(['rotation', shape.rotation])
  if (shape.track !== undefined) values.push(['track_id', shape.track.id])
  if (shape.track !== undefined || shape.type === 'skeleton') {
    values.push(['keyframe', shape.track?.keyframe ?? false])
  }
  return values
}

/**
 * All attributes of an annotation: every one its label defines, by its default where the annotation says nothing, and of
 * a shape the built-in ones. A `score` that is not the label's own attribute is told, too.
 */
export function typedAttributes(
  annotation: WovenShape | Tag,
  label: Sublabel,
): [name: string, value: TypedValue][] {
  const specs = writtenSpecs(label)
  const own = specs.map((spec): [string, TypedValue] => [
    spec.name,
    typedValue(spec, attributeValue(spec, annotation.attributes)),
  ])
  if (annotation.kind === 'tag') return own
  const score = looseScore(annotation, specs)
  return [
    ...own,
    ...(score === null ? [] : [['score', score] as [string, number]]),
    ...builtInValues(annotation),
  ]
}

/** A shape's score where no attribute of the label tells it. */
export function looseScore({ score }: Pick<Shape, 'score'>, specs: readonly AttributeSpec[]) {
  return specs.some(({ name }) => name === 'score') ? null : score
}
