/** One opening tag of an SVG text and what stands between it and the next tag. */
export interface SvgTag {
  /** Lower case, without a namespace prefix. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Entities resolved. */
  readonly text: string
}

/** Says what is wrong with the text, for a sentence that begins with what was being read. */
export class SvgTextError extends Error {}

const NAME = /[\w:.-]+/y
const ATTRIBUTE = /\s*([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const END = /\s*\/?>/y
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/**
 * The opening tags of an SVG fragment or file, as data: nothing is resolved, fetched or run. Comments and the XML
 * declaration are passed over; a DOCTYPE, where entities could be declared, is refused.
 * @throws SvgTextError
 */
export function svgTags(svg: string): SvgTag[] {
  const tags: SvgTag[] = []
  for (let at = svg.indexOf('<'); at >= 0; at = svg.indexOf('<', at)) {
    if (svg.startsWith('<!--', at)) at = past(svg, '-->', at)
    else if (svg.startsWith('<?', at)) at = past(svg, '?>', at)
    else if (svg.startsWith('</', at)) at = past(svg, '>', at)
    else {
      const { tag, end } = openingTag(svg, at)
      tags.push(tag)
      at = end
    }
  }
  return tags
}

function past(svg: string, what: string, from: number): number {
  const end = svg.indexOf(what, from)
  if (end < 0) throw new SvgTextError(`it ends in the middle of "${svg.slice(from, from + 20)}"`)
  return end + what.length
}

function openingTag(svg: string, start: number): { tag: SvgTag; end: number } {
  NAME.lastIndex = start + 1
  const name = NAME.exec(svg)?.[0]
  if (name === undefined) throw new SvgTextError(`"${svg.slice(start, start + 20)}" is no element`)
  const attributes = new Map<string, string>()
  let at = start + 1 + name.length
  for (;;) {
    ATTRIBUTE.lastIndex = at
    const found = ATTRIBUTE.exec(svg)
    if (!found) break
    attributes.set(found[1] ?? '', unescapeXml(found[2] ?? found[3] ?? ''))
    at = ATTRIBUTE.lastIndex
  }
  END.lastIndex = at
  if (!END.exec(svg)) throw new SvgTextError(`the element <${name}> is not closed properly`)
  const end = END.lastIndex
  const next = svg.indexOf('<', end)
  const text = unescapeXml(svg.slice(end, next < 0 ? svg.length : next))
  return { tag: { name: name.replace(/^.*:/, '').toLowerCase(), attributes, text }, end }
}

/** The five entities XML knows by itself, and numbers; anything else stays as it is written. */
function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Fit for an attribute in double quotes and for text. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
