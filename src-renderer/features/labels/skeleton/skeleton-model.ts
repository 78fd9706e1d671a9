import { distinctLabelColor } from '#shared/domain/distinct-color.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { skeletonTemplate } from '#shared/domain/skeleton.ts'
import type { RawSublabel, SkeletonFile } from '#shared/domain/skeleton-file.ts'
import { writeSkeletonSvg } from '#shared/domain/skeleton-svg.ts'

/** A skeleton while it is built: a value, so that undo is keeping the one before. */
export interface SkeletonModel {
  readonly joints: readonly ModelJoint[]
  /** Pairs of indices into `joints`. */
  readonly edges: readonly (readonly [number, number])[]
}

/** A joint: where it stands in the box of 100 x 100, and the sublabel it is. */
export interface ModelJoint {
  readonly x: number
  readonly y: number
  readonly sublabel: RawSublabel
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** Something chosen: a joint, or an edge, by index. */
export type Chosen = { readonly kind: 'joint' | 'edge'; readonly index: number }

export const emptySkeleton: SkeletonModel = { joints: [], edges: [] }

/** The skeleton of a label as it is; ids stay, so that the core knows which joint was meant. */
export function modelOfLabel({ svg, sublabels = [] }: RawLabel): SkeletonModel {
  const { nodes, edges } = skeletonTemplate({ svg: svg ?? null, sublabels })
  const joints = sublabels.map((sublabel, index) => {
    const { x, y } = nodes[index] ?? { x: 50, y: 50 }
    return { x, y, sublabel }
  })
  return { joints, edges }
}

/** A file's skeleton, or another label's, as a new one: joints that are of no label yet. */
export function modelOfFile({ template, sublabels }: SkeletonFile): SkeletonModel {
  const joints = template.nodes.map(({ x, y, name }, index) => {
    return { x, y, sublabel: sublabels[index] ?? newSublabel(name, []) }
  })
  return { joints, edges: template.edges }
}

/** The same joints with no ids, names and looks kept: the start of another label. */
export function copyOf(model: SkeletonModel): SkeletonModel {
  return {
    ...model,
    joints: model.joints.map(({ sublabel, ...joint }) => {
      const { id: _, ...plain } = sublabel
      const attributes = plain.attributes.map(({ id: __, ...attribute }) => attribute)
      return { ...joint, sublabel: { ...plain, attributes } }
    }),
  }
}

export function fileOf({ joints, edges }: SkeletonModel): SkeletonFile {
  const nodes = joints.map(({ x, y, sublabel }) => ({ x, y, name: sublabel.name }))
  return { template: { nodes, edges }, sublabels: joints.map(({ sublabel }) => sublabel) }
}

/** What of a raw label a skeleton is. */
export function labelParts(model: SkeletonModel): Pick<RawLabel, 'type' | 'svg' | 'sublabels'> {
  const { template, sublabels } = fileOf(model)
  return { type: 'skeleton', svg: writeSkeletonSvg(template), sublabels: [...sublabels] }
}

function newSublabel(name: string, colors: readonly string[]): RawSublabel {
  return { name, type: 'points', color: distinctLabelColor(name, colors), attributes: [] }
}

/** A joint at the end, called by the first number that is free. */
export function addJoint(model: SkeletonModel, place: Place): SkeletonModel {
  const names = new Set(model.joints.map(({ sublabel }) => sublabel.name))
  let number = model.joints.length + 1
  while (names.has(String(number))) number++
  const colors = model.joints.flatMap(({ sublabel }) => sublabel.color ?? [])
  const joint = { ...inBox(place), sublabel: newSublabel(String(number), colors) }
  return { ...model, joints: [...model.joints, joint] }
}

export function moveJoint(model: SkeletonModel, index: number, place: Place): SkeletonModel {
  return withJoint(model, index, (joint) => ({ ...joint, ...inBox(place) }))
}

export function changeSublabel(
  model: SkeletonModel,
  index: number,
  change: Partial<RawSublabel>,
): SkeletonModel {
  return withJoint(model, index, (joint) => {
    return { ...joint, sublabel: { ...joint.sublabel, ...change } }
  })
}

function withJoint(
  model: SkeletonModel,
  index: number,
  how: (joint: ModelJoint) => ModelJoint,
): SkeletonModel {
  return { ...model, joints: model.joints.map((joint, at) => (at === index ? how(joint) : joint)) }
}

/** Inside, and to a hundredth: finer than a hand, and the SVG stays readable. */
function inBox({ x, y }: Place): Place {
  const tidy = (value: number) => Math.round(Math.min(Math.max(value, 0), 100) * 100) / 100
  return { x: tidy(x), y: tidy(y) }
}

/** An edge between two joints; where there is one already, either way round, it stays the only one. */
export function connect(model: SkeletonModel, from: number, to: number): SkeletonModel {
  const exists = model.edges.some(([a, b]) => (a === from && b === to) || (a === to && b === from))
  return from === to || exists ? model : { ...model, edges: [...model.edges, [from, to]] }
}

/** Without a joint, and without the edges that went to it; or without an edge. */
export function remove(model: SkeletonModel, { kind, index }: Chosen): SkeletonModel {
  if (kind === 'edge') return { ...model, edges: model.edges.filter((_, at) => at !== index) }
  const down = (joint: number) => (joint > index ? joint - 1 : joint)
  return {
    joints: model.joints.filter((_, at) => at !== index),
    edges: model.edges
      .filter(([from, to]) => from !== index && to !== index)
      .map(([from, to]): [number, number] => [down(from), down(to)]),
  }
}

/** What keeps it from being a label; null = nothing. `name` is the joint's. */
export function problemOf({ joints }: SkeletonModel): {
  readonly key: 'noJoints' | 'jointNameless' | 'jointTwin'
  name: string
} | null {
  if (joints.length === 0) return { key: 'noJoints', name: '' }
  const seen = new Set<string>()
  for (const { sublabel } of joints) {
    const name = sublabel.name.trim()
    if (name === '') return { key: 'jointNameless', name }
    if (seen.has(name)) return { key: 'jointTwin', name }
    seen.add(name)
  }
  return null
}
