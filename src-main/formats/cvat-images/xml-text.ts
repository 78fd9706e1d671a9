/** XML spelled as CVAT's writer spells it: Python's XMLGenerator. */

const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const WHITE: Readonly<Record<string, string>> = { '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }

/** Characters XML 1.0 has no way to write, lone surrogates among them, become the replacement character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the file
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const NEEDS_CARE = /[^\t\n\r\u0020-\u007e]|[&<>"]|[\t\n\r]/

export function escapeText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text
  // A bare CR would be read back as LF.
  return writable(text)
    .replace(/[&<>]/g, (c) => TEXT[c] ?? c)
    .replaceAll('\r', '&#13;')
}

/** With its quotes: single ones around text that holds double ones. */
export function quoteAttribute(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`
  const escaped = writable(text)
    .replace(/[&<>]/g, (c) => TEXT[c] ?? c)
    .replace(/[\n\r\t]/g, (c) => WHITE[c] ?? c)
  if (!escaped.includes('"')) return `"${escaped}"`
  return escaped.includes("'") ? `"${escaped.replaceAll('"', '&quot;')}"` : `'${escaped}'`
}

function writable(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, '\ufffd')
}

/** ` name="value"` for each pair, in order. */
export function attributes(pairs: readonly (readonly [string, string | number])[]): string {
  return pairs.map(([name, value]) => ` ${name}=${quoteAttribute(String(value))}`).join('')
}

/** An element of the meta part: text on one line, children one a line, two blanks deeper each. */
export type XmlNode = readonly [name: string, content: string | number | readonly XmlNode[]]

export function renderNode([name, content]: XmlNode, depth: number): string {
  const indent = '  '.repeat(depth)
  if (typeof content === 'string' || typeof content === 'number') {
    return `${indent}<${name}>${escapeText(String(content))}</${name}>\n`
  }
  const children = content.map((child) => renderNode(child, depth + 1)).join('')
  return `${indent}<${name}>\n${children}${indent}</${name}>\n`
}
