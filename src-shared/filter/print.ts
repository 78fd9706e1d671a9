import { annotationVocabulary, findField, taskVocabulary } from './fields.ts'
import { type Filter, isField, type Property, type Rule, type Value } from './filter.ts'
import { isReserved, quote } from './lexer.ts'

/** The text of a filter in its one canonical form: `parseFilter` reads it back as the very same tree. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'rule':
      return printRule(filter)
    case 'not':
      return `not (${printFilter(filter.of)})`
    case 'all':
    case 'any':
      return filter.of.map(printMember).join(filter.kind === 'all' ? ' and ' : ' or ')
  }
}

/** Groups within groups are always in brackets: nobody has to remember what binds stronger. */
function printMember(filter: Filter): string {
  const isGroup = filter.kind === 'all' || filter.kind === 'any'
  return isGroup ? `(${printFilter(filter)})` : printFilter(filter)
}

function printRule(rule: Rule): string {
  const start = `${printProperty(rule.property)} ${rule.operator}`
  if ('values' in rule) return `${start} [${rule.values.map(printValue).join(', ')}]`
  if ('low' in rule) return `${start} ${printValue(rule.low)} and ${printValue(rule.high)}`
  return 'value' in rule ? `${start} ${printValue(rule.value)}` : start
}

function printValue(value: Value): string {
  if (isField(value)) return printProperty(value)
  return typeof value === 'string' ? quote(value) : String(value)
}

/** `label`, `attr["color"]`, `car.color`. */
export function printProperty(property: Property): string {
  if ('field' in property) return property.field
  const { attribute, label } = property
  if (label === null) return `attr[${quote(attribute)}]`
  return `${printName(label)}.${printName(attribute)}`
}

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** Without quotes where it can be mistaken for nothing else. */
function printName(name: string): string {
  const isPlain =
    PLAIN.test(name) &&
    !isReserved(name) &&
    findField(annotationVocabulary, name) === null &&
    findField(taskVocabulary, name) === null
  return isPlain ? name : quote(name)
}
