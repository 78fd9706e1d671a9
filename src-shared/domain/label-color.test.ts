import { describe, expect, test } from 'vitest'
import { blake2s } from './blake2s.ts'
import { defaultLabelColor, normaliseLabelName, vocColor } from './label-color.ts'
import { predefinedLabelNames } from './predefined-label-names.ts'

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('the colour of a label made without one', () => {
  test.each([
    ['cat', '#6080c0'],
    ['dog', '#406040'],
    ['person', '#c06060'],
    ['car', '#2080c0'],
    ['Traffic Light', '#d0a000'],
    ['license_plate', '#60c0a0'],
    ['background', '#000000'],
    ['foo', '#ddfb36'],
    ['my label', '#9e758d'],
    ['1', '#d12345'],
    ['2', '#350dea'],
    ['s1', '#5c5eba'],
    ['', '#a3bea1'],
    ['猫', '#a3bea1'],
  ])('%s is %s', (name, color) => expect(defaultLabelColor(name)).toBe(color))

  test.each([
    ['cat', ['#6080c0'], '#6f8cc6'],
    ['foo', ['#ddfb36'], '#e0fb4a'],
    ['dog', ['#406040'], '#536f53'],
  ])('%s beside %s is %s', (name, used, color) => expect(defaultLabelColor(name, used)).toBe(color))

  test('nineteen labels of one name all differ', () => {
    const used: string[] = []
    for (let i = 0; i < 19; i += 1) used.push(defaultLabelColor('cat', used))
    expect(new Set(used).size).toBe(19)
  })
})

test('the predefined list is whole', () => expect(predefinedLabelNames).toHaveLength(724))

test.each([
  ['Traffic Light', 'traffic_light'],
  ['  Café - au  lait! ', 'cafe_au_lait'],
  ['a-b_c', 'a_b_c'],
])('%s is normalised to %s', (name, expected) => expect(normaliseLabelName(name)).toBe(expected))

test.each([
  [0, '#000000'],
  [1, '#800000'],
  [2, '#008000'],
  [15, '#c08080'],
  [255, '#e0e0c0'],
])('colour %d of the VOC map is %s', (index, color) => expect(vocColor(index)).toBe(color))

describe('BLAKE2s', () => {
  test('RFC 7693, appendix B', () => {
    expect(hex(blake2s(utf8('abc'), 32))).toBe(
      '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982',
    )
  })
  test.each([
    ['foo', '7abf9b'],
    ['', 'ad25c7'],
    ['my_label', 'c7d695'],
  ])('three bytes of "%s"', (text, digest) => expect(hex(blake2s(utf8(text), 3))).toBe(digest))
  test.each([63, 64, 65, 128, 129])('%d bytes end in the right block', (length) => {
    expect(hex(blake2s(new Uint8Array(length).fill(97), 32))).toBe(KNOWN[length])
  })
})

/** Of Python's hashlib.blake2s. */
const KNOWN: Record<number, string> = {
  63: '9a4267618070af968ff2a0fdaecc62b5c15ab91cb4a56424ba9fcad20aab417c',
  64: '651d2f5f20952eacaea2fba2f2af2bcd633e511ea2d2e4c9ae2ac0d9ffb7b252',
  65: '045f8ae18932119bd051ac7ba5c73db59892055fad5c32f82d79a6543d92a497',
  128: '3ac477e27353f9019b81694afe60c8049403784f91a58288428ea318bfa82809',
  129: '94f03f8feba7e07dd91153d178bb2d254e8cfd445024a77071f9329200d9517c',
}
