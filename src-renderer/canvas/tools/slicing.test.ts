import { describe, expect, test } from 'vitest'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { fillPolygonMask } from '#shared/geometry/mask-raster.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { FakeHand, testShape } from './fake-hand.ts'

const SQUARE = [10, 10, 50, 10, 50, 50, 10, 50]
const square = testShape(1, SQUARE)
const mask = testShape(2, fillPolygonMask([60, 10, 80, 10, 80, 30, 60, 30], 200, 100) ?? [], {
  type: 'mask',
})
const rectangle = testShape(3, [100, 10, 120, 30])
const locked = testShape(4, [130, 10, 170, 10, 170, 50, 130, 50], { locked: true })

const slicer = (shape: number | null = null) =>
  new FakeHand(square, mask, rectangle, locked).use({
    kind: 'slice',
    shape: shape as AnnotationId | null,
    color: '#f0f',
  })
const areas = (hand: FakeHand) =>
  hand.heard('slice').map(({ id, pieces }) => [id, ...pieces.map((piece) => polygonArea(piece))])

describe('slicing', () => {
  test('choose, click outside, click beyond: cut', () => {
    const hand = slicer().click(30, 30).click(30, 5).click(30, 55)
    expect(areas(hand)).toEqual([[1, 800, 800]])
    expect(hand.machine.tool.kind).toBe('select')
    expect(hand.draft).toBeNull()
  })

  test('what is selected is cut without choosing', () => {
    expect(areas(slicer(1).click(5, 20).click(55, 20))).toEqual([[1, 1200, 400]])
  })

  test('a bent line', () => {
    const hand = slicer(1).click(30, 5).click(30, 30).click(55, 30)
    expect(areas(hand)).toEqual([[1, 1200, 400]])
  })

  test('clicks on the outline begin and end it', () => {
    expect(areas(slicer(1).click(30, 12).click(30, 48))).toEqual([[1, 800, 800]])
  })

  test('N goes straight on to the border', () => {
    const hand = slicer(1).click(30, 25).click(30, 35)
    expect(areas(hand)).toEqual([])
    hand.machine.finish()
    expect(areas(hand)).toEqual([[1, 800, 800]])
  })

  test('Shift draws the line freehand', () => {
    const hand = slicer(1).click(30, 5)
    for (let y = 6; y < 60 && hand.heard('slice').length === 0; y += 4)
      hand.moveTo(30, y, { shift: true })
    expect(areas(hand)).toEqual([[1, 800, 800]])
  })

  test('the right button takes points back, then the choice', () => {
    const hand = slicer().click(30, 30).click(20, 5).click(0, 0, { button: 2 })
    hand.click(30, 5).click(30, 55)
    expect(areas(hand)).toEqual([[1, 800, 800]])
    const other = slicer().click(30, 30).click(0, 0, { button: 2 }).click(70, 20)
    other.click(65, 5).click(65, 35)
    expect(other.heard('slice').map(({ id }) => id)).toEqual([2])
  })

  test('a mask', () => {
    const [done] = slicer(2).click(65, 5).click(65, 35).heard('slice')
    expect(done?.pieces.map((piece) => piece.slice(-4))).toEqual([
      [65, 10, 79, 29],
      [60, 10, 64, 29],
    ])
  })

  test('a line beside the shape cuts nothing, N says why', () => {
    const hand = slicer(1).click(100, 60).click(120, 90)
    hand.machine.finish()
    expect(hand.heard('slice')).toEqual([])
    expect(hand.heard('hint')).toEqual([{ key: 'sliceMisses' }])
    expect(hand.machine.tool.kind).toBe('slice')
  })

  test('other shapes and locked ones are refused', () => {
    const hand = slicer().click(110, 20).click(150, 30)
    expect(hand.heard('hint').map(({ key }) => key)).toEqual(['sliceNeedsArea', 'pickLocked'])
  })

  test.each([
    ['before a choice', (hand: FakeHand) => hand.moveTo(30, 30)],
    ['after it', (hand: FakeHand) => hand.click(30, 30)],
    [
      'in the middle of the line',
      (hand: FakeHand) => hand.click(30, 30).click(30, 5).click(30, 20),
    ],
  ])('Escape %s leaves without a trace', (_when, act) => {
    const hand = slicer()
    act(hand)
    expect(hand.escape()).toBe(true)
    expect(hand.draft).toBeNull()
    expect(hand.heard('slice')).toEqual([])
  })
})
