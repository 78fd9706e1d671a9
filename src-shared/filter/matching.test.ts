import { describe, expect, test } from 'vitest'
import type { Annotation } from '../domain/annotation.ts'
import { annotationMatcher, looksAtFrame } from './annotation-facts.ts'
import type { Filter, Operator } from './filter.ts'
import { parseFilter } from './parser.ts'
import { candidatesOf } from './prefilter.ts'
import { attributes, bus, labels, shape, tag, track } from './testing.ts'

function read(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok || !parsed.filter) throw new Error(`not a filter: ${text}`)
  return parsed.filter
}
const matches = (text: string, annotation: Annotation, frame = annotation.frame) =>
  annotationMatcher(read(text), labels)(annotation, frame)

test.each<[string, Annotation, boolean]>([
  ['label == "car"', shape(), true],
  ['label == "Car"', shape(), false],
  ['label is "CAR"', shape(), true],
  ['label like "A"', shape(), true],
  ['label starts with "C"', shape(), true],
  ['label ends with "c"', shape(), false],
  ['label in ["Bus", "car"]', shape(), true],
  ['label not in ["Bus", "car"]', shape(), false],
  ['label::bus', shape({ labelId: bus.id }), true],
  ['type == shape', shape(), true],
  ['type == "tag"', tag, true],
  ['shape == "rectangle"', shape(), true],
  ['shape == "rectangle"', tag, false],
  ['shape != "rectangle"', tag, true],
  ['shape is empty', tag, true],
  ['occluded == true', shape({ occluded: true }), true],
  ['occluded == false', tag, false],
  ['width == 40 and height == 20 and area == 800', shape(), true],
  ['width > height', shape(), true],
  ['width between height and 40', shape(), true],
  ['width not between 41 and 50', shape(), true],
  ['width > 0 or width <= 0', tag, false],
  ['width == 40', shape({ rotation: 45 }), true],
  ['rotation == 45', shape({ rotation: 45 }), true],
  ['width == 20 and height == 8', shape({ type: 'ellipse', points: [50, 50, 60, 46] }), true],
  ['area > 125.66 and area < 125.67', shape({ type: 'ellipse', points: [50, 50, 60, 46] }), true],
  ['area == 50 and points == 3', shape({ type: 'polygon', points: [0, 0, 10, 0, 0, 10] }), true],
  ['area is empty and points == 2', shape({ type: 'polyline', points: [0, 0, 10, 0] }), true],
  [
    'width == 2 and height == 2 and area == 3',
    shape({ type: 'mask', points: [1, 3, 5, 5, 6, 6] }),
    true,
  ],
  ['points == 4', shape(), true],
  ['zOrder >= 2 and group == 3', shape({ zOrder: 2, group: 3 }), true],
  ['source == semi-auto', shape({ source: 'semi-auto' }), true],
  ['score is empty', shape(), true],
  ['score::(0.5,0.9]', shape({ score: 0.9 }), true],
  ['score::(0.5,0.9]', shape({ score: 0.5 }), false],
  ['score::[0,0.5]', shape(), false],
  ['frame == 3 and objectID == 7', shape(), true],
  ['serverID is empty', shape(), true],
  ['attr["color"] == "red"', shape({ attributes: attributes({ 1: 'red' }) }), true],
  ['attr["color"] == "white"', shape(), true],
  ['attr["color"] == "yellow"', shape({ labelId: bus.id }), true],
  ['car.color == "yellow"', shape({ labelId: bus.id }), false],
  ['car.color is empty', shape({ labelId: bus.id }), true],
  ['attr["speed"] is empty', shape(), true],
  ['attr["speed"] > 5', shape({ attributes: attributes({ 2: '10' }) }), true],
  ['attr["speed"] > 5', shape({ attributes: attributes({ 2: 'fast' }) }), false],
  ['attr["speed"] == 10', shape({ attributes: attributes({ 2: '10.0' }) }), true],
  ['attr["speed"] == "10"', shape({ attributes: attributes({ 2: '10.0' }) }), false],
  ['attr["speed"] > attr["limit"]', shape({ attributes: attributes({ 2: '60' }) }), true],
  ['attr["parked"] == true', shape({ attributes: attributes({ 3: 'true' }) }), true],
  ['attr["parked"] == false', shape(), true],
  ['attr["nothing"] == "x" or attr["nothing"] like ""', shape(), false],
  ['attr["color"] == label', shape({ attributes: attributes({ 1: 'car' }) }), true],
  ['not (width > 5)', tag, true],
])('%s', (text, annotation, expected) => expect(matches(text, annotation)).toBe(expected))

