import type { FunctionLabel } from '../../domain/function.ts'
import { type InputType, inputTypes, type LabelType, labelTypes } from '../../domain/label.ts'
import { parseSkeletonSvg } from '../../domain/skeleton-svg.ts'
import {
  type Fields,
  itemsIn,
  LONGEST_NAME,
  nameIn,
  refuseTwins,
  SpecProblem,
  textOf,
} from './plain-values.ts'

const MOST_LABELS = 20_000
const MOST_PARTS = 2_000
const MOST_VALUES = 20_000

type Attribute = FunctionLabel['attributes'][number]
type Sublabel = FunctionLabel['sublabels'][number]

/**
 * The labels of a function as CVAT's `spec` has them: JSON text (or, in a function.yaml, a list), which may be empty.
 * `id`s are the function's own business.
 * @param hint  told what works here and not on a CVAT server
 * @throws SpecProblem
 */
export function readLabelSpec(spec: unknown, hint: (sentence: string) => void): FunctionLabel[] {
  const items = itemsIn(specValue(spec), 'the labels of spec', MOST_LABELS)
  const labels = items.map((item) => labelOf(item, hint))
  refuseTwins(
    labels.map(({ name }) => name),
    'labels',
  )
  return labels
}

function specValue(spec: unknown): unknown {
  if (typeof spec !== 'string') return spec
  if (spec.trim() === '') return []
  try {
    return JSON.parse(spec)
  } catch {
    throw new SpecProblem('spec is no JSON')
  }
}

function labelOf(item: Fields, hint: (sentence: string) => void): FunctionLabel {
  const name = nameIn(item, 'a label')
  const type = typeOf(item, name)
  const sublabels = itemsIn(item.sublabels, `the sublabels of ${name}`, MOST_PARTS).map((one) =>
    sublabelOf(one, name),
  )
  refuseTwins(
    sublabels.map((one) => one.name),
    `sublabels of ${name}`,
  )
  if (type !== 'skeleton' && sublabels.length > 0)
    throw new SpecProblem(`${name} has sublabels and is no skeleton`)
  if (type === 'skeleton' && sublabels.length === 0)
    throw new SpecProblem(`the skeleton ${name} has no sublabels`)
  const svg = type === 'skeleton' ? svgOf(item, name, sublabels, hint) : null
  return { name, type, attributes: attributesOf(item, name), sublabels, svg }
}

function sublabelOf(item: Fields, of: string): Sublabel {
  const name = nameIn(item, `a sublabel of ${of}`)
  const type = typeOf(item, name)
  if (type === 'skeleton') throw new SpecProblem(`${name}, a sublabel, is a skeleton itself`)
  return { name, type, attributes: attributesOf(item, name) }
}

/** Missing, and `unknown` of older servers, mean any. */
function typeOf(item: Fields, name: string): LabelType {
  const type = textOf(item.type)?.trim() ?? ''
  if (type === '' || type === 'unknown') return 'any'
  const known = labelTypes.find((one) => one === type)
  if (!known) throw new SpecProblem(`${name} has the type ${type.slice(0, 50)}, which nobody knows`)
  return known
}

/** Where the joints lie is a help, no more: a drawing nobody can read leaves a skeleton without one. */
function svgOf(
  item: Fields,
  name: string,
  sublabels: readonly Sublabel[],
  hint: (sentence: string) => void,
): string | null {
  const svg = textOf(item.svg)?.trim() ?? ''
  if (svg === '') {
    hint(`The skeleton ${name} has no svg; a CVAT server refuses the function.`)
    return null
  }
  try {
    parseSkeletonSvg(svg, sublabels)
    return svg
  } catch {
    hint(`The svg of the skeleton ${name} cannot be read.`)
    return null
  }
}

function attributesOf(item: Fields, of: string): Attribute[] {
  const attributes = itemsIn(item.attributes, `the attributes of ${of}`, MOST_PARTS).map((one) =>
    attributeOf(one, of),
  )
  refuseTwins(
    attributes.map(({ name }) => name),
    `attributes of ${of}`,
  )
  return attributes
}

function attributeOf(item: Fields, of: string): Attribute {
  const name = nameIn(item, `an attribute of ${of}`)
  const given = textOf(item.input_type)?.trim() ?? 'text'
  const inputType: InputType | undefined = inputTypes.find((one) => one === given)
  if (!inputType)
    throw new SpecProblem(`the attribute ${name} of ${of} has the input_type ${given.slice(0, 50)}`)
  return { name, inputType, values: valuesOf(item.values, `${name} of ${of}`) }
}

function valuesOf(values: unknown, of: string): string[] {
  if (values === undefined || values === null) return []
  if (!Array.isArray(values)) throw new SpecProblem(`the values of ${of} are no list`)
  if (values.length > MOST_VALUES)
    throw new SpecProblem(`the values of ${of} are more than ${MOST_VALUES}`)
  return values.map((value: unknown) => {
    const text = textOf(value)
    if (text === null || text.length > LONGEST_NAME)
      throw new SpecProblem(`a value of ${of} is no short text`)
    return text
  })
}
