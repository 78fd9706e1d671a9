/**
 * Exporters write what they know of a model as text: some as JSON, some as Python prints it (`{0: 'person', 1: 'car'}`).
 * One reader for both: dicts, lists, tuples, strings, numbers, true / True, null / None.
 */

export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | ReadonlyMap<string, Literal>

/** Names of 20,000 classes fit; more is no list of names. */
const MOST_CHARACTERS = 2 ** 21
const DEEPEST = 16

/** @returns null where the text is no literal: metadata is anybody's */
export function readLiteral(text: string): Literal | null {
  if (text.length > MOST_CHARACTERS) return null
  const reader = new Reader(text)
  try {
    const value = reader.value(0)
    return reader.atEnd() ? value : null
  } catch (error) {
    if (error instanceof NoLiteral) return null
    throw error
  }
}

class NoLiteral extends Error {}

const SPACE = /\s*/y
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const WORD = /[A-Za-z]+/y
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
])
const CLOSERS: Readonly<Record<string, string>> = { '[': ']', '(': ')' }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

class Reader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    this.take(SPACE)
    return this.at === this.text.length
  }

  value(depth: number): Literal {
    if (depth > DEEPEST) throw new NoLiteral()
    this.take(SPACE)
    const first = this.text[this.at] ?? ''
    if (first === '{') return this.dict(depth)
    const closer = CLOSERS[first]
    if (closer !== undefined) return this.list(closer, depth)
    if (first === '"' || first === "'") return this.quoted(first)
    return this.plain()
  }

  private dict(depth: number): Literal {
    const entries = new Map<string, Literal>()
    this.items('}', () => {
      const key = this.value(depth + 1)
      if (typeof key !== 'string' && typeof key !== 'number') throw new NoLiteral()
      if (!this.skip(':')) throw new NoLiteral()
      entries.set(String(key), this.value(depth + 1))
    })
    return entries
  }

  private list(closer: string, depth: number): Literal {
    const values: Literal[] = []
    this.items(closer, () => values.push(this.value(depth + 1)))
    return values
  }

  /** What lies between brackets, with commas between, and after the last one where Python likes one. */
  private items(closer: string, read: () => void): void {
    this.at += 1
    while (!this.skip(closer)) {
      read()
      if (this.skip(',')) continue
      if (this.skip(closer)) return
      throw new NoLiteral()
    }
  }

  private quoted(quote: string): string {
    let said = ''
    for (this.at += 1; ; this.at += 1) {
      const character = this.text[this.at]
      if (character === undefined) throw new NoLiteral()
      if (character === quote) break
      said += character === '\\' ? this.escaped() : character
    }
    this.at += 1
    return said
  }

  private escaped(): string {
    this.at += 1
    const character = this.text[this.at] ?? ''
    const digits = character === 'u' ? 4 : character === 'x' ? 2 : 0
    if (digits === 0) return ESCAPES[character] ?? character
    const code = this.text.slice(this.at + 1, this.at + 1 + digits)
    if (!/^[0-9a-fA-F]+$/.test(code) || code.length !== digits) throw new NoLiteral()
    this.at += digits
    return String.fromCharCode(Number.parseInt(code, 16))
  }

  private plain(): Literal {
    const number = this.take(NUMBER)
    if (number !== '') return Number(number)
    const word = WORDS.get(this.take(WORD))
    if (word === undefined) throw new NoLiteral()
    return word
  }

  private skip(mark: string): boolean {
    this.take(SPACE)
    if (this.text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}
