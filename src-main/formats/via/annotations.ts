/** What a picture of VIA's holds, as annotations of its frame. */
import type { DatasetFrame, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { joinParts, PART_OF } from '../common/joined-parts.ts'
import type { JsonObject } from '../common/json-values.ts'
import { attributeText } from '../common/label-index.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { isTrue } from '../common/read-attributes.ts'
import type { Refuse } from '../common/refuse.ts'
import type { ViaImage, ViaRegion } from './images.ts'
import { shapeOf } from './shapes.ts'
import type { Survey } from './survey.ts'
import { OCCLUDED, OWN_WORDS } from './words.ts'

interface Context {
  readonly tally: ImportTally
  readonly target: Pick<ReadTarget, 'labels'>
  readonly refuse: Refuse
}

/** What a region is whose file says nothing of what its regions are. */
const NAMELESS = 'object'

/** @returns checks a picture also where it has no frame here */
export function createAnnotations(
  survey: Survey,
  context: Context,
): (image: ViaImage, frame: DatasetFrame | null) => NewAnnotation[] {
  const { tally, refuse } = context
  return ({ regions, fileAttributes }, frame) => {
    const parts = regions.flatMap((region) => {
      const shape = shapeOf(region, refuse)
      if (shape === null) tally.note(passedOver(region))
      if (shape === null || frame === null) return []
      const label = labelOf(region, survey, context)
      if (label === null) return []
      return {
        shape: newShape({
          frame: frame.index,
          labelId: label.id,
          ...shape,
          ...facts(region, label, survey, tally),
        }),
        partOf: partOf(region),
      }
    })
    if (frame === null) return []
    return [...joinParts(parts, frame), ...tagsOf(fileAttributes, frame, survey, tally)]
  }
}

function passedOver({ shape: { name } }: ViaRegion): string {
  const known = ['polygon', 'polyline'].includes(String(name))
  if (known) return 'polygons and polylines with too few points were left out'
  return name === undefined
    ? 'regions without a shape were left out'
    : `regions of the unknown shape "${String(name).slice(0, 40)}" were left out`
}

function partOf({ attributes }: ViaRegion): string | null {
  const said = attributes[PART_OF]
  return typeof said === 'string' ? said : null
}

function labelOf({ attributes }: ViaRegion, { label }: Survey, context: Context): Label | null {
  const { tally, target } = context
  const [name, ...others] = label === null ? [] : chosen(attributes[label])
  if (name !== undefined) {
    if (label !== 'label') tally.note(`regions were labelled by their attribute "${label}"`)
    if (others.length > 0) tally.note('regions with several labels keep the first')
    return tally.label(name)
  }
  const [only] = target.labels
  // Where nothing says what a region is, a task with one label has only one answer.
  if (only !== undefined && target.labels.length === 1) return tally.label(only.name)
  if (target.labels.length === 0) return tally.label(NAMELESS)
  tally.nameless('regions without a label were left out')
  return null
}

/** What an attribute says: a text, the number of a choice, or the boxes that are ticked. */
function chosen(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(chosen)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, isTicked]) => (isTrue(isTicked) ? [name] : []))
}

function facts(
  { attributes }: ViaRegion,
  label: Label,
  survey: Survey,
  tally: ImportTally,
): { occluded: boolean; attributes: AttributeValue[] } {
  const isOwn = label.attributes.some(({ name }) => name === OCCLUDED)
  const found = Object.entries(attributes).flatMap(([name, value]) => {
    if (name === survey.label || (OWN_WORDS.has(name) && !(name === OCCLUDED && isOwn))) return []
    return attributeIn(name, value, label, tally)
  })
  return { occluded: !isOwn && isTrue(attributes[OCCLUDED]), attributes: found }
}

function attributeIn(
  name: string,
  value: JsonObject[string],
  label: Label,
  tally: ImportTally,
): AttributeValue[] {
  const text = typeof value === 'string' ? value : chosen(value).join(',')
  if (text === '' && value !== '') return []
  const spec = tally.labels.attribute(label, name, text)
  if (spec === null) return []
  const known = attributeText(spec, text)
  if (known !== null) return [{ specId: spec.id, value: known }]
  if (text !== '') {
    tally.note(
      `values of the attribute "${name}" of "${label.name}" that it cannot have were left out`,
    )
  }
  return []
}

function tagsOf(
  attributes: JsonObject,
  { index }: DatasetFrame,
  { tags }: Survey,
  tally: ImportTally,
): NewAnnotation[] {
  const names = tags === null ? [] : chosen(attributes[tags])
  const others = Object.keys(attributes).filter(
    (name) => name !== tags && chosen(attributes[name]).length > 0,
  )
  for (const name of others) tally.note(`values of the pictures' attribute "${name}" were left out`)
  return names.flatMap((name) => {
    const label = tally.label(name)
    return label === null ? [] : newTag({ frame: index, labelId: label.id })
  })
}
