import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindingText, isBinding, parseBinding, sameBinding } from './hotkeys.ts'
import {
  conflictsIn,
  hasOwnKeys,
  holdersOf,
  type KeyedAction,
  type Keymap,
  keysIn,
  moveKey,
  withKey,
  withKeys,
  withoutKey,
} from './keymap.ts'
import { readKeymap, writeKeymap } from './keymap-file.ts'

const next: KeyedAction = { id: 'player.next', keys: ['F'] }
const previous: KeyedAction = { id: 'player.previous', keys: ['D'] }
const lock: KeyedAction = { id: 'objects.lock', keys: ['L'] }
const value: KeyedAction = { id: 'aam.value-1', keys: ['1'], context: 'attributes' }
const label: KeyedAction = { id: 'objects.draw-label-1', keys: ['1'] }
const all = [next, previous, lock, value, label]
const plain: Keymap = { keyPreset: 'cvat', keys: {} }

describe('the keys of an action', () => {
  test('are its own, the preset goes before them, the person before the preset', () => {
    expect(keysIn(plain, next)).toEqual(['F'])
    const labelme: Keymap = { ...plain, keyPreset: 'labelme' }
    expect(keysIn(labelme, next)).toEqual(['D', 'Ctrl+Shift+D'])
    expect(keysIn(withKeys(labelme, next, ['X']), next)).toEqual(['X'])
  })

  test('a key is added once, however it is written', () => {
    const map = withKey(withKey(plain, next, 'ctrl+shift+x'), next, 'Shift+Ctrl+X')
    expect(keysIn(map, next)).toEqual(['F', 'Ctrl+Shift+X'])
  })

  test('going back to the preset leaves no change behind', () => {
    const changed = withKey(plain, next, 'X')
    expect(hasOwnKeys(changed, next.id)).toBe(true)
    expect(withoutKey(changed, next, 'X')).toEqual(plain)
  })

  test('all can be taken away', () => {
    expect(keysIn(withoutKey(plain, next, 'F'), next)).toEqual([])
  })
})

describe('a disputed key', () => {
  test('names who has it, and moves when asked', () => {
    expect(holdersOf(plain, next, 'D', all)).toEqual([previous])
    const moved = moveKey(plain, next, 'D', all)
    expect(keysIn(moved, next)).toEqual(['F', 'D'])
    expect(keysIn(moved, previous)).toEqual([])
    expect(conflictsIn(moved, all)).toEqual([])
  })

  test('is none between an action of a context and one of everywhere', () => {
    expect(holdersOf(plain, value, '1', all)).toEqual([])
    expect(conflictsIn(plain, all)).toEqual([])
  })

  test('shows when own keys meet those of another preset', () => {
    const map = withKeys(plain, lock, ['A'])
    expect(conflictsIn({ ...map, keyPreset: 'labelme' }, all)).toEqual([
      { key: 'A', ids: ['player.previous', 'objects.lock'] },
    ])
  })
})

const token = fc.constantFrom('a', 'z', '0', '/', '+', '=', 'enter', 'arrowleft', 'delete', 'f12')
const letter = fc.constantFrom('t', 'b', '1')
const anyBinding = fc.record({
  ctrl: fc.boolean(),
  alt: fc.boolean(),
  shift: fc.boolean(),
  held: fc.uniqueArray(letter, { maxLength: 2 }),
  key: token,
})

test('any binding survives being written and read', () => {
  fc.assert(
    fc.property(anyBinding, (binding) => {
      const text = bindingText(binding)
      expect(isBinding(text)).toBe(true)
      expect(sameBinding(parseBinding(text), binding)).toBe(true)
    }),
  )
})

test.each(['', 'Ctrl', 'Hyper+X', 'Enter+X', 'F99', 'AB'])('“%s” is no binding', (text) => {
  expect(isBinding(text)).toBe(false)
})

describe('a file of keys', () => {
  const ids = new Set(all.map(({ id }) => id))

  test('comes back as it was', () => {
    const map: Keymap = { keyPreset: 'labelimg', keys: { 'player.next': ['X', 'T+L'] } }
    expect(readKeymap(writeKeymap(map), ids)).toEqual({ ok: true, map })
  })

  test.each<[string, unknown, { kind: string; at: string }[]]>([
    ['no JSON', '{', [{ kind: 'json', at: '' }]],
    ['another file', { a: 1 }, [{ kind: 'shape', at: '' }]],
    ['a newer version', { fieldmarkKeys: 9 }, [{ kind: 'version', at: '9' }]],
    ['an unknown preset', { fieldmarkKeys: 1, preset: 'vim' }, [{ kind: 'preset', at: '"vim"' }]],
    [
      'every wrong entry, by name',
      {
        fieldmarkKeys: 1,
        keys: { 'no.such': ['X'], 'player.next': ['F', 'Hyper+X', 3], 'objects.lock': 'L' },
      },
      [
        { kind: 'action', at: 'no.such' },
        { kind: 'key', at: 'player.next: "Hyper+X"' },
        { kind: 'key', at: 'player.next: 3' },
        { kind: 'list', at: 'objects.lock' },
      ],
    ],
  ])('refuses %s', (_name, file, problems) => {
    const text = typeof file === 'string' ? file : JSON.stringify(file)
    expect(readKeymap(text, ids)).toEqual({ ok: false, problems })
  })
})
