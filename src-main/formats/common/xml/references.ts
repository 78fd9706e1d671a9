/** What keeps a text from being itself: references, line ends, `<`, and characters XML does not have. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
export const CONTROL = /[&<\u0000-\u001f\ufffe\uffff]/g

/** The same for a text between tags, which may have tabs and newlines (and no `<`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
export const TEXT_CONTROL = /[&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * A text with its references resolved. Only XML's own five names exist, since nothing can declare another.
 * @param refuse  says what is wrong and does not come back
 */
export function unescaped(text: string, refuse: (problem: string) => never): string {
  refuseForbidden(text, refuse)
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,32})(;?)/g, (whole, name: string, end: string) => {
    const value = end === '' ? null : (NAMED[name] ?? character(name))
    if (value === null || value === undefined) {
      return refuse(
        end === ''
          ? `"${whole.slice(0, 12)}" is no reference: write &amp;`
          : `XML entities are not allowed: &${name};`,
      )
    }
    return value
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** Some characters XML does not have, not even by their numbers. */
export function refuseForbidden(text: string, refuse: (problem: string) => never): void {
  const bad = FORBIDDEN.exec(text)
  if (bad) refuse(`it holds the character U+${hex(bad[0])}, which XML does not allow`)
}

function character(name: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,16})|(\d{1,16}))$/.exec(name) ?? []
  const digits = hexadecimal ?? decimal
  if (digits === undefined) return null
  const code = Number.parseInt(digits, hexadecimal === undefined ? 10 : 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null
  const text = String.fromCodePoint(code)
  return FORBIDDEN.test(text) ? null : text
}

function hex(text: string): string {
  return text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}
