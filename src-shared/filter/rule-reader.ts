import { type FieldKind, type FieldName, findChoice, findField, type Vocabulary } from './fields.ts'
import {
  type Filter,
  isField,
  type Literal,
  type Operator,
  type Property,
  type Value,
} from './filter.ts'
import { isReserved, type Token } from './lexer.ts'
import { operatorsOf } from './operators.ts'
import { printProperty } from './print.ts'
import { readShorthand } from './shorthand.ts'
import type { TokenReader } from './token-reader.ts'

/** Operators that are words of more than one word, or may be written otherwise; longest first. */
const SPELLINGS: readonly (readonly [words: readonly string[], operator: Operator])[] = [
  [['is', 'not', 'empty'], 'is not empty'],
  [['is', 'empty'], 'is empty'],
  [['is', 'not'], 'is not'],
  [['is'], 'is'],
  [['not', 'in'], 'not in'],
  [['in'], 'in'],
  [['not', 'between'], 'not between'],
  [['between'], 'between'],
  [['like'], 'like'],
  [['contains'], 'like'],
  [['starts', 'with'], 'starts with'],
  [['ends', 'with'], 'ends with'],
  [['=='], '=='],
  [['!='], '!='],
  [['>='], '>='],
  [['<='], '<='],
  [['>'], '>'],
  [['<'], '<'],
]

/** Reads one rule: a property, an operator, and what it is compared with, of the kind that fits. */
export class RuleReader {
  readonly #tokens: TokenReader
  readonly #vocabulary: Vocabulary

  constructor(tokens: TokenReader, vocabulary: Vocabulary) {
    this.#tokens = tokens
    this.#vocabulary = vocabulary
  }

  rule(): Filter {
    if (
      this.#vocabulary.attributes &&
      this.#tokens.peek().kind === 'word' &&
      this.#tokens.sees('::', 1)
    )
      return readShorthand(this.#tokens)
    const property = this.property()
    if (!property) throw this.#tokens.refuse('rule')
    return this.comparison(property)
  }

  /** The operator and what follows it, for a property already read. */
  comparison(property: Property): Filter {
    const at = this.#tokens.peek()
    const negated = this.#tokens.sees('not') && isPartWord(this.#tokens.peek(1))
    if (negated) this.#tokens.next()
    const operator = this.#operator(property, at)
    const rule = this.#finish(property, operator)
    return negated ? { kind: 'not', of: rule } : rule
  }

  #finish(property: Property, operator: Operator): Filter {
    const kind = 'rule'
    switch (operator) {
      case 'is empty':
      case 'is not empty':
        return { kind, property, operator }
      case 'in':
      case 'not in':
        return { kind, property, operator, values: this.#list(property) }
      case 'between':
      case 'not between': {
        const low = this.#value(property, 'between')
        if (!this.#tokens.take(',')) this.#tokens.demand('and', 'range-and')
        return { kind, property, operator, low, high: this.#value(property, 'between') }
      }
      default:
        return { kind, property, operator, value: this.#value(property, operator) }
    }
  }

  #operator(property: Property, at: Token): Operator {
    const found = SPELLINGS.find(([words]) =>
      words.every((word, ahead) => this.#tokens.sees(word, ahead)),
    )
    if (!found) throw this.#tokens.refuse('operator', at, { property: printProperty(property) })
    const [words, operator] = found
    const known = operatorsOf[this.#kindOf(property)]
    if (!known.includes(operator))
      throw this.#tokens.refuse('fitting-operator', this.#tokens.peek(), {
        property: printProperty(property),
        operator,
        known: known.join(', '),
      })
    for (const word of words) this.#tokens.demand(word, 'operator')
    return operator
  }

  #kindOf(property: Property): FieldKind | 'attribute' {
    if ('attribute' in property) return 'attribute'
    return this.#vocabulary.fields[property.field]?.kind ?? 'text'
  }

  /** null where none begins; one that is begun and cannot be is refused. */
  property(): Property | null {
    const first = this.#tokens.peek()
    if (first.kind === 'word' && first.value.toLowerCase() === 'attr') return this.#attribute()
    if (first.kind !== 'word' && first.kind !== 'text') return null
    if (this.#vocabulary.attributes && this.#tokens.sees('.', 1)) return this.#labelAttribute()
    const field = first.kind === 'word' ? findField(this.#vocabulary, first.value) : null
    if (field) {
      this.#tokens.next()
      return { field }
    }
    if (first.kind === 'text' || isReserved(first.value)) return null
    throw this.#unknown(first)
  }

  #unknown(word: Token) {
    const known = Object.keys(this.#vocabulary.fields).filter((name) => name !== 'any')
    const attributes = this.#vocabulary.attributes ? ', attr["name"]' : ''
    return this.#tokens.refuse('known-property', word, {
      name: word.value,
      known: `${known.join(', ')}${attributes}`,
    })
  }

  /** `attr["color"]`, or `attr.color`. */
  #attribute(): Property {
    this.#tokens.next()
    const dotted = this.#tokens.take('.')
    if (!dotted) this.#tokens.demand('[', 'attribute-name')
    const attribute = this.#name()
    if (!dotted) this.#tokens.demand(']', 'list-end')
    return { attribute, label: null }
  }

  /** `car.color`, or `"police car"."plate number"`. */
  #labelAttribute(): Property {
    const label = this.#tokens.next().value
    this.#tokens.next()
    return { attribute: this.#name(), label }
  }

  #name(): string {
    const name = this.#tokens.peek()
    if (name.kind !== 'word' && name.kind !== 'text') throw this.#tokens.refuse('attribute-name')
    return this.#tokens.next().value
  }

