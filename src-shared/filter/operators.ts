import type { FieldKind } from './fields.ts'
import type { Operator } from './filter.ts'

const equality = ['==', '!='] as const
const order = ['>', '>=', '<', '<='] as const
const texts = ['is', 'is not', 'like', 'starts with', 'ends with'] as const
const lists = ['in', 'not in'] as const
const ranges = ['between', 'not between'] as const
const presence = ['is empty', 'is not empty'] as const

/** What a property of a kind can be asked, in the order a person is offered it. An attribute is text that may be a number. */
export const operatorsOf: Readonly<Record<FieldKind | 'attribute', readonly Operator[]>> = {
  text: [...equality, ...texts, ...lists, ...presence],
  number: [...equality, ...order, ...ranges, ...lists, ...presence],
  truth: [...equality, ...presence],
  choice: [...equality, ...texts, ...lists, ...presence],
  attribute: [...equality, ...order, ...texts, ...lists, ...ranges, ...presence],
}

/** The positive operator a negated one is the opposite of; null for one that is positive itself. */
export function oppositeOf(operator: Operator): Operator | null {
  switch (operator) {
    case '!=':
      return '=='
    case 'is not':
      return 'is'
    case 'not in':
      return 'in'
    case 'not between':
      return 'between'
    case 'is not empty':
      return 'is empty'
    default:
      return null
  }
}
