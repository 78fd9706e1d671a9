import { shapeTypeSchema } from '../domain/annotation.ts'
import type { Filter, Rule } from './filter.ts'
import type { Expected } from './problem.ts'
import type { TokenReader } from './token-reader.ts'

/**
 * X-AnyLabeling's search spellings, as its user guide lists them: `label::person`, `type::rectangle`, `gid::1`,
 * `score::(0,0.6]`, `difficult::1`, `description::true`, `shape::1`. They become rules like any other.
 * @see github.com/CVHub520/X-AnyLabeling, docs/en/user_guide.md, "Searching images"
 */
export function readShorthand(tokens: TokenReader): Filter {
  const name = tokens.next()
  tokens.demand('::', 'value')
  switch (name.value.toLowerCase()) {
    case 'label':
      return {
        kind: 'rule',
        property: { field: 'label' },
        operator: 'is',
        value: readPhrase(tokens),
      }
    case 'type':
      return readType(tokens)
    case 'gid':
      return {
        kind: 'rule',
        property: { field: 'group' },
        operator: '==',
        value: readNumber(tokens, 'value'),
      }
    case 'score':
      return readInterval(tokens)
    case 'difficult':
      return {
        kind: 'rule',
        property: { attribute: 'difficult', label: null },
        operator: readFlag(tokens) ? '==' : '!=',
        value: true,
      }
    case 'description':
      return {
        kind: 'rule',
        property: { attribute: 'description', label: null },
        operator: readFlag(tokens) ? 'is not empty' : 'is empty',
      }
    case 'shape':
      return {
        kind: 'rule',
        property: { field: 'type' },
        operator: readFlag(tokens) ? '!=' : '==',
        value: 'tag',
      }
    case 'checked':
    case 'export':
      throw tokens.refuse('about-frames', name, { name: name.value })
    default:
      throw tokens.refuse('known-property', name, {
        name: `${name.value}::`,
        known: 'label::, type::, gid::, score::, difficult::, description::, shape::',
      })
  }
}

/** Its shape names that are not ours. */
const TYPES: Readonly<Record<string, string>> = {
  point: 'points',
  line: 'polyline',
  linestrip: 'polyline',
  circle: 'ellipse',
}

function readType(tokens: TokenReader): Filter {
  const token = tokens.peek()
  const word = readPhrase(tokens).toLowerCase()
  const is = (shape: string): Rule => ({
    kind: 'rule',
    property: { field: 'shape' },
    operator: '==',
    value: shape,
  })
  // Its rotated boxes and four-cornered shapes are no types of their own here.
  if (word === 'rotation') {
    const turned: Rule = { kind: 'rule', property: { field: 'rotation' }, operator: '!=', value: 0 }
    return { kind: 'all', of: [is('rectangle'), turned] }
  }
  if (word === 'quadrilateral') {
    const four: Rule = { kind: 'rule', property: { field: 'points' }, operator: '==', value: 4 }
    return { kind: 'all', of: [is('polygon'), four] }
  }
  const known = shapeTypeSchema.safeParse(TYPES[word] ?? word)
  if (known.success) return is(known.data)
  const names = [...shapeTypeSchema.options, ...Object.keys(TYPES), 'rotation', 'quadrilateral']
  throw tokens.refuse('choice', token, { property: 'type', known: names.join(', ') })
}

/** `[0,0.5]`, `(0,0.5]`, `[0,0.5)` or `(0,0.5)`: round brackets leave their end out. */
function readInterval(tokens: TokenReader): Filter {
  const property = { field: 'score' } as const
  const openLow = tokens.take('(')
  if (!openLow) tokens.demand('[', 'interval')
  const low = readNumber(tokens, 'interval')
  tokens.demand(',', 'interval')
  const high = readNumber(tokens, 'interval')
  const openHigh = tokens.take(')')
  if (!openHigh) tokens.demand(']', 'interval')
  if (!openLow && !openHigh) return { kind: 'rule', property, operator: 'between', low, high }
  return {
    kind: 'all',
    of: [
      { kind: 'rule', property, operator: openLow ? '>' : '>=', value: low },
      { kind: 'rule', property, operator: openHigh ? '<' : '<=', value: high },
    ],
  }
}

/** `1`, `true` and `yes` are true, as there; everything else is false. */
function readFlag(tokens: TokenReader): boolean {
  return ['1', 'true', 'yes'].includes(readPhrase(tokens).toLowerCase())
}

function readNumber(tokens: TokenReader, otherwise: Expected): number {
  const token = tokens.next()
  const number = token.kind === 'number' ? Number(token.value) : Number.NaN
  if (!Number.isFinite(number)) throw tokens.refuse(otherwise, token)
  return number === 0 ? 0 : number
}

/** A quoted text, or the words and numbers up to the next connective: `label::traffic light`. */
function readPhrase(tokens: TokenReader): string {
  const first = tokens.peek()
  if (first.kind === 'text') return tokens.next().value
  let stop = first.start
  while (isPhrasePart(tokens)) stop = tokens.next().stop
  if (stop === first.start) throw tokens.refuse('value')
  return tokens.source.slice(first.start, stop)
}

function isPhrasePart(tokens: TokenReader): boolean {
  const { kind } = tokens.peek()
  if (tokens.sees('and') || tokens.sees('or')) return false
  return kind === 'word' || kind === 'number' || kind === 'other'
}
