/** Labels as a file describes them, made ready to be stored (formats.md 2.3, 2.4, 37). */
import type { Label } from '#shared/domain/label.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RawAttribute, RawLabel } from '#shared/domain/raw-label.ts'
import { skeletonTemplate } from '#shared/domain/skeleton.ts'
import { parseSkeletonSvg, writeSkeletonSvg } from '#shared/domain/skeleton-svg.ts'
import type { DescribedLabel } from '../../ports.ts'
import type { FoundLabel } from './found-labels.ts'

/** Names CVAT's formats give to what is no attribute of a label. */
const BUILT_IN = new Set(['occluded', 'outside', 'keyframe', 'track_id', 'rotation'])

/**
 * A label that is not here yet.
 * @param name  what it shall be called here
 * @throws LABELS_INVALID where the file's names cannot be ours
 */
export function newLabel(found: FoundLabel, name = found.name): RawLabel {
  const base = { name, ...colorOf(found), attributes: attributesOf(found) }
  if (!found.isSkeleton || found.joints.size === 0)
    return parsed({ ...base, type: typeOf(found) ?? 'any' })
  const sublabels = [...found.joints.values()].map((joint) => ({
    name: joint.name,
    ...colorOf(joint),
    type: 'points' as const,
    attributes: attributesOf(joint),
  }))
  return parsed({ ...base, type: 'skeleton', svg: svgOf(found), sublabels })
}

/** A label of which no file knows anything but that it is wanted. @throws LABELS_INVALID */
export function plainLabel(name: string): RawLabel {
  return parsed({ name, type: 'any', attributes: [] })
}

/** What the file knows of a label beyond what is here: joints and attributes to add to it. Null: nothing. */
export function addedTo(known: Label, found: FoundLabel): RawLabel | null {
  const attributes = attributesOf(found)
  const sublabels = [...found.joints.values()].flatMap((joint) => {
    const own = known.sublabels.find(({ name }) => name === joint.name)
    const values = attributesOf(joint)
    if (own === undefined || values.length === 0) return []
    return [{ id: own.id, name: own.name, type: own.type, attributes: values }]
  })
  if (attributes.length === 0 && sublabels.length === 0) return null
  return { id: known.id, name: known.name, type: known.type, attributes, sublabels }
}

function parsed(label: unknown): RawLabel {
  const [one] = parseRawLabels([label])
  return one as RawLabel
}

function attributesOf(found: FoundLabel): RawAttribute[] {
  return [...found.attributes]
    .filter(([name]) => !BUILT_IN.has(name))
    .map(([, guess]) => guess.raw())
}

function last<K extends keyof DescribedLabel>(
  { described }: FoundLabel,
  key: K,
): DescribedLabel[K] | undefined {
  return described.findLast((one) => one[key] !== undefined)?.[key]
}

function colorOf(found: FoundLabel): { color?: string } {
  const color = last(found, 'color')
  return color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? { color } : {}
}

function typeOf(found: FoundLabel) {
  const type = last(found, 'type')
  return type === 'skeleton' ? 'any' : type
}

/** The file's drawing where it can be read and names these joints; else joints on a circle, joined as the file says. */
function svgOf(found: FoundLabel): string {
  const sublabels = [...found.joints.values()].map(({ name }) => ({ name }))
  const svg = last(found, 'svg')
  if (svg !== undefined && isOf(svg, sublabels)) return svg
  const { nodes } = skeletonTemplate({ svg: null, sublabels })
  const place = new Map(sublabels.map(({ name }, at) => [name, at]))
  const edges = (last(found, 'edges') ?? []).flatMap(([from, to]): [number, number][] => {
    const [a, b] = [place.get(from), place.get(to)]
    return a === undefined || b === undefined || a === b ? [] : [[a, b]]
  })
  return writeSkeletonSvg({ nodes: nodes.map(rounded), edges })
}

function isOf(svg: string, sublabels: readonly { name: string }[]): boolean {
  try {
    const names = new Set(sublabels.map(({ name }) => name))
    return parseSkeletonSvg(svg, sublabels).nodes.every(({ name }) => names.has(name))
  } catch {
    return false
  }
}

function rounded<N extends { readonly x: number; readonly y: number }>(node: N): N {
  return { ...node, x: Math.round(node.x * 100) / 100, y: Math.round(node.y * 100) / 100 }
}
