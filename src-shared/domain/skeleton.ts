import type { SkeletonElement } from './annotation.ts'
import type { Label } from './label.ts'
import { parseSkeletonSvg, type SkeletonNode, type SkeletonTemplate } from './skeleton-svg.ts'

type Skeleton = Pick<Label, 'svg' | 'sublabels'>

/** As much of a skeleton label, stored or raw, as its layout needs. */
export interface SkeletonLayout {
  readonly svg: string | null
  readonly sublabels: readonly { readonly id?: number | undefined; readonly name: string }[]
}

const templates = new WeakMap<SkeletonLayout, SkeletonTemplate>()

/**
 * How a label's skeletons look: a node for each sublabel, in the sublabels' order, whatever the stored SVG says. Joints
 * it does not name, or all when it cannot be read, stand on a circle. Made once per label; never throws.
 */
export function skeletonTemplate(label: SkeletonLayout): SkeletonTemplate {
  const known = templates.get(label)
  if (known) return known
  const template = makeTemplate(label)
  templates.set(label, template)
  return template
}

function makeTemplate({ svg, sublabels }: SkeletonLayout): SkeletonTemplate {
  const drawn = readable({ svg, sublabels })
  const places = new Map(drawn.nodes.map((node, index) => [node.name, { node, index }]))
  const indices = new Map<number, number>()
  const nodes = sublabels.map(({ name }, index): SkeletonNode => {
    const place = places.get(name)
    if (!place) return { name, ...onCircle(index, sublabels.length) }
    indices.set(place.index, index)
    return place.node
  })
  const edges = drawn.edges.flatMap(([from, to]): [number, number][] => {
    const [a, b] = [indices.get(from), indices.get(to)]
    return a === undefined || b === undefined ? [] : [[a, b]]
  })
  return { nodes, edges }
}

function readable({ svg, sublabels }: SkeletonLayout): SkeletonTemplate {
  try {
    return svg ? parseSkeletonSvg(svg, sublabels) : { nodes: [], edges: [] }
  } catch {
    return { nodes: [], edges: [] }
  }
}

function onCircle(index: number, count: number): { x: number; y: number } {
  const angle = (2 * Math.PI * index) / Math.max(1, count)
  return { x: 50 + 45 * Math.sin(angle), y: 50 - 45 * Math.cos(angle) }
}

/** Image pixels, far edges included. */
export interface SkeletonBox {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** A joint of every sublabel, laid out so that the template's outermost nodes touch the box. */
export function jointsInBox(label: Skeleton, box: SkeletonBox): SkeletonElement[] {
  const { nodes } = skeletonTemplate(label)
  const xs = spread(nodes.map(({ x }) => x))
  const ys = spread(nodes.map(({ y }) => y))
  return label.sublabels.map((sublabel, index): SkeletonElement => {
    const x = box.x1 + (xs[index] ?? 0.5) * (box.x2 - box.x1)
    const y = box.y1 + (ys[index] ?? 0.5) * (box.y2 - box.y1)
    return { labelId: sublabel.id, points: [x, y], occluded: false, outside: false, attributes: [] }
  })
}

/** Values as 0 … 1 between the least and the largest; in the middle where all are one. */
function spread(values: readonly number[]): number[] {
  const least = Math.min(...values)
  const range = Math.max(...values) - least
  return values.map((value) => (range > 0 ? (value - least) / range : 0.5))
}

/**
 * A skeleton's joints in the order of its label's sublabels. One that a file left out, or that was added to the label
 * later, is there as an outside joint in its template's place, so that it can be brought back. The same list when
 * nothing is missing.
 */
export function completeJoints(
  label: Skeleton,
  elements: readonly SkeletonElement[],
): readonly SkeletonElement[] {
  const { sublabels } = label
  const inOrder =
    elements.length === sublabels.length &&
    elements.every((joint, index) => joint.labelId === sublabels[index]?.id)
  if (inOrder) return elements
  const known = new Map(elements.map((joint) => [joint.labelId, joint]))
  const fallback = jointsInBox(label, boxOfJoints(elements))
  return sublabels.flatMap(({ id }, index) => {
    const missing = fallback[index]
    return known.get(id) ?? (missing ? { ...missing, outside: true } : [])
  })
}

/** Around all joints, outside ones too. */
function boxOfJoints(elements: readonly SkeletonElement[]): SkeletonBox {
  const xs = elements.map(({ points }) => points[0] ?? 0)
  const ys = elements.map(({ points }) => points[1] ?? 0)
  if (xs.length === 0) return { x1: 0, y1: 0, x2: 0, y2: 0 }
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) }
}

/** A skeleton is occluded when every joint that is seen is. */
export function isOccludedByJoints(elements: readonly SkeletonElement[]): boolean {
  const seen = elements.filter((joint) => !joint.outside)
  return seen.length > 0 && seen.every((joint) => joint.occluded)
}

/**
 * Joints of one skeleton label as those of another, by their names; null unless both have joints of the very same names.
 * Attributes belong to the old joints and go with them.
 */
export function relabelJoints(
  from: Skeleton,
  to: Skeleton,
  elements: readonly SkeletonElement[],
): SkeletonElement[] | null {
  const names = new Map(from.sublabels.map(({ id, name }) => [id, name]))
  const ids = new Map(to.sublabels.map(({ id, name }) => [name, id]))
  if (ids.size !== names.size || ![...names.values()].every((name) => ids.has(name))) return null
  return elements.flatMap((joint): SkeletonElement[] => {
    const labelId = ids.get(names.get(joint.labelId) ?? '')
    return labelId === undefined ? [] : [{ ...joint, labelId, attributes: [] }]
  })
}
