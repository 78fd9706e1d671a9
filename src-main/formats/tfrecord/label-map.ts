/** `label_map.pbtxt`: labels and their numbers in the text form of Protocol Buffers. */
import type { Label } from '#shared/domain/label.ts'

export interface LabelMap {
  readonly byId: ReadonlyMap<number, string>
  /** What objects may name it by: its name and, in lists of large data sets, the name shown to people. */
  readonly byText: ReadonlyMap<string, string>
}

/** Numbers count from 1; 0 is the background. */
export function labelMapText(labels: readonly Label[]): string {
  return labels
    .map(({ name }, index) => `item {\n\tid: ${index + 1}\n\tname: '${escaped(name)}'\n}\n\n`)
    .join('')
}

function escaped(text: string): string {
  return text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

type Token = { readonly text: string; readonly isString: boolean; readonly line: number }

/**
 * Items in any order, with fields nobody knows; either kind of quotes, comments.
 * @param refuse names the line and does not come back
 */
export function parseLabelMap(
  text: string,
  refuse: (line: number, problem: string) => never,
): LabelMap {
  const tokens = tokenise(text, refuse)
  const [byId, byText] = [new Map<number, string>(), new Map<string, string>()]
  for (let i = 0; i < tokens.length; ) {
    const line = tokens[i]?.line ?? 1
    if (tokens[i]?.text !== 'item') refuse(line, '"item {" should stand here')
    const open = tokens[i + 1]?.text === ':' ? i + 2 : i + 1
    if (!isOpen(tokens[open])) refuse(line, '"{" should follow "item"')
    const { end, fields } = readFields(tokens, open + 1, refuse)
    i = end
    addItem(fields, { byId, byText }, (problem) => refuse(line, problem))
  }
  return { byId, byText }
}

function addItem(
  fields: ReadonlyMap<string, Token>,
  { byId, byText }: { byId: Map<number, string>; byText: Map<string, string> },
  refuse: (problem: string) => never,
): void {
  const id = Number(fields.get('id')?.text)
  const name = fields.get('name')?.text
  const shown = fields.get('display_name')?.text
  // Names of Freebase say nothing to people; what is shown to them does.
  const label = name === undefined || (name.startsWith('/m/') && shown) ? shown : name
  if (!Number.isSafeInteger(id)) refuse('an item has no whole number as its id')
  const known = label ?? refuse(`item ${id} has no name`)
  byId.set(id, known)
  for (const each of [name, shown]) if (each !== undefined) byText.set(each, known)
}

const isOpen = (token: Token | undefined) => token?.text === '{' || token?.text === '<'
const isClose = (token: Token | undefined) => token?.text === '}' || token?.text === '>'

/** The plain fields of one item; what is nested in it is passed over. */
function readFields(
  tokens: readonly Token[],
  start: number,
  refuse: (line: number, problem: string) => never,
): { fields: Map<string, Token>; end: number } {
  const fields = new Map<string, Token>()
  let depth = 1
  for (let i = start; i < tokens.length; i++) {
    const [token, next, value] = [tokens[i], tokens[i + 1], tokens[i + 2]]
    if (token === undefined) break
    if (token.isString) continue
    if (isOpen(token)) depth++
    else if (isClose(token) && --depth === 0) return { fields, end: i + 1 }
    else if (depth === 1 && next?.text === ':' && !next.isString && value && !isOpen(value)) {
      fields.set(token.text, value)
      i += 2
    }
  }
  return refuse(tokens.at(-1)?.line ?? 1, 'an item has no end')
}

const TOKEN = /\s+|#[^\n]*|[,;]|[{}<>:[\]]|[-+.\w/]+/y

function tokenise(text: string, refuse: (line: number, problem: string) => never): Token[] {
  const tokens: Token[] = []
  let line = 1
  for (let at = 0; at < text.length; ) {
    const quote = text[at]
    const isString = quote === '"' || quote === "'"
    const end = isString ? stringEnd(text, at) : plainEnd(text, at)
    if (end < 0) refuse(line, 'it is not the text of a label map')
    const all = text.slice(at, end)
    if (isString) tokens.push({ text: unescaped(all.slice(1, -1)), isString, line })
    else if (/^[^\s#,;]/.test(all)) tokens.push({ text: all, isString, line })
    line += all.split('\n').length - 1
    at = end
  }
  return tokens
}

function plainEnd(text: string, at: number): number {
  TOKEN.lastIndex = at
  return TOKEN.test(text) ? TOKEN.lastIndex : -1
}

/** Behind the closing quote; -1 where its line has none. By hand: a pattern would overflow on a string of megabytes. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length && text[i] !== '\n'; i += 1) {
    if (text[i] === text[at]) return i + 1
    if (text[i] === '\\') i += 1
  }
  return -1
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** Bytes that are no ASCII stand there as octal or hexadecimal numbers. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  const bytes = [...text.matchAll(/\\([0-7]{1,3})|\\x([0-9a-f]{1,2})|\\([\s\S])|([^\\]+)/gi)].map(
    ([, octal, hex, letter, plain]) => {
      if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8) & 255])
      if (hex !== undefined) return Buffer.from([Number.parseInt(hex, 16)])
      return Buffer.from(plain ?? ESCAPES[letter ?? ''] ?? letter ?? '')
    },
  )
  return Buffer.concat(bytes).toString()
}
