import { AppError } from '../errors/app-error.ts'
import { parseRawLabels } from './parse-raw-labels.ts'
import type { RawLabel } from './raw-label.ts'
import { parseSkeletonSvg, type SkeletonTemplate, writeSkeletonSvg } from './skeleton-svg.ts'
import { escapeXml, svgTags } from './svg-tags.ts'

export type RawSublabel = NonNullable<RawLabel['sublabels']>[number]

/** A skeleton as its own file: the template, and for each node, in the same order, its sublabel. */
export interface SkeletonFile {
  readonly template: SkeletonTemplate
  readonly sublabels: readonly RawSublabel[]
}

/**
 * Reads the SVG file of CVAT's skeleton configurator: the drawing, and names, colours and attributes of its points as
 * JSON in `<desc data-description-type="labels-specification">`. A plain drawing without that is taken, too.
 * @throws SKELETON_SVG_INVALID, LABELS_INVALID
 */
export function parseSkeletonFile(svg: string): SkeletonFile {
  const specification = readSpecification(svg)
  const names = new Map([...specification].map(([element, { name }]) => [element, String(name)]))
  const template = parseSkeletonSvg(svg, [], names)
  const byName = new Map([...specification.values()].map((one) => [String(one.name), one]))
  const wanted = template.nodes.map(({ name }) => ({
    ...byName.get(name),
    name,
    type: 'points' as const,
  }))
  return { template, sublabels: parseRawLabels(wanted).map(asSublabel) }
}

/** What the `desc` says of each point, by `data-element-id`; only what a raw label knows is kept, and no ids. */
function readSpecification(svg: string): Map<string, Record<string, unknown>> {
  const text = descriptionOf(svg)
  if (text === null) return new Map()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid('its labels-specification is not JSON')
  }
  if (typeof json !== 'object' || json === null) throw invalid('its labels-specification is empty')
  return new Map(
    Object.entries(json).map(([element, one]) => {
      const { name, color, attributes } = (one ?? {}) as Record<string, unknown>
      const given = {
        name,
        ...(color ? { color } : {}),
        ...(attributes ? { attributes } : {}),
      }
      return [element, withoutIds(given)]
    }),
  )
}

function descriptionOf(svg: string): string | null {
  try {
    const desc = svgTags(svg).find(
      ({ name, attributes }) =>
        name === 'desc' && attributes.get('data-description-type') === 'labels-specification',
    )
    return desc ? desc.text : null
  } catch {
    // The drawing is read next and says what is wrong.
    return null
  }
}

/** Ids are those of the label the file was made from; here they would mean another. */
function withoutIds(value: object): Record<string, unknown> {
  const text = JSON.stringify(value, (key, one) => (key === 'id' ? undefined : one))
  return JSON.parse(text) as Record<string, unknown>
}

function asSublabel({ name, color, type, attributes }: RawLabel): RawSublabel {
  return { name, type, attributes, ...(color ? { color } : {}) }
}

/** The file CVAT's configurator downloads, and uploads again. */
export function writeSkeletonFile({ template, sublabels }: SkeletonFile): string {
  const specification = Object.fromEntries(
    sublabels.map(({ name, color, attributes }, index) => {
      const plain = withoutIds({ name, type: 'points', color, attributes, has_parent: true })
      return [index + 1, plain]
    }),
  )
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">' +
    writeSkeletonSvg(template) +
    '<desc data-description-type="labels-specification">' +
    `${escapeXml(JSON.stringify(specification))}</desc></svg>`
  )
}

function invalid(problem: string): AppError {
  return new AppError('SKELETON_SVG_INVALID', { problem })
}
