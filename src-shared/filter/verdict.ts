import {
  type Comparison,
  type Filter,
  isField,
  type Literal,
  type Property,
  type Rule,
  type Value,
} from './filter.ts'
import { oppositeOf } from './operators.ts'

/** What a property is: its value; null where the thing has none; undefined where that cannot be told yet. */
export type Fact = Literal | null | undefined
/** Does it match? undefined: the facts at hand do not decide it. */
export type Verdict = boolean | undefined
/** How to look a property up; asked once a rule, the answer is then called for every thing. */
export type Facts<T> = (property: Property) => (thing: T) => Fact

/**
 * A filter as a function. With every fact known it answers true or false; with some unknown it answers undefined unless
 * the others decide. A million calls take well under a second, so nothing is looked up by name in them.
 */
export function compileFilter<T>(filter: Filter, facts: Facts<T>): (thing: T) => Verdict {
  switch (filter.kind) {
    case 'rule':
      return compileRule(filter, facts)
    case 'not': {
      const inner = compileFilter(filter.of, facts)
      return (thing) => opposite(inner(thing))
    }
    case 'all':
      return settledBy(false, filter.of, facts)
    case 'any':
      return settledBy(true, filter.of, facts)
  }
}

/** One member with this verdict settles the group; without one, an undecided member leaves it undecided. */
function settledBy<T>(
  settling: boolean,
  members: readonly Filter[],
  facts: Facts<T>,
): (thing: T) => Verdict {
  const compiled = members.map((member) => compileFilter(member, facts))
  return (thing) => {
    let verdict: Verdict = !settling
    for (const member of compiled) {
      const one = member(thing)
      if (one === settling) return settling
      if (one === undefined) verdict = undefined
    }
    return verdict
  }
}

function opposite(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict
}

function compileRule<T>(rule: Rule, facts: Facts<T>): (thing: T) => Verdict {
  const positive = oppositeOf(rule.operator)
  if (positive === null) return compilePositive(rule, facts)
  const compiled = compilePositive({ ...rule, operator: positive } as Rule, facts)
  return (thing) => opposite(compiled(thing))
}

function compilePositive<T>(rule: Rule, facts: Facts<T>): (thing: T) => Verdict {
  const read = facts(rule.property)
  if ('values' in rule) {
    const { values } = rule
    return (thing) => decided(read(thing), (fact) => values.some((value) => isEqual(fact, value)))
  }
  if ('low' in rule) {
    const low = reader(rule.low, facts)
    const high = reader(rule.high, facts)
    return (thing) => {
      const least = compared('>=', read(thing), low(thing))
      return least === false ? false : both(least, compared('<=', read(thing), high(thing)))
    }
  }
  if ('value' in rule) {
    const { operator } = rule
    const value = reader(rule.value, facts)
    return (thing) => compared(operator, read(thing), value(thing))
  }
  return (thing) => {
    const fact = read(thing)
    return fact === undefined ? undefined : fact === null || fact === ''
  }
}

function reader<T>(value: Value, facts: Facts<T>): (thing: T) => Fact {
  return isField(value) ? facts(value) : () => value
}

function both(a: Verdict, b: Verdict): Verdict {
  return b === false ? false : a === undefined ? undefined : b
}

/** What is not there is equal to nothing, larger than nothing, and contains nothing. */
function decided(fact: Fact, test: (fact: Literal) => boolean): Verdict {
  if (fact === undefined) return undefined
  return fact === null ? false : test(fact)
}

function compared(operator: Comparison, fact: Fact, value: Fact): Verdict {
  if (fact === null || value === null) return false
  if (fact === undefined || value === undefined) return undefined
  switch (operator) {
    case '==':
      return isEqual(fact, value)
    case '>':
      return numberOf(fact) > numberOf(value)
    case '>=':
      return numberOf(fact) >= numberOf(value)
    case '<':
      return numberOf(fact) < numberOf(value)
    case '<=':
      return numberOf(fact) <= numberOf(value)
    case 'is':
      return folded(fact) === folded(value)
    case 'like':
      return folded(fact).includes(folded(value))
    case 'starts with':
      return folded(fact).startsWith(folded(value))
    case 'ends with':
      return folded(fact).endsWith(folded(value))
    case '!=':
    case 'is not':
      return opposite(compared(operator === '!=' ? '==' : 'is', fact, value))
  }
}

/** Attributes are text, whatever they say: `5` is equal to "5.0" as a number, `true` to "true". Text with text is exact. */
function isEqual(fact: Literal, value: Literal): boolean {
  if (fact === value) return true
  if (typeof fact === 'number' || typeof value === 'number')
    return numberOf(fact) === numberOf(value)
  return typeof fact !== typeof value && String(fact) === String(value)
}

/** NaN for what is no number: then no comparison holds. */
function numberOf(literal: Literal): number {
  if (typeof literal === 'number') return literal
  return typeof literal === 'string' && literal.trim() !== '' ? Number(literal) : Number.NaN
}

function folded(literal: Literal): string {
  return String(literal).toLowerCase()
}
