import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ScannedFrame } from '../../core/ports.ts'
import { compareCodePoints } from './order.ts'
import { type Selection, selectFrames } from './select-frames.ts'

const all: Selection = {
  sortingMethod: 'natural',
  startFrame: 0,
  stopFrame: null,
  frameStep: 1,
  seed: 1,
}

function select(names: readonly string[], how: Partial<Selection>): string[] {
  const frames = names.map<ScannedFrame>((name) => ({
    name,
    sourceIndex: 0,
    entry: name,
    offset: null,
    sizeBytes: null,
    mtimeMs: null,
  }))
  return selectFrames(frames, { ...all, ...how }).map((frame) => frame.name)
}

test.each([
  ['numbers by value', ['f10.jpg', 'f9.jpg', 'f1.jpg'], ['f1.jpg', 'f9.jpg', 'f10.jpg']],
  ['a number before text', ['a.jpg', '1.jpg', 'B.jpg'], ['1.jpg', 'B.jpg', 'a.jpg']],
  ['several numbers', ['2-10', '10-1', '2-9'], ['2-9', '2-10', '10-1']],
  ['leading zeros do not count', ['f010', 'f9', 'f011'], ['f9', 'f010', 'f011']],
  [
    'numbers longer than a double',
    ['9'.repeat(20), `1${'0'.repeat(20)}`],
    ['9'.repeat(20), `1${'0'.repeat(20)}`],
  ],
  ['folders by number too', ['d10/1', 'd2/3', 'd2/20'], ['d2/3', 'd2/20', 'd10/1']],
  ['a prefix first', ['ab', 'a1', 'a'], ['a', 'a1', 'ab']],
])('natural order: %s', (_name, names, expected) => {
  expect(select(names, { sortingMethod: 'natural' })).toEqual(expected)
})

test('lexicographical order goes by code point, as Python does', () => {
  const names = ['f10', 'f9', '😀', '\uff21', 'F1']
  expect(select(names, { sortingMethod: 'lexicographical' })).toEqual([
    'F1',
    'f10',
    'f9',
    '\uff21',
    '😀',
  ])
})

test('comparing strings is comparing their code points', () => {
  const points = (text: string) => [...text].map((char) => char.codePointAt(0) ?? 0)
  const slow = (a: string, b: string) => {
    const [x, y] = [points(a), points(b)]
    const at = x.findIndex((point, index) => point !== y[index])
    return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1)
  }
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(slow(a, b)))
    }),
  )
})

test('natural order does not depend on the order found', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'B', '0', '1', '9', '/', 'é', '😀') })
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.integer(), (names, seed) => {
      const other = select(names, { sortingMethod: 'random', seed })
      expect(select(other, {})).toEqual(select(names, {}))
    }),
  )
})

test('predefined keeps the order given', () => {
  expect(select(['c', 'a', 'b'], { sortingMethod: 'predefined' })).toEqual(['c', 'a', 'b'])
})

test('random is decided by the seed, not by the order found', () => {
  const names = Array.from({ length: 50 }, (_, at) => `f${at}`)
  const one = select(names, { sortingMethod: 'random', seed: 7 })
  expect(select([...names].reverse(), { sortingMethod: 'random', seed: 7 })).toEqual(one)
  expect(select(names, { sortingMethod: 'random', seed: 8 })).not.toEqual(one)
  expect([...one].sort()).toEqual([...names].sort())
})

test.each([
  ['everything', {}, ['0', '1', '2', '3', '4', '5']],
  ['stop is inclusive', { startFrame: 1, stopFrame: 3 }, ['1', '2', '3']],
  ['every second', { frameStep: 2 }, ['0', '2', '4']],
  ['every second from one to five', { startFrame: 1, stopFrame: 5, frameStep: 2 }, ['1', '3', '5']],
  ['stop behind the last', { startFrame: 4, stopFrame: 99 }, ['4', '5']],
  ['start behind the last', { startFrame: 9 }, []],
])('range: %s', (_name, how, expected) => {
  expect(select(['0', '1', '2', '3', '4', '5'], how)).toEqual(expected)
})
