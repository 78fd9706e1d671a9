/** ASCII characters a name may have, digits, points and dashes among them. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) =>
  /[:\w.-]/.test(String.fromCharCode(code)) ? 1 : 0,
)
const FIRST =
  /[:A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]/u
const OTHER =
  /[\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u200C-\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]+/uy

/**
 * Where the XML name that begins at `from` ends; `from` itself when none begins there.
 * @see https://www.w3.org/TR/xml/#NT-Name
 */
export function nameEnd(text: string, from: number): number {
  const first = text.codePointAt(from)
  if (first === undefined || !canBegin(first)) return from
  let at = from + (first > 0xffff ? 2 : 1)
  for (;;) {
    while (ASCII[text.charCodeAt(at)] === 1) at += 1
    if (!(text.charCodeAt(at) > 127)) return at
    OTHER.lastIndex = at
    if (!OTHER.test(text)) return at
    at = OTHER.lastIndex
  }
}

function canBegin(code: number): boolean {
  if (code < 128)
    return ASCII[code] === 1 && code !== 45 && code !== 46 && !(code >= 48 && code <= 57)
  return FIRST.test(String.fromCodePoint(code))
}
