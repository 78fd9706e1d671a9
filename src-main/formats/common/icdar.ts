/** What the three ICDAR formats share: one label for everything, and its text. */
import type { NewAnnotation } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import { changed } from './census.ts'
import type { ImportTally } from './import-tally.ts'
import { attributeValue } from './label-index.ts'
import { readValues } from './read-attributes.ts'

/** The label everything in an ICDAR file has. */
export const ICDAR_LABEL = 'icdar'

/** CVAT writes and reads `text`, its manual says `caption`: whichever the label has. */
const TEXT_NAMES = ['text', 'caption'] as const

export function textSpec(label: Label | undefined): AttributeSpec | null {
  for (const name of TEXT_NAMES) {
    const spec = label?.attributes.find((one) => one.name === name)
    if (spec !== undefined) return spec
  }
  return null
}

/** The text of an annotation; null for one whose label has no attribute for it. */
export function textOf(annotation: Pick<NewAnnotation, 'attributes'>, label: Label | undefined) {
  const spec = textSpec(label)
  return spec === null ? null : attributeValue(spec, annotation.attributes)
}

/** What stands for line breaks in a file of lines. */
export function onOneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ')
}

/** Tell a project that is made from the file what its one label is like: texts are texts, though they look like numbers. */
export function describeIcdar(tally: ImportTally, names: readonly string[]): void {
  const attributes = names.map((name) => ({ name, inputType: 'text' as const, values: [] }))
  tally.describe({ name: ICDAR_LABEL, attributes })
}

/** The attribute that holds the text, from a file that says it. */
export function textValues(label: Label, text: string, tally: ImportTally): AttributeValue[] {
  const spec = tally.labels.attribute(label, 'text', text)
  return readValues({ [spec === null ? 'caption' : 'text']: text }, label, tally)
}

/**
 * What is lost of one annotation that is written.
 * @param kept  attributes the format has a place for, beside the text
 */
export function icdarChanges(
  annotation: Pick<NewAnnotation, 'attributes'>,
  label: Label,
  kept: readonly string[] = [],
): Loss[] {
  const text = textSpec(label)
  const others = annotation.attributes.filter(({ specId, value }) => {
    const spec = label.attributes.find(({ id }) => id === specId)
    return (
      spec !== undefined &&
      spec !== text &&
      !kept.includes(spec.name) &&
      value !== spec.defaultValue
    )
  })
  const isBroken = /[\r\n]/.test(textOf(annotation, label) ?? '')
  return [
    ...(label.name === ICDAR_LABEL ? [] : [changed(1, `labels become "${ICDAR_LABEL}"`)]),
    ...(others.length === 0
      ? []
      : [changed(1, 'annotations lose other attributes than their text')]),
    ...(isBroken ? [changed(1, 'texts of several lines are written on one')] : []),
  ]
}
