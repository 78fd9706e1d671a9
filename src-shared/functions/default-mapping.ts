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
  for (const one of functionLabels) {
    const fitting = labels.filter((label) => isCompatible(one.type, label.type))
    const label = findNamed(fitting, one.name)
    if (!label) continue
    const sublabels = defaultSublabels(one, label)
    if (label.type === 'skeleton' && Object.keys(sublabels).length === 0) continue
    mapping[one.name] = { name: label.name, attributes: defaultAttributes(one, label), sublabels }
  }
  return mapping
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
