import { describe, expect, test } from 'vitest'
import { FakeHand, testShape } from './fake-hand.ts'

const SQUARE = [20, 20, 120, 20, 120, 90, 20, 90]
const square = (options: { intelligentCropping?: boolean } = {}) => {
  const hand = new FakeHand(testShape(1, SQUARE)).activate(1)
  hand.options = { ...hand.options, ...options }
  return hand
}
const line = () =>
  new FakeHand(testShape(1, [20, 50, 60, 50, 100, 50, 140, 50], { type: 'polyline' })).activate(1)
const shift = { shift: true }
const result = (hand: FakeHand) => hand.heard('edit').map(({ changes }) => changes[0]?.points)
const hints = (hand: FakeHand) =>
  hand
    .heard('hint')
    .map(({ key }) => key)
    .filter((key) => key !== 'contourBegin')

describe('a polygon', () => {
  test('between two vertices: the smaller part goes by itself', () => {
    const hand = square().click(20, 20, shift).click(70, 40).click(120, 20)
    expect(result(hand)).toEqual([[20, 20, 70, 40, 120, 20, 120, 90, 20, 90]])
    expect(hand.heard('edit')[0]?.verb).toBe('edit-contour')
    expect(hand.draft).toBeNull()
  })

  test('from an edge to an edge: both places become points', () => {
    const hand = square().click(60, 20, shift).click(80, 40).click(100, 20)
    expect(result(hand)).toEqual([[20, 20, 60, 20, 80, 40, 100, 20, 120, 20, 120, 90, 20, 90]])
  })

  test('Shift held draws freehand from the place', () => {
    const hand = square().press(120, 20, shift)
    for (let y = 21; y <= 80; y++) hand.moveTo(150, y, shift)
    hand.release(shift).click(120, 90)
    const [points = []] = result(hand)
    expect(points.length).toBeGreaterThan(16)
    expect(points.slice(0, 6)).toEqual([20, 20, 120, 20, 150, 21])
  })

  test('inside it, Shift+click selects as ever', () => {
    expect(square().click(70, 60, shift).heard('select')).toEqual([{ ids: [1], additive: true }])
  })

  test('N without an end asks for one', () => {
    const hand = square().click(20, 20, shift).click(70, 40)
    hand.machine.finish()
    expect([hints(hand), result(hand)]).toEqual([['contourNeedsEnd'], []])
  })

  test.each([
    ['at once', (hand: FakeHand) => hand],
    ['after a point', (hand: FakeHand) => hand.click(70, 40)],
  ])('Escape %s leaves everything as it was', (_name, go) => {
    const hand = go(square().click(20, 20, shift))
    expect(hand.escape()).toBe(true)
    hand.click(120, 20)
    expect([hand.draft, result(hand)]).toEqual([null, []])
  })

  test('a locked one cannot be edited', () => {
    const hand = new FakeHand(testShape(1, SQUARE, { locked: true })).activate(1)
    hand.click(20, 20, shift).click(70, 40).click(120, 20)
    expect(result(hand)).toEqual([])
  })
})

describe('when a person has to choose', () => {
  const choosing = () => square({ intelligentCropping: false }).click(70, 20, shift).click(70, 90)

  test('both parts are offered; a click keeps the one under it', () => {
    const hand = choosing().moveTo(100, 50)
    expect(hand.machine.state.name).toBe('choosing-cut')
    expect(hints(hand)).toEqual(['contourChoose'])
    hand.click(100, 50)
    expect(result(hand)).toEqual([[70, 20, 120, 20, 120, 90, 70, 90]])
    expect(result(choosing().click(30, 50))).toEqual([[20, 20, 70, 20, 70, 90, 20, 90]])
  })

  test('N keeps the one that is shown full', () => {
    const hand = choosing().moveTo(30, 50)
    hand.machine.finish()
    expect(result(hand)).toEqual([[20, 20, 70, 20, 70, 90, 20, 90]])
  })

  test('Escape keeps the shape', () => {
    const hand = choosing().moveTo(30, 50)
    hand.escape()
    hand.click(30, 50)
    expect([hand.draft, result(hand)]).toEqual([null, []])
  })

  test('criteria that disagree ask too: many points in a short stretch', () => {
    const bumps = [20, 20, 30, 15, 40, 20, 50, 15, 60, 20, 180, 20, 180, 90]
    const hand = new FakeHand(testShape(1, bumps)).activate(1)
    hand.click(20, 20, shift).click(60, 20)
    expect(hand.machine.state.name).toBe('choosing-cut')
  })
})

describe('a polyline', () => {
  test('the middle is replaced', () => {
    const hand = line().click(60, 50, shift).click(80, 20).click(140, 50)
    expect(result(hand)).toEqual([[20, 50, 60, 50, 80, 20, 140, 50]])
  })

  test('an end that leads elsewhere becomes the line’s end, and grows it from its last point', () => {
    const hand = line().click(100, 50, shift).click(110, 80)
    hand.machine.finish()
    expect(result(hand)).toEqual([[20, 50, 60, 50, 100, 50, 110, 80]])
    const grown = line().click(140, 50, shift).click(180, 50)
    grown.press(180, 50, { clicks: 2 }).release()
    expect(result(grown)).toEqual([[20, 50, 60, 50, 100, 50, 140, 50, 180, 50]])
  })

  test('nearer to its beginning, the beginning is replaced', () => {
    const hand = line().click(60, 50, shift).click(50, 80)
    hand.machine.finish()
    expect(result(hand)).toEqual([[50, 80, 60, 50, 100, 50, 140, 50]])
  })
})

describe('points', () => {
  test('clicks add points, N ends it', () => {
    const shape = testShape(1, [20, 20, 60, 60], { type: 'points' })
    const hand = new FakeHand(shape).activate(1).click(20, 20, shift).click(90, 20).click(120, 40)
    hand.machine.finish()
    expect(result(hand)).toEqual([[20, 20, 60, 60, 90, 20, 120, 40]])
  })

  test.each([
    ['Ctrl', 'points', [20, 20]],
    ['Ctrl', 'polyline', [20, 20, 60, 60]],
    ['Alt', 'points', [20, 20]],
  ] as const)('%s+click on a vertex of %s deletes it', (key, type, left) => {
    const points = type === 'points' ? [20, 20, 60, 60] : [20, 20, 60, 60, 90, 20]
    const hand = new FakeHand(testShape(1, points, { type })).activate(1)
    const [x = 0, y = 0] = points.slice(-2)
    hand.click(x, y, key === 'Ctrl' ? { ctrl: true } : { alt: true })
    expect(result(hand)).toEqual([left])
  })
})
