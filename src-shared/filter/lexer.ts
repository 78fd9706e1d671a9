export type TokenKind = 'word' | 'text' | 'number' | 'symbol' | 'other' | 'end'

export interface Token {
  readonly kind: TokenKind
  /** A text's content, a word as typed, a symbol's canonical spelling; '' at the end. */
  readonly value: string
  /** UTF-16 offsets into the source; `stop` is one past. */
  readonly start: number
  readonly stop: number
  /** A quote that is never closed. */
  readonly open?: boolean
}

const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:-[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*/uy
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy
const SPACE = /\s+/y
/** Longest first. */
const SYMBOLS: readonly (readonly [spelling: string, canonical: string])[] = [
  ['==', '=='],
  ['!=', '!='],
  ['<>', '!='],
  ['>=', '>='],
  ['<=', '<='],
  ['&&', 'and'],
  ['||', 'or'],
  ['::', '::'],
  ['=', '=='],
  ['>', '>'],
  ['<', '<'],
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not'],
  ['(', '('],
  [')', ')'],
  ['[', '['],
  [']', ']'],
  [',', ','],
  ['.', '.'],
  [':', ':'],
]

/** Words that can have no other meaning; a label or attribute of such a name is quoted. */
const RESERVED = new Set(
  'and or not in is like contains between starts ends with empty true false attr'.split(' '),
)

export function isReserved(word: string): boolean {
  return RESERVED.has(word.toLowerCase())
}

/** A text cut into words, quoted texts, numbers and symbols, closed by one `end`. Takes anything: what fits nothing is `other`. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0] ?? null
  }
  while (at < source.length) {
    const space = match(SPACE)
    if (space !== null) {
      at += space.length
      continue
    }
    const token = quoted(source, at) ?? plain(source, at, match)
    tokens.push(token)
    at = token.stop
  }
  tokens.push({ kind: 'end', value: '', start: source.length, stop: source.length })
  return tokens
}

function plain(source: string, at: number, match: (pattern: RegExp) => string | null): Token {
  const word = match(WORD)
  if (word !== null) return { kind: 'word', value: word, start: at, stop: at + word.length }
  const number = match(NUMBER)
  if (number !== null) return { kind: 'number', value: number, start: at, stop: at + number.length }
  const symbol = SYMBOLS.find(([spelling]) => source.startsWith(spelling, at))
  if (symbol) return { kind: 'symbol', value: symbol[1], start: at, stop: at + symbol[0].length }
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0)
  return { kind: 'other', value: character, start: at, stop: at + character.length }
}

/** `"…"` or `'…'`; a backslash makes the next character itself, and spells \n, \r, \t and \u0041. */
function quoted(source: string, start: number): Token | null {
  const quote = source[start]
  if (quote !== '"' && quote !== "'") return null
  let at = start + 1
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1
  const open = at >= source.length
  const stop = Math.min(at + 1, source.length)
  const value = unescaped(source.slice(start + 1, open ? stop : at))
  return { kind: 'text', value, start, stop, ...(open ? { open } : {}) }
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/gi, (_, hex?: string, character = '') =>
    hex === undefined
      ? (NAMED[character] ?? character)
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** A text as the lexer reads it back. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"]|\p{Cc}|\p{Cs}|[\u2028\u2029]/gu, (character) => {
    if (character === '\\' || character === '"') return `\\${character}`
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}
