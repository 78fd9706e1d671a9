import { describe, expect, test } from 'vitest'
import { type ActionContext, contextRank, contextsMeet } from './action-contexts.ts'
import { findConflicts, findMatch, parseBinding } from './hotkeys.ts'

const bound = (...context: ActionContext[]) => ({ context })

describe('the claim of an action on its keys', () => {
  test.each<[string, ActionContext[], ActionContext[], number]>([
    ['without a context, everywhere', [], ['attributes'], 0],
    ['bound, while its context is off', ['attributes'], ['standard'], -1],
    ['bound, while its context is on', ['attributes'], ['attributes'], 1],
    ['the later context is the stronger', ['drawing-mask'], ['attributes', 'drawing-mask'], 2],
    ['its strongest counts', ['attributes', 'drawing'], ['attributes', 'drawing'], 2],
  ])('%s', (_name, context, on, rank) => {
    expect(contextRank(context.length === 0 ? {} : bound(...context), on)).toBe(rank)
  })
})

test.each([
  ['two free ones', {}, {}, true],
  ['free and bound', {}, bound('tags'), false],
  ['the same context', bound('tags'), bound('tags', 'attributes'), true],
  ['different contexts', bound('tags'), bound('attributes'), false],
])('%s', (_name, a, b, meet) => {
  expect(contextsMeet(a, b)).toBe(meet)
  expect(contextsMeet(b, a)).toBe(meet)
})

test('two actions of different contexts may share a key', () => {
  const next = { id: 'objects.next', keys: ['Tab'] }
  const inAam = { id: 'aam.next-object', keys: ['Tab'], ...bound('attributes') }
  expect(findConflicts([next, inAam])).toEqual([])
  expect(findConflicts([next, { ...next, id: 'objects.other' }])).toHaveLength(1)
})

test('of equal bindings the higher rank wins, and one that does not apply makes room', () => {
  const press = { key: '1', code: 'Digit1' }
  const event = { ...press, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
  const binding = parseBinding('1')
  const candidates = [
    { binding, value: 'label', rank: 0 },
    { binding, value: 'attribute value', rank: 1 },
  ]
  expect(findMatch(candidates, event, new Set(), false)).toBe('attribute value')
  const applies = (value: string) => value === 'label'
  expect(findMatch(candidates, event, new Set(), false, applies)).toBe('label')
})
