import { describe, expect, test } from 'vitest'
import texts from '#resources/locales/en/filter.json'
import type { Property } from '#shared/filter/filter.ts'
import { parseFilter } from '#shared/filter/parser.ts'
import { printFilter } from '#shared/filter/print.ts'
import { expectations } from '#shared/filter/problem.ts'
import { labels } from '#shared/filter/testing.ts'
import {
  choicesOf,
  comparableWith,
  firstRule,
  operatorsFor,
  propertyGroups,
  wantsNumber,
  withOperator,
  withProperty,
} from './properties.ts'
import { filterOf, newGroup, newRule, ruleOf } from './tree.ts'

const color: Property = { attribute: 'color', label: null }
const every = propertyGroups(labels).flatMap(({ properties }) => properties)

test('every property is offered once: the object’s, attributes of any label, then those of each label', () => {
  const groups = propertyGroups(labels)
  expect(groups.map(({ of }) => ('name' in of ? of.name : of.kind))).toEqual([
    'object',
    'attributes',
    'car',
    'Bus',
  ])
  expect(new Set(every.map((property) => JSON.stringify(property))).size).toBe(every.length)
  expect(propertyGroups([])).toHaveLength(1)
})

test('a new rule already says something where there is a label, and nothing where there is none', () => {
  expect(ruleOf(firstRule(labels))).toMatchObject({ value: 'car' })
  expect(ruleOf(firstRule([]))).toBeNull()
})

describe('changing a rule', () => {
  test('keeps a value that still fits', () => {
    const rule = newRule({ field: 'width' }, '>', [40])
    expect(withProperty(rule, { field: 'area' }, labels)).toMatchObject({ operator: '>' })
    expect(withOperator(rule, '<=', labels).operands).toEqual([40])
    expect(withOperator(rule, 'between', labels).operands).toEqual([40, null])
    expect(withOperator(rule, 'is empty', labels).operands).toEqual([])
    expect(withOperator(newRule(color, '==', [5]), 'like', labels).operands).toEqual(['5'])
    expect(withOperator(newRule({ field: 'label' }, '==', ['car']), 'in', labels).operands).toEqual(
      ['car'],
    )
  })

  test('drops what does not', () => {
    expect(
      withProperty(newRule({ field: 'width' }, '>', [40]), { field: 'occluded' }, labels),
    ).toMatchObject({
      operator: '==',
      operands: [true],
    })
    expect(withOperator(newRule(color, '==', ['red']), '>', labels).operands).toEqual([null])
    expect(
      withOperator(newRule({ field: 'width' }, '>', [{ field: 'height' }]), 'in', labels).operands,
    ).toEqual([])
  })

  test.each(every.map((property) => [JSON.stringify(property), property] as const))(
    'whatever the builder makes of %s is a filter that its text reads back',
    (_name, property) => {
      for (const operator of operatorsFor(property)) {
        const rule = withOperator(newRule(property, '==', []), operator, labels)
        const operands = rule.operands.map(
          (operand) =>
            operand ??
            choicesOf(property, labels)?.[0] ??
            (wantsNumber(property, operator, labels) ? 7 : 'x'),
        )
        const filter = filterOf(newGroup([{ ...rule, operands }]))
        const fields = comparableWith(property, operator, labels)
        for (const one of [
          filter,
          ...fields.map((field) => filterOf({ ...rule, operands: rule.operands.map(() => field) })),
        ]) {
          if (!one) continue
          const text = printFilter(one)
          const parsed = parseFilter(text)
          expect(parsed.ok ? parsed.filter && printFilter(parsed.filter) : parsed.problem).toBe(
            text,
          )
        }
      }
    },
  )
})

test('the page has a sentence for everything that can be wrong, the same as the command line’s', () => {
  for (const [key, sentence] of Object.entries(expectations))
    expect((texts as Record<string, string>)[`expected-${key}`]).toBe(sentence)
})
