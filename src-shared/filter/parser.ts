import { annotationVocabulary, type Vocabulary } from './fields.ts'
import { type Filter, group, MOST_CHARACTERS, MOST_LEVELS } from './filter.ts'
import { type FilterProblem, FilterRefused } from './problem.ts'
import { RuleReader } from './rule-reader.ts'
import { TokenReader } from './token-reader.ts'

export type Parsed =
  /** null: nothing was asked. */
  | { readonly ok: true; readonly filter: Filter | null }
  | { readonly ok: false; readonly problem: FilterProblem }

/**
 * Read the text of a filter over annotations, such as `label == "car" and width > 40`. Takes any text and throws
 * nothing; spaces alone ask nothing.
 */
export function parseFilter(text: string): Parsed {
  return reading(text, () => new ExpressionReader(text, annotationVocabulary).whole())
}

/** Answer a refusal as a value; everything else goes on its way. */
export function reading(text: string, read: () => Filter | null): Parsed {
  if (text.length > MOST_CHARACTERS) {
    const words = { most: String(MOST_CHARACTERS) }
    const column = MOST_CHARACTERS + 1
    return { ok: false, problem: { column, length: 1, expected: 'too-long', words } }
  }
  try {
    return { ok: true, filter: read() }
  } catch (error) {
    if (error instanceof FilterRefused) return { ok: false, problem: error.problem }
    throw error
  }
}

/** Brackets and `not` in the text; a tree of MOST_LEVELS prints with at most two of them a level. */
const MOST_NESTING = 2 * MOST_LEVELS

/** `or` binds weaker than `and`, `and` weaker than `not`. Brackets are kept as groups of their own. */
export class ExpressionReader {
  protected readonly tokens: TokenReader
  protected readonly rules: RuleReader
  #nesting = 0

  constructor(text: string, vocabulary: Vocabulary) {
    this.tokens = new TokenReader(text)
    this.rules = new RuleReader(this.tokens, vocabulary)
  }

  whole(): Filter | null {
    if (this.tokens.peek().kind === 'end') return null
    const filter = this.either()
    if (this.tokens.peek().kind !== 'end') throw this.tokens.refuse('connective')
    return filter
  }

  protected either(): Filter | null {
    return this.#joined('any', 'or', () => this.#joined('all', 'and', () => this.negated()))
  }

  #joined(kind: 'all' | 'any', word: 'and' | 'or', read: () => Filter | null): Filter | null {
    const members = [read()]
    while (this.tokens.take(word)) members.push(read())
    return group(
      kind,
      members.filter((member) => member !== null),
    )
  }

  protected negated(): Filter | null {
    if (!this.tokens.take('not')) return this.term()
    const of = this.#deeper(() => this.negated())
    return of && { kind: 'not', of }
  }

  /** One rule, or an expression in brackets. */
  protected term(): Filter | null {
    return this.bracketed() ?? this.rules.rule()
  }

  /** undefined where no bracket opens. */
  protected bracketed(): Filter | null | undefined {
    const opening = this.tokens.peek()
    if (!this.tokens.take('(')) return undefined
    const inside = this.#deeper(() => this.either())
    if (this.tokens.take(')')) return inside
    const atEnd = this.tokens.peek().kind === 'end'
    throw atEnd ? this.tokens.refuse('closing', opening) : this.tokens.refuse('connective')
  }

  #deeper<T>(read: () => T): T {
    this.#nesting += 1
    if (this.#nesting > MOST_NESTING)
      throw this.tokens.refuse('too-deep', this.tokens.peek(), { most: String(MOST_NESTING) })
    const result = read()
    this.#nesting -= 1
    return result
  }
}