  #list(property: Property): Literal[] {
    this.#tokens.demand('[', 'list')
    const values: Literal[] = []
    if (this.#tokens.take(']')) return values
    do {
      const at = this.#tokens.peek()
      const value = this.#value(property, 'in')
      if (isField(value)) throw this.#tokens.refuse('value', at)
      values.push(value)
    } while (this.#tokens.take(','))
    this.#tokens.demand(']', 'list-end')
    return values
  }

  #value(property: Property, operator: Operator): Value {
    const at = this.#tokens.peek()
    const value = this.#anyValue(property)
    const fit = this.#fitted(property, operator, value)
    if (fit === null) throw this.#misfit(property, operator, at)
    return fit
  }

  #anyValue(property: Property): Value {
    const token = this.#tokens.peek()
    switch (token.kind) {
      case 'number':
        return this.#number()
      case 'text':
        if (this.#vocabulary.attributes && this.#tokens.sees('.', 1)) return this.#labelAttribute()
        return this.#tokens.next().value
      case 'word':
        return this.#word(property, token)
      default:
        throw this.#tokens.refuse('value')
    }
  }

  /** A word without quotes: true, false, one of the property's choices, a property, else a text. */
  #word(property: Property, token: Token): Value {
    const word = token.value.toLowerCase()
    if (word === 'true' || word === 'false') {
      this.#tokens.next()
      return word === 'true'
    }
    if (this.#choice(property, word) !== null && !this.#tokens.sees('.', 1))
      return this.#tokens.next().value
    const isProperty =
      word === 'attr' ||
      (this.#vocabulary.attributes && this.#tokens.sees('.', 1)) ||
      findField(this.#vocabulary, word) !== null
    if (isProperty) return this.property() ?? token.value
    if (isReserved(word)) throw this.#tokens.refuse('value')
    return this.#tokens.next().value
  }

  #number(): number {
    const token = this.#tokens.next()
    const number = Number(token.value)
    // -0 is written 0; what is beyond all numbers is none.
    if (!Number.isFinite(number)) throw this.#tokens.refuse('value', token)
    return number === 0 ? 0 : number
  }

  /** The value as this property takes it; null when it cannot. */
  #fitted(property: Property, operator: Operator, value: Value): Value | null {
    const kind = this.#kindOf(property)
    if (isField(value)) return this.#comparable(kind, this.#kindOf(value)) ? value : null
    const isPart = texts.has(operator)
    if (kind === 'number') return typeof value === 'number' ? value : null
    if (kind === 'truth') return typeof value === 'boolean' ? value : null
    if (kind === 'choice' && !isPart) return this.#choice(property, String(value))
    if (kind === 'attribute' && orders.has(operator))
      return typeof value === 'number' ? value : null
    if (kind === 'attribute' && !isPart) return value
    return String(value)
  }

  #comparable(a: FieldKind | 'attribute', b: FieldKind | 'attribute'): boolean {
    const isText = (kind: FieldKind | 'attribute') => kind === 'text' || kind === 'choice'
    return a === b || a === 'attribute' || b === 'attribute' || (isText(a) && isText(b))
  }

  #choice(property: Property, word: string): string | null {
    const spec = 'field' in property ? this.#vocabulary.fields[property.field] : undefined
    return spec ? findChoice(spec, word) : null
  }

  #misfit(property: Property, operator: Operator, at: Token) {
    const kind = this.#kindOf(property)
    const words = { property: printProperty(property), known: this.#choices(property) }
    if (kind === 'truth' || kind === 'choice') return this.#tokens.refuse(kind, at, words)
    const isNumber = kind === 'number' || orders.has(operator)
    return this.#tokens.refuse(isNumber ? 'number' : 'value', at, words)
  }

  #choices(property: Property): string {
    const name: FieldName | null = 'field' in property ? property.field : null
    return (name && this.#vocabulary.fields[name]?.choices?.join(', ')) ?? ''
  }
}

const texts = new Set<Operator>(['is', 'is not', 'like', 'starts with', 'ends with'])
const orders = new Set<Operator>(['>', '>=', '<', '<=', 'between', 'not between'])

/** Operators without a negated form of their own take a `not` before them. */
function isPartWord(token: Token): boolean {
  return (
    token.kind === 'word' &&
    ['like', 'contains', 'starts', 'ends'].includes(token.value.toLowerCase())
  )
}