describe('a track is judged by how it looks on the frame', () => {
  test.each([
    ['label == "car"', 20, true],
    ['occluded == true', 3, false],
    ['occluded == true', 7, true],
    ['width == 40', 8, true],
    ['width == 40', 9, false],
    ['width == 40', 2, false],
    ['frame == 5', 5, true],
    ['type == track and shape == rectangle', 4, true],
  ])('%s on frame %i', (text, frame, expected) =>
    expect(matches(text, track, frame)).toBe(expected),
  )

  test.each([
    ['label == "car" and shape == "mask" or group == 1', false],
    ['label == "car" and width > 4', true],
    ['attr["color"] == "red"', true],
    ['group > zOrder', true],
  ])('%s depends on it: %s', (text, expected) => expect(looksAtFrame(read(text))).toBe(expected))
})

test('every negated operator is the exact opposite, of what is missing as well', () => {
  const pairs: readonly (readonly [Operator, Operator, string])[] = [
    ['==', '!=', '40'],
    ['in', 'not in', '[40, 3]'],
    ['between', 'not between', '30 and 40'],
    ['is empty', 'is not empty', ''],
  ]
  for (const [positive, negated, value] of pairs)
    for (const annotation of [shape(), shape({ points: [0, 0, 1, 1] }), tag])
      expect(matches(`width ${negated} ${value}`, annotation)).toBe(
        !matches(`width ${positive} ${value}`, annotation),
      )
})

describe('what label and kind alone decide', () => {
  const found = (text: string) => {
    const { labelIds, kinds, exact } = candidatesOf(read(text), labels)
    return { labels: labelIds.length, kinds: kinds.length, exact }
  }
  test.each([
    ['label == "car"', { labels: 1, kinds: 10, exact: true }],
    ['label == "car" and shape == "polygon"', { labels: 1, kinds: 2, exact: true }],
    ['label == "car" and width > 40', { labels: 1, kinds: 9, exact: false }],
    ['label == "car" or width > 40', { labels: 2, kinds: 10, exact: false }],
    ['not (label == "car")', { labels: 1, kinds: 10, exact: true }],
    ['type == "tag"', { labels: 2, kinds: 1, exact: true }],
    ['attr["speed"] > 4', { labels: 1, kinds: 10, exact: false }],
    ['label == "nobody"', { labels: 0, kinds: 0, exact: true }],
    // The pairs that can match are no rectangle of labels and kinds.
    [
      '(label == "car" and type == "tag") or (label == "Bus" and shape == "mask")',
      { labels: 2, kinds: 3, exact: false },
    ],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected))

  test('no annotation that matches is left out', () => {
    const annotations: Annotation[] = [
      shape(),
      shape({ labelId: bus.id, type: 'mask', points: [0, 1, 0, 0, 0, 0] }),
      tag,
      track,
    ]
    for (const text of [
      'width > 30',
      'label != "car"',
      'attr["color"] == "white"',
      'not (type == "shape")',
      'shape is empty',
      'width is empty or attr["limit"] > 3',
    ])
      for (const annotation of annotations) {
        if (!matches(text, annotation)) continue
        const { labelIds, kinds } = candidatesOf(read(text), labels)
        expect(labelIds).toContain(annotation.labelId)
        expect(kinds).toContain(annotation.kind === 'shape' ? annotation.type : annotation.kind)
      }
  })
})
