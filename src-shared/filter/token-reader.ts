import { type Token, tokenise } from './lexer.ts'
import { type Expected, FilterRefused } from './problem.ts'

const END: Token = { kind: 'end', value: '', start: 0, stop: 0 }

/** Walks the tokens of a text and knows how to complain about the one it stands on. */
export class TokenReader {
  readonly source: string
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(source: string) {
    this.source = source
    this.#tokens = tokenise(source)
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1) ?? END
  }

  next(): Token {
    const token = this.peek()
    this.#at += 1
    if (token.open) throw this.refuse('quote', token)
    return token
  }

  /** Does a symbol or keyword come next? `and`, `or` and `not` are the same in letters and in signs. */
  sees(value: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    if (token.kind === 'symbol') return token.value === value
    return token.kind === 'word' && token.value.toLowerCase() === value
  }

  /** Step over a symbol or keyword if it comes next. */
  take(value: string): boolean {
    if (!this.sees(value)) return false
    this.#at += 1
    return true
  }

  /** Step over a symbol or keyword, or complain. */
  demand(value: string, otherwise: Expected): void {
    if (!this.take(value)) throw this.refuse(otherwise)
  }

  refuse(
    expected: Expected,
    at: Token = this.peek(),
    words: Readonly<Record<string, string>> = {},
  ): FilterRefused {
    const length = Math.max(1, at.stop - at.start)
    return new FilterRefused({ column: at.start + 1, length, expected, words })
  }
}
