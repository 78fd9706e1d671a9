import { describe, expect, test } from 'vitest'
import {
  findConflicts,
  findMatch,
  formatKeys,
  type KeyPress,
  matches,
  parseBinding,
} from './hotkeys.ts'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})
const none = new Set<string>()

describe('a binding matches', () => {
  test.each<[string, string, KeyPress, string[], boolean]>([
    ['a letter', 'F', press('f'), [], true],
    ['a letter with Caps Lock on', 'F', press('F'), [], true],
    ['a letter, but not with Shift', 'F', press('F', { shiftKey: true }), [], false],
    ['a letter, but not with Ctrl', 'F', press('f', { ctrlKey: true }), [], false],
    ['a modified letter', 'Ctrl+Z', press('z', { ctrlKey: true }), [], true],
    ['undo is not redo', 'Ctrl+Z', press('Z', { ctrlKey: true, shiftKey: true }), [], false],
    ['redo', 'Ctrl+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), [], true],
    [
      'the plus key, typed with Shift',
      '+',
      press('+', { shiftKey: true, code: 'Equal' }),
      [],
      true,
    ],
    ['equals without Shift', '=', press('=', { code: 'Equal' }), [], true],
    ['equals is not plus', '=', press('+', { shiftKey: true, code: 'Equal' }), [], false],
    ['the keypad plus', '+', press('+', { code: 'NumpadAdd' }), [], true],
    ['an underscore', '_', press('_', { shiftKey: true, code: 'Minus' }), [], true],
    ['a chord', 'T+L', press('l'), ['t'], true],
    ['a chord without its first key', 'T+L', press('l'), [], false],
    [
      'a chord with Shift and a sign',
      'Shift+B+=',
      press('+', { shiftKey: true, code: 'Equal' }),
      ['b'],
      true,
    ],
    ['a Cyrillic layout by place', 'F', press('а', { code: 'KeyF' }), [], true],
    ['a Dvorak layout by what is typed', 'D', press('d', { code: 'KeyH' }), [], true],
    ['a Dvorak layout, not by place', 'H', press('d', { code: 'KeyH' }), [], false],
    ['AZERTY digits by place', 'Ctrl+1', press('&', { ctrlKey: true, code: 'Digit1' }), [], true],
    ['Space', 'Space', press(' '), [], true],
    ['Esc', 'Esc', press('Escape'), [], true],
    ['Shift+Del is its own binding', 'Del', press('Delete', { shiftKey: true }), [], false],
    ['an arrow', 'Left', press('ArrowLeft'), [], true],
    ['the backquote', '`', press('`', { code: 'Backquote' }), [], true],
  ])('%s', (_name, binding, event, held, expected) => {
    expect(matches(parseBinding(binding), event, new Set(held), false)).toBe(expected)
  })

  test('Ctrl means Cmd on a Mac, and only Cmd', () => {
    const undo = parseBinding('Ctrl+Z')
    expect(matches(undo, press('z', { metaKey: true }), none, true)).toBe(true)
    expect(matches(undo, press('z', { ctrlKey: true }), none, true)).toBe(false)
  })
})

test('the most demanding binding wins while keys are held', () => {
  const candidates = ['L', 'T+L', '='].map((key) => ({ binding: parseBinding(key), value: key }))
  expect(findMatch(candidates, press('l'), new Set(['t']), false)).toBe('T+L')
  expect(findMatch(candidates, press('l'), none, false)).toBe('L')
  expect(findMatch(candidates, press('x'), none, false)).toBeNull()
})

test('conflicts are found between actions, not inside one', () => {
  const found = findConflicts([
    { id: 'a', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'] },
    { id: 'b', keys: ['Shift+Ctrl+Z'] },
    { id: 'c', keys: ['Q', 'Q'] },
  ])
  expect(found).toEqual([{ key: 'Ctrl+Shift+Z', ids: ['a', 'b'] }])
})

test.each([
  ['Ctrl+Shift+Z', false, 'Ctrl+Shift+Z'],
  ['Ctrl+Shift+Z', true, '⌘⇧Z'],
  ['Shift+B+=', false, 'Shift+B+='],
  ['Left', false, '←'],
  ['+', false, '+'],
])('%s is shown (Mac: %s) as %s', (keys, isMac, shown) => {
  expect(formatKeys(keys, isMac)).toBe(shown)
})
