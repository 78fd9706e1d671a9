/**
 * A label mapping looked up: from a function's names to the labels, joints and attributes of a task. It is CVAT's form and
 * follows CVAT's rules, but that names are also found in another spelling, and that attributes and joints which a mapping
 * does not mention at all go by name.
 */
import type { FunctionLabel } from '../domain/function.ts'
import type { AttributeSpec, Label, LabelType } from '../domain/label.ts'
import type { LabelMapping } from '../domain/label-mapping.ts'
import { AppError } from '../errors/app-error.ts'
import { isCompatible } from './compatible.ts'
import {
  declaredLabels,
  defaultAttributes,
  defaultMapping,
  defaultSublabels,
} from './default-mapping.ts'
import { findNamed, foldName } from './names.ts'

type Attributes = ReadonlyMap<string, AttributeSpec>

export interface MappedJoint {
  readonly label: Label['sublabels'][number]
  readonly attributes: Attributes
}

export interface MappedLabel {
  readonly label: Label
  /** By the function's names. */
  readonly attributes: Attributes
  /** By the function's names; of skeletons. */
  readonly joints: ReadonlyMap<string, MappedJoint>
}

/** What labels of a function become. */
export interface ResolvedMapping {
  /** How many labels of the function become anything. */
  readonly size: number
  /** Null: nothing, it is dropped. */
  of(name: string): MappedLabel | null
}

/**
 * @param mapping  undefined: by name
 * @throws MAPPING_INVALID which says what of it does not fit
 */
export function resolveMapping(
  mapping: LabelMapping | undefined,
  functionLabels: readonly FunctionLabel[],
  labels: readonly Label[],
): ResolvedMapping {
  const declared = declaredLabels(functionLabels, labels, mapping)
  const given = mapping ?? defaultMapping(declared, labels)
  const resolved = new Map(
    Object.entries(given).map(([name, entry]) => {
      const from = findNamed(declared, name)
      if (!from) throw invalid(`the function has no label "${name}"`)
      return [from.name, resolveEntry(from, entry, labels)] as const
    }),
  )
  const folded = new Map([...resolved].map(([name, entry]) => [foldName(name), entry]))
  const own = new Set(functionLabels.map(({ name }) => name))
  return {
    size: resolved.size,
    // Some functions answer in another spelling than their own label list has; what is in it means itself.
    of: (name) =>
      resolved.get(name) ?? (own.has(name) ? null : (folded.get(foldName(name)) ?? null)),
  }
}

/** The same with every attribute and joint named, those it leaves to their names too. Only of one that resolves. */
export function wholeMapping(
  mapping: LabelMapping,
  functionLabels: readonly FunctionLabel[],
  labels: readonly Label[],
): LabelMapping {
  const resolved = resolveMapping(mapping, functionLabels, labels)
  const names = (attributes: Attributes) =>
    Object.fromEntries([...attributes].map(([name, spec]) => [name, spec.name]))
  return Object.fromEntries(
    Object.keys(mapping).flatMap((name) => {
      const mapped = resolved.of(name)
      if (!mapped) return []
      const sublabels = [...mapped.joints].map(([joint, { label, attributes }]) => [
        joint,
        { name: label.name, attributes: names(attributes) },
      ])
      const { label, attributes } = mapped
      return [
        [
          name,
          {
            name: label.name,
            attributes: names(attributes),
            sublabels: Object.fromEntries(sublabels),
          },
        ],
      ]
    }),
  )
}

/** As much of a mapping as still fits: labels may have been renamed or removed since it was chosen. */
export function fittingPart(
  mapping: LabelMapping,
  functionLabels: readonly FunctionLabel[],
  labels: readonly Label[],
): LabelMapping {
  return Object.fromEntries(
    Object.entries(mapping).filter(([name, entry]) => {
      try {
        resolveMapping({ [name]: entry }, functionLabels, labels)
        return true
      } catch {
        return false
      }
    }),
  )
}

type Entry = LabelMapping[string]

function resolveEntry(
  from: FunctionLabel,
  { name, attributes, sublabels }: Entry,
  labels: readonly Label[],
): MappedLabel {
  const label = findNamed(labels, name)
  if (!label) throw invalid(`the task has no label "${name}"`)
  if (!isCompatible(from.type, label.type))
    throw invalid(`"${from.name}" is ${a(from.type)}, and "${label.name}" is ${a(label.type)}`)
  const mapped = {
    label,
    attributes: resolveAttributes(from, label, attributes ?? defaultAttributes(from, label)),
  }
  if (label.type !== 'skeleton') return { ...mapped, joints: new Map() }
  const joints = resolveJoints(from, label, sublabels ?? defaultSublabels(from, label))
  if (joints.size === 0)
    throw invalid(`the skeleton "${from.name}" needs at least one joint that is mapped`)
  return { ...mapped, joints }
}

function resolveJoints(
  from: FunctionLabel,
  label: Label,
  sublabels: NonNullable<Entry['sublabels']>,
): ReadonlyMap<string, MappedJoint> {
  const taken = new Map<number, string>()
  return new Map(
    Object.entries(sublabels).map(([name, { name: to, attributes }]) => {
      const source = findNamed(from.sublabels, name)
      if (!source) throw invalid(`"${from.name}" of the function has no joint "${name}"`)
      const joint = findNamed(label.sublabels, to)
      if (!joint) throw invalid(`"${label.name}" of the task has no joint "${to}"`)
      const other = taken.get(joint.id)
      if (other !== undefined)
        throw invalid(`the joints "${other}" and "${name}" would both become "${joint.name}"`)
      taken.set(joint.id, name)
      const values = resolveAttributes(
        source,
        joint,
        attributes ?? defaultAttributes(source, joint),
      )
      return [source.name, { label: joint, attributes: values }]
    }),
  )
}

function resolveAttributes(
  from: { readonly name: string; readonly attributes: readonly { readonly name: string }[] },
  label: { readonly name: string; readonly attributes: readonly AttributeSpec[] },
  names: Readonly<Record<string, string>>,
): Attributes {
  return new Map(
    Object.entries(names).map(([name, to]) => {
      const source = findNamed(from.attributes, name)
      if (!source) throw invalid(`"${from.name}" of the function has no attribute "${name}"`)
      const spec = findNamed(label.attributes, to)
      if (!spec) throw invalid(`"${label.name}" of the task has no attribute "${to}"`)
      return [source.name, spec]
    }),
  )
}

function a(type: LabelType): string {
  if (type === 'any') return 'of any type'
  return type === 'ellipse' ? 'an ellipse' : `a ${type}`
}

const invalid = (problem: string) => new AppError('MAPPING_INVALID', { problem })
