import type { z } from 'zod'
import { AppError } from '../errors/app-error.ts'
import type { AttributeSpec, Label, Sublabel } from './label.ts'
import { completeAttribute } from './raw-attribute.ts'
import { type RawAttribute, type RawLabel, rawLabelsSchema } from './raw-label.ts'
import { parseSkeletonSvg } from './skeleton-svg.ts'

/**
 * CVAT's raw label JSON, checked whole and with defaults filled in as CVAT does. Nothing is dropped in silence: what a
 * typo would lose (an unknown key, a second label of the same name) is refused with its place.
 * @throws LABELS_INVALID naming the place, such as `labels[2].attributes[0].values`
 */
export function parseRawLabels(input: unknown): RawLabel[] {
  const parsed = rawLabelsSchema.safeParse(input)
  if (!parsed.success) throw fromIssue(parsed.error.issues[0])
  refuseDuplicates(parsed.data, 'labels', 'label')
  return parsed.data.map((label, index) => completeLabel(label, `labels[${index}]`))
}

/** The raw editor's text of existing labels: `parseRawLabels` reads it back, ids and all. */
export function toRawLabels(labels: readonly Label[]): RawLabel[] {
  return labels.map((label) => ({
    ...toRawBase(label),
    ...(label.type === 'skeleton'
      ? { svg: label.svg ?? '', sublabels: label.sublabels.map(toRawBase) }
      : {}),
  }))
}

function toRawBase({ id, name, color, type, attributes }: Sublabel) {
  return { id, name, color, type, attributes: attributes.map(toRawAttribute) }
}

function toRawAttribute(spec: AttributeSpec): RawAttribute {
  return {
    id: spec.id,
    name: spec.name,
    input_type: spec.inputType,
    mutable: spec.mutable,
    values: spec.values,
    default_value: spec.defaultValue,
  }
}

function completeLabel(label: RawLabel, where: string): RawLabel {
  const sublabels = label.sublabels ?? []
  if (label.type === 'skeleton' && sublabels.length === 0) {
    throw invalid(`${where}.sublabels`, 'a skeleton needs at least one sublabel, its joint')
  }
  if (label.type !== 'skeleton' && sublabels.length > 0) {
    throw invalid(
      `${where}.sublabels`,
      `only a skeleton has sublabels, and this is "${label.type}"`,
    )
  }
  refuseDuplicates(sublabels, `${where}.sublabels`, 'sublabel')
  refuseSvg(label, where)
  return {
    ...completeAttributes(label, where),
    ...(label.sublabels === undefined
      ? {}
      : {
          sublabels: sublabels.map((sublabel, index) => {
            const place = `${where}.sublabels[${index}]`
            if (sublabel.type !== 'skeleton') return completeAttributes(sublabel, place)
            throw invalid(`${place}.type`, 'a skeleton cannot be a joint of another skeleton')
          }),
        }),
  }
}

/** An empty SVG is none: the joints then stand on a circle. Each node of any other must be one of the joints. */
function refuseSvg({ svg, sublabels = [] }: RawLabel, where: string): void {
  if (!svg) return
  try {
    const names = new Set(sublabels.map(({ name }) => name))
    const { nodes } = parseSkeletonSvg(svg, sublabels)
    const stray = nodes.find(({ name }) => !names.has(name))
    if (stray) throw invalid(`${where}.svg`, `no sublabel is called "${stray.name.slice(0, 64)}"`)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SKELETON_SVG_INVALID') throw error
    throw invalid(`${where}.svg`, (error.params as { problem: string }).problem)
  }
}

function completeAttributes<L extends Pick<RawLabel, 'attributes'>>(label: L, where: string): L {
  const place = `${where}.attributes`
  refuseDuplicates(label.attributes, place, 'attribute')
  return {
    ...label,
    attributes: label.attributes.map((attribute, index) =>
      completeAttribute(attribute, (field, problem) =>
        invalid(`${place}[${index}].${field}`, problem),
      ),
    ),
  }
}

function refuseDuplicates(
  items: readonly { id?: number | undefined; name: string }[],
  where: string,
  what: string,
): void {
  const names = new Map<string, number>()
  const ids = new Set<number>()
  for (const [index, { id, name }] of items.entries()) {
    const earlier = names.get(name)
    if (earlier !== undefined) {
      throw invalid(
        `${where}[${index}].name`,
        `${where}[${earlier}] is called "${name}" too, and each ${what} needs a name of its own`,
      )
    }
    if (id !== undefined && ids.has(id)) {
      throw invalid(`${where}[${index}].id`, `another ${what} of the list has the id ${id} too`)
    }
    names.set(name, index)
    if (id !== undefined) ids.add(id)
  }
}

function fromIssue(issue: z.core.$ZodIssue | undefined): AppError {
  const where = issue ? placeOf(issue.path) : 'labels'
  return invalid(where, issue ? problemOf(issue) : 'it is not valid')
}

function placeOf(path: readonly PropertyKey[]): string {
  return `labels${path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`
}

function problemOf(issue: z.core.$ZodIssue): string {
  const field = issue.path.at(-1)
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ')
    return `${keys} is not known here; a typo would lose what it says`
  }
  if (field === 'color') return 'a colour is written #rrggbb, for example #33ddff'
  if (issue.code === 'invalid_format') return 'it has a line break or another control character'
  if (issue.code === 'invalid_value') return `it must be one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type' && issue.path.length === 0) return 'a list [ … ] was expected'
  if (issue.code === 'too_small') return 'it must not be empty'
  if (issue.code === 'too_big') return `it must not be longer than ${issue.maximum} characters`
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && field === 'name'
      ? 'a name is missing'
      : `a value of type ${issue.expected} was expected`
  }
  return 'a text, a number or true / false was expected'
}

function invalid(where: string, problem: string): AppError {
  return new AppError('LABELS_INVALID', { where, problem })
}
