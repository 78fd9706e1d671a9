import {
  type FieldName,
  findChoice,
  findField,
  type TaskField,
  taskFields,
  taskVocabulary,
} from './fields.ts'
import type { Filter, Rule } from './filter.ts'
import { ExpressionReader, reading } from './parser.ts'

/**
 * The search of the task list: `owner: admin AND mode: interpolation`, words alone look in every text, case does not
 * matter. Any text means something, since people search while they type: what is no expression is looked for as it is.
 * @returns null when nothing is asked
 */
export function parseTaskSearch(text: string): Filter | null {
  const parsed = reading(text, () => new TaskSearchReader(text, taskVocabulary).whole())
  if (parsed.ok) return parsed.filter
  return anywhere(text.trim())
}

const rule = (field: TaskField, operator: 'like' | 'is', value: string): Rule => ({
  kind: 'rule',
  property: { field },
  operator,
  value,
})

function anywhere(text: string): Filter | null {
  return text === '' ? null : rule('any', 'like', text)
}

/** The same grammar, with `field: words` and bare words as terms. A term that is not finished yet asks nothing. */
class TaskSearchReader extends ExpressionReader {
  protected override term(): Filter | null {
    const inside = this.bracketed()
    if (inside !== undefined) return inside
    const { kind, value } = this.tokens.peek()
    const field = kind === 'word' ? findField(taskVocabulary, value) : null
    if (field && this.tokens.sees(':', 1)) return this.#asked(field as TaskField)
    if (field && this.#comparesNext(field)) return this.rules.rule()
    return anywhere(this.#phrase())
  }

  /** `name: street`: contains for texts; the very one for numbers and choices. */
  #asked(field: TaskField): Filter | null {
    this.tokens.next()
    this.tokens.next()
    const phrase = this.#phrase()
    if (phrase === '') return null
    const spec = taskFields[field]
    if (spec.kind === 'text') return rule(field, 'like', phrase)
    if (spec.kind === 'choice') return rule(field, 'is', findChoice(spec, phrase) ?? phrase)
    const number = Number(phrase.replace(/^#/, ''))
    if (!Number.isFinite(number)) return rule(field, 'is', phrase)
    return { kind: 'rule', property: { field }, operator: '==', value: number }
  }

  /** Signs after a field are operators; words are, where they cannot well be part of a name. */
  #comparesNext(field: FieldName): boolean {
    if (['==', '!=', '>', '>=', '<', '<='].some((sign) => this.tokens.sees(sign, 1))) return true
    if (field === 'any') return false
    const isNot = this.tokens.sees('not', 1) ? 2 : 1
    return (
      ['like', 'contains', 'between'].some((word) => this.tokens.sees(word, isNot)) ||
      (this.tokens.sees('in', isNot) && this.tokens.sees('[', isNot + 1)) ||
      (['starts', 'ends'].some((word) => this.tokens.sees(word, isNot)) &&
        this.tokens.sees('with', isNot + 1)) ||
      (this.tokens.sees('is', 1) &&
        (this.tokens.sees('empty', 2) ||
          (this.tokens.sees('not', 2) && this.tokens.sees('empty', 3))))
    )
  }

  /** Everything up to the next connective or the bracket around; one quoted text is what it says. */
  #phrase(): string {
    const first = this.tokens.peek()
    let stop = first.start
    let count = 0
    for (let depth = 0; !this.#endsPhrase(depth); count += 1) {
      if (this.tokens.sees('(')) depth += 1
      if (this.tokens.sees(')')) depth -= 1
      stop = this.tokens.next().stop
    }
    if (count === 1 && first.kind === 'text') return first.value.trim()
    return this.tokens.source.slice(first.start, stop)
  }

  #endsPhrase(depth: number): boolean {
    if (this.tokens.peek().kind === 'end') return true
    return (
      this.tokens.sees('and') || this.tokens.sees('or') || (depth === 0 && this.tokens.sees(')'))
    )
  }
}
