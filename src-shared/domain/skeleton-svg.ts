import { AppError } from '../errors/app-error.ts'
import { escapeXml, type SvgTag, SvgTextError, svgTags } from './svg-tags.ts'

/**
 * How the joints of a skeleton lie and hang together. Places are in a box of 100 x 100, origin top-left, y down; edges
 * are pairs of indices into `nodes`.
 */
export interface SkeletonTemplate {
  readonly nodes: readonly SkeletonNode[]
  readonly edges: readonly (readonly [number, number])[]
}

export interface SkeletonNode {
  readonly x: number
  readonly y: number
  /** Of the sublabel it stands for. */
  readonly name: string
}

/** What a node may be called by: its sublabel's name or, as on a CVAT server, its id. */
type Named = { readonly id?: number | undefined; readonly name: string }

/** More is not a skeleton a person made. */
const LONGEST = 1_000_000
const MOST_NODES = 1_000
const MOST_EDGES = 20_000

/** Besides lines and circles CVAT's files hold these; they say nothing of the skeleton. */
const PASSED_OVER = new Set(['svg', 'g', 'desc', 'title', 'text', 'tspan'])

/**
 * Reads CVAT's skeleton SVG: a `<circle data-type="element node">` a joint and a `<line data-type="edge">` a bone. Only
 * numbers and names are taken out of it; the text itself never reaches a page.
 * @param sublabels  names joints that are called by id, or (a file without names) by their place in the list
 * @param names  names by `data-element-id`, where the file has them apart from the nodes; they win
 * @throws SKELETON_SVG_INVALID
 */
export function parseSkeletonSvg(
  svg: string,
  sublabels: readonly Named[] = [],
  names: ReadonlyMap<string, string> = new Map(),
): SkeletonTemplate {
  if (svg.length > LONGEST) throw invalid(`it is longer than ${LONGEST} characters`)
  const tags = tagsOf(svg)
  const stranger = tags.find((tag) => !isPartOf(tag))
  if (stranger) throw invalid(`<${stranger.name.slice(0, 40)}> has no place in a skeleton`)
  const circles = tags.filter(({ name }) => name === 'circle')
  const lines = tags.filter(({ name }) => name === 'line')
  if (circles.length === 0) throw invalid('it has no points')
  if (circles.length > MOST_NODES) throw invalid(`it has more than ${MOST_NODES} points`)
  if (lines.length > MOST_EDGES) throw invalid(`it has more than ${MOST_EDGES} edges`)
  const numbers = new Map<string, number>()
  const nodes = circles.map((tag, index): SkeletonNode => {
    const number = tag.attributes.get('data-node-id') ?? String(index + 1)
    if (numbers.has(number)) throw invalid(`two points have the number ${number.slice(0, 40)}`)
    numbers.set(number, index)
    const [x, y] = [coordinate(tag, 'cx'), coordinate(tag, 'cy')]
    return { x, y, name: nameOf(tag, index, sublabels, names) }
  })
  refuseTwins(nodes)
  return { nodes, edges: edgesOf(lines, numbers) }
}

function tagsOf(svg: string): SvgTag[] {
  try {
    return svgTags(svg)
  } catch (error) {
    if (error instanceof SvgTextError) throw invalid(error.message)
    throw error
  }
}

function isPartOf({ name }: SvgTag): boolean {
  return name === 'circle' || name === 'line' || PASSED_OVER.has(name)
}

function coordinate({ attributes }: SvgTag, key: 'cx' | 'cy'): number {
  const text = attributes.get(key) ?? ''
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= 0 && value <= 100) return value
  throw invalid(`${key}="${text.slice(0, 40)}" of a point is not a number from 0 to 100`)
}

function nameOf(
  { attributes }: SvgTag,
  index: number,
  sublabels: readonly Named[],
  names: ReadonlyMap<string, string>,
): string {
  const element = attributes.get('data-element-id') ?? String(index + 1)
  const id = attributes.get('data-label-id')
  const byId = id === undefined ? undefined : sublabels.find((one) => String(one.id) === id)
  return (
    names.get(element) ??
    attributes.get('data-label-name') ??
    byId?.name ??
    sublabels[Number(element) - 1]?.name ??
    element
  )
}

function refuseTwins(nodes: readonly SkeletonNode[]): void {
  const seen = new Set<string>()
  for (const { name } of nodes) {
    if (seen.has(name)) throw invalid(`two points are called "${name.slice(0, 64)}"`)
    seen.add(name)
  }
}

/** Edges drawn twice, either way round, count once. */
function edgesOf(lines: readonly SvgTag[], numbers: ReadonlyMap<string, number>) {
  const edges = new Map<string, [number, number]>()
  for (const { attributes } of lines) {
    const [from, to] = ['from', 'to'].map((end) => {
      const number = attributes.get(`data-node-${end}`) ?? ''
      const index = numbers.get(number)
      if (index !== undefined) return index
      throw invalid(`an edge goes to the point ${number.slice(0, 40)}, which is not there`)
    }) as [number, number]
    if (from === to) throw invalid('an edge begins and ends at the same point')
    const key = `${Math.min(from, to)} ${Math.max(from, to)}`
    if (!edges.has(key)) edges.set(key, [from, to])
  }
  return [...edges.values()]
}

/**
 * The template as CVAT writes it: edges first, then nodes, numbered from 1, called by their sublabels' names. CVAT's
 * server finds `data-label-name="…"` by its very text, so the form of that attribute is fixed.
 */
export function writeSkeletonSvg({ nodes, edges }: SkeletonTemplate): string {
  const lines = edges.map(([from, to]) => {
    const [a, b] = [nodes[from], nodes[to]]
    return (
      `<line x1="${a?.x}" y1="${a?.y}" x2="${b?.x}" y2="${b?.y}" stroke="black" data-type="edge" ` +
      `data-node-from="${from + 1}" stroke-width="0.5" data-node-to="${to + 1}"></line>`
    )
  })
  const circles = nodes.map(
    ({ x, y, name }, index) =>
      `<circle r="1.5" stroke="black" fill="#b3b3b3" cx="${x}" cy="${y}" stroke-width="0.1" ` +
      `data-type="element node" data-element-id="${index + 1}" data-node-id="${index + 1}" ` +
      `data-label-name="${escapeXml(name)}"></circle>`,
  )
  return [...lines, ...circles].join('')
}

function invalid(problem: string): AppError {
  return new AppError('SKELETON_SVG_INVALID', { problem })
}
