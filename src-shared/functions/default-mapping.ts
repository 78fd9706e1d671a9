import type { FunctionLabel } from '../domain/function.ts'
import type { AttributeSpec, Label } from '../domain/label.ts'
import type { LabelMapping } from '../domain/label-mapping.ts'
import { isCompatible } from './compatible.ts'
import { findNamed } from './names.ts'

interface Attributed {
  readonly attributes: readonly { readonly name: string }[]
}

/**
 * What becomes of a function's labels where nobody chose: the label of that name and a type that goes with it; attributes
 * and joints likewise. What has no such label is not in it. A skeleton is, when at least one joint is.
 */
export function defaultMapping(
  functionLabels: readonly FunctionLabel[],
  labels: readonly Label[],
): LabelMapping {
  const mapping: LabelMapping = {}
  for (const one of declaredLabels(functionLabels, labels)) {
    const fitting = labels.filter((label) => isCompatible(one.type, label.type))
    const label = findNamed(fitting, one.name)
    if (!label) continue
    const sublabels = defaultSublabels(one, label)
    if (label.type === 'skeleton' && Object.keys(sublabels).length === 0) continue
    mapping[one.name] = { name: label.name, attributes: defaultAttributes(one, label), sublabels }
  }
  return mapping
}

/**
 * The labels a function says it has. One that says nothing of them may answer whatever is asked for, else what the task has.
 * @param mapping  what is asked for
 */
export function declaredLabels(
  functionLabels: readonly FunctionLabel[],
  labels: readonly Label[],
  mapping: LabelMapping = {},
): readonly FunctionLabel[] {
  if (functionLabels.length > 0) return functionLabels
  const named = Object.entries(mapping).map(([name, to]) => ({
    name,
    like: findNamed(labels, to.name),
  }))
  const all = [...named, ...labels.map((label) => ({ name: label.name, like: label }))]
  return all.map(({ name, like }) => ({
    name,
    type: like?.type ?? 'any',
    attributes: like?.attributes ?? [],
    sublabels: like?.sublabels ?? [],
    svg: null,
  }))
}

/** By name; see `defaultMapping`. */
export function defaultAttributes(
  { attributes }: Attributed,
  label: { readonly attributes: readonly AttributeSpec[] },
): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(({ name }) => {
      const spec = findNamed(label.attributes, name)
      return spec ? [[name, spec.name]] : []
    }),
  )
}

/** By name; see `defaultMapping`. */
export function defaultSublabels(
  { sublabels }: Pick<FunctionLabel, 'sublabels'>,
  label: Pick<Label, 'sublabels'>,
): Record<string, { name: string; attributes: Record<string, string> }> {
  return Object.fromEntries(
    sublabels.flatMap((one) => {
      const joint = findNamed(label.sublabels, one.name)
      if (!joint) return []
      return [[one.name, { name: joint.name, attributes: defaultAttributes(one, joint) }]]
    }),
  )
}
