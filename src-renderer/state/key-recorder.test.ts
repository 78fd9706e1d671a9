import { expect, test } from 'vitest'
import type { KeyPress } from './hotkeys.ts'
import { KeyRecorder } from './key-recorder.ts'

const press = (key: string, code = '', more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})
const shift = { shiftKey: true }

test.each<[string, KeyPress[], string]>([
  ['a letter', [press('t', 'KeyT')], 'T'],
  ['a letter with Caps Lock on', [press('T', 'KeyT')], 'T'],
  ['a modified letter', [press('b', 'KeyB', { ctrlKey: true })], 'Ctrl+B'],
  ['a chord', [press('t', 'KeyT'), press('l', 'KeyL')], 'T+L'],
  ['a key that repeats is no chord with itself', [press('t', 'KeyT'), press('t', 'KeyT')], 'T'],
  [
    'a chord with Shift and a sign',
    [press('Shift', '', shift), press('B', 'KeyB', shift), press('+', 'Equal', shift)],
    'Shift+B+=',
  ],
  ['a sign that needs Shift', [press('+', 'Equal', shift)], '+'],
  ['a digit with Shift', [press('!', 'Digit1', shift)], 'Shift+1'],
  ['a Cyrillic letter, by its place', [press('а', 'KeyF')], 'F'],
  ['an arrow', [press('ArrowLeft', '', { altKey: true })], 'Alt+Left'],
  ['a named key', [press('Delete', 'Delete', shift)], 'Shift+Del'],
  ['Space', [press(' ', 'Space')], 'Space'],
])('%s', (_name, presses, expected) => {
  const recorder = new KeyRecorder(false)
  for (const one of presses) recorder.down(one)
  expect(recorder.binding).toBe(expected)
})

test('modifiers alone are nothing yet', () => {
  const recorder = new KeyRecorder(false)
  recorder.down(press('Control', 'ControlLeft', { ctrlKey: true }))
  expect(recorder.binding).toBeNull()
})

test('it ends when every key is up, and keeps what was pressed', () => {
  const recorder = new KeyRecorder(false)
  recorder.down(press('t', 'KeyT'))
  recorder.down(press('l', 'KeyL'))
  recorder.up(press('l', 'KeyL'))
  expect(recorder.isReleased).toBe(false)
  recorder.up(press('t', 'KeyT'))
  expect(recorder.isReleased).toBe(true)
  expect(recorder.binding).toBe('T+L')
})

test('Cmd on a Mac is Ctrl, and its keyup ends the letters that macOS never lets up', () => {
  const recorder = new KeyRecorder(true)
  recorder.down(press('b', 'KeyB', { metaKey: true }))
  recorder.up(press('Meta', 'MetaLeft'))
  expect(recorder.binding).toBe('Ctrl+B')
  expect(recorder.isReleased).toBe(true)
})
