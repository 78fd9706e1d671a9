import { describe, expect, test } from 'vitest'
import type { RectangleMethod, Tool } from '../canvas-api.ts'
import { rectangleCorners } from '../geometry/shape-box.ts'
import { FakeHand, testShape } from './fake-hand.ts'

const color = '#00ff00'
const rectangle = (method: RectangleMethod): Tool => {
  return { kind: 'draw', shape: 'rectangle', method, color }
}
const path = (shape: 'polygon' | 'polyline' | 'points', pointCount: number | null = null): Tool => {
  return { kind: 'draw', shape, color, pointCount }
}
const ellipse: Tool = { kind: 'draw', shape: 'ellipse', color }
const drawn = (hand: FakeHand) => hand.heard('draw').map(({ shape }) => shape)
const hints = (hand: FakeHand) => hand.heard('hint').map(({ key }) => key)
const takeBack = (hand: FakeHand) => hand.press(0, 0, { button: 2 }).release()
const sketch = (hand: FakeHand) => (hand.draft?.kind === 'sketch' ? hand.draft.marks : [])

describe('a rectangle by its extreme points', () => {
  const extremes: [number, number][] = [
    [60, 10],
    [20, 50],
    [90, 40],
    [70, 80],
  ]

  test.each([
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [2, 0, 3, 1],
  ])('in any order, done with the fourth', (...order) => {
    const hand = new FakeHand().use(rectangle('extreme-points'))
    for (const at of order) hand.click(...(extremes[at] ?? [0, 0]))
    expect(drawn(hand)).toEqual([{ type: 'rectangle', points: [20, 10, 90, 80], rotation: 0 }])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('the box so far is shown with the pointer in it, and how many are there', () => {
    const hand = new FakeHand().use(rectangle('extreme-points')).click(60, 10).moveTo(90, 40)
    expect(sketch(hand)[0]).toMatchObject({ points: [60, 10, 90, 10, 90, 40, 60, 40] })
    expect(sketch(hand).at(-1)).toMatchObject({ text: '1 / 4' })
  })

  test('a right click takes a point back', () => {
    const hand = new FakeHand().use(rectangle('extreme-points')).click(0, 0).click(60, 10)
    takeBack(takeBack(hand))
    for (const [x, y] of extremes) hand.click(x, y)
    expect(drawn(hand)).toHaveLength(1)
    expect(drawn(hand)[0]?.points).toEqual([20, 10, 90, 80])
  })

  test('four points on a line are no box: a hint, and the fourth may be clicked again', () => {
    const hand = new FakeHand().use(rectangle('extreme-points'))
    for (const x of [10, 20, 30, 40]) hand.click(x, 50)
    expect(hints(hand)).toEqual(['rectangleTooSmall'])
    expect(drawn(hand.click(40, 60))[0]?.points).toEqual([10, 50, 40, 60])
  })

  test.each([1, 2, 3])('Escape after %i points draws nothing', (count) => {
    const hand = new FakeHand().use(rectangle('extreme-points'))
    for (const [x, y] of extremes.slice(0, count)) hand.click(x, y)
    expect(hand.escape()).toBe(true)
    expect([hand.draft, drawn(hand)]).toEqual([null, []])
  })
})

describe('a rectangle drawn turned', () => {
  test.each<[string, [number, number], [number, number], [number, number]]>([
    ['to the right of the side', [20, 20], [60, 50], [40, 80]],
    ['to the left of it', [20, 60], [80, 30], [40, 10]],
    ['upright', [20, 20], [90, 20], [50, 70]],
    ['backwards', [90, 60], [20, 40], [40, 90]],
  ])('%s: the side lies exactly where it was clicked', (_name, a, b, depth) => {
    const hand = new FakeHand()
      .use(rectangle('rotated'))
      .click(...a)
      .click(...b)
      .click(...depth)
    const [shape] = drawn(hand)
    const corners = rectangleCorners(shape?.points ?? [], shape?.rotation ?? 0)
    for (const [x, y] of [a, b])
      expect(Math.min(...corners.map((p) => Math.hypot(p.x - x, p.y - y)))).toBeLessThan(1e-9)
    // The other side goes through the third click.
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const height = Math.abs(dx * (depth[1] - a[1]) - dy * (depth[0] - a[0])) / Math.hypot(dx, dy)
    const [, y1 = 0, , y2 = 0] = shape?.points ?? []
    expect(y2 - y1).toBeCloseTo(height, 9)
  })

  test('a side of no length and a depth of nothing are refused', () => {
    const hand = new FakeHand().use(rectangle('rotated')).click(20, 20).click(20, 20)
    expect(hints(hand)).toEqual(['sideTooShort'])
    hand.click(80, 20).click(50, 20)
    expect(hints(hand).at(-1)).toBe('rectangleTooSmall')
    expect(drawn(hand.click(50, 60))[0]).toEqual({
      type: 'rectangle',
      points: [20, 20, 80, 60],
      rotation: 0,
    })
  })

  test('a right click takes the last point back, Escape all of them', () => {
    const hand = new FakeHand().use(rectangle('rotated')).click(20, 20).click(80, 80)
    takeBack(hand).click(80, 20).click(50, 60)
    expect(drawn(hand)[0]?.points).toEqual([20, 20, 80, 60])
    const other = new FakeHand().use(rectangle('rotated')).click(20, 20).click(80, 80)
    other.escape()
    expect([other.draft, drawn(other)]).toEqual([null, []])
  })
})

describe('ellipse', () => {
  test.each([
    ['dragged', (hand: FakeHand) => hand.press(20, 20).moveTo(60, 80).release()],
    ['clicked', (hand: FakeHand) => hand.click(60, 80).click(20, 20)],
  ])('%s: centre and radii of the box', (_name, draw) => {
    const hand = new FakeHand().use(ellipse)
    draw(hand)
    expect(drawn(hand)).toEqual([{ type: 'ellipse', points: [40, 50, 60, 20], rotation: 0 }])
  })

  test('without a radius it is refused; Escape leaves nothing', () => {
    const hand = new FakeHand().use(ellipse).click(20, 20).click(60, 20)
    expect(hints(hand)).toEqual(['ellipseTooSmall'])
    hand.click(20, 20).moveTo(60, 60)
    hand.escape()
    expect([hand.draft, drawn(hand)]).toEqual([null, []])
  })

  test('its handles turn with it and keep the opposite side', () => {
    const shape = testShape(1, [100, 50, 140, 30], { type: 'ellipse', rotation: 90 })
    // Its own right handle points down at 90 degrees.
    const hand = new FakeHand(shape).activate(1).press(100, 90).moveTo(100, 70).release()
    const [change] = hand.heard('edit')[0]?.changes ?? []
    expect(change?.points.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([100, 40, 130, 20])
    expect(change?.rotation).toBe(90)
  })

  test('its rotation handle turns it about the centre', () => {
    const shape = testShape(1, [100, 50, 140, 30], { type: 'ellipse' })
    const hand = new FakeHand(shape).activate(1).press(100, 4).moveTo(150, 50).release()
    const changes = [{ id: 1, points: [100, 50, 140, 30], rotation: 90 }]
    expect(hand.heard('edit')).toEqual([{ changes, verb: 'rotate' }])
  })
})

describe.each(['polyline', 'points'] as const)('%s', (shape) => {
  const fewest = shape === 'points' ? 1 : 2

  test('is what was clicked, and nothing closes it', () => {
    const hand = new FakeHand().use(path(shape)).click(10, 10).click(90, 10).click(90, 90)
    hand.click(10, 12)
    hand.machine.finish()
    const points = [10, 10, 90, 10, 90, 90, 10, 12]
    expect(drawn(hand)).toEqual([{ type: shape, points, rotation: 0 }])
  })

  test('needs its fewest points', () => {
    const hand = new FakeHand().use(path(shape))
    for (let i = 0; i < fewest - 1; i++) hand.click(10 + 20 * i, 10)
    hand.machine.finish()
    expect(hints(hand)).toEqual([shape === 'points' ? 'pointsNeedOne' : 'polylineNeedsTwoPoints'])
    hand.click(90, 90)
    hand.machine.finish()
    expect(drawn(hand)[0]?.points).toHaveLength(2 * fewest)
  })

  test('ends by itself at the wanted number', () => {
    const hand = new FakeHand().use(path(shape, 3)).click(10, 10).click(20, 10).click(30, 10)
    expect(drawn(hand)[0]?.points).toEqual([10, 10, 20, 10, 30, 10])
  })

  test('a double click ends it', () => {
    const hand = new FakeHand().use(path(shape)).click(10, 10).click(60, 60)
    hand.press(60, 60, { clicks: 2 }).release()
    expect(drawn(hand)[0]?.points).toEqual([10, 10, 60, 60])
  })

  test('every point can be taken back, then Escape leaves', () => {
    const hand = new FakeHand().use(path(shape)).click(10, 10).click(60, 60)
    expect(hand.machine.takeBack()).toBe(true)
    expect(hand.machine.takeBack()).toBe(true)
    expect(hand.machine.takeBack()).toBe(false)
    expect(hand.draft).toBeNull()
    hand.escape()
    expect(drawn(hand)).toEqual([])
  })
})

test('one point wanted is one click', () => {
  expect(drawn(new FakeHand().use(path('points', 1)).click(33, 44))[0]?.points).toEqual([33, 44])
})

describe('what is not drawn', () => {
  test('a polygon on a line is refused, one that crosses itself is kept and said so', () => {
    const hand = new FakeHand().use(path('polygon')).click(10, 10).click(50, 10).click(90, 10)
    hand.machine.finish()
    expect([hints(hand), drawn(hand)]).toEqual([['polygonTooSmall'], []])
    const bow = new FakeHand().use(path('polygon')).click(10, 10).click(90, 90).click(90, 10)
    bow.click(10, 90)
    bow.machine.finish()
    expect(drawn(bow)).toHaveLength(1)
    expect(hints(bow)).toEqual(['polygonCrossesItself'])
  })

  test('points outside come to the edge', () => {
    const hand = new FakeHand().use(path('polyline')).click(-20, 50).click(300, 500)
    hand.machine.finish()
    expect(drawn(hand)[0]?.points).toEqual([0, 50, 200, 100])
  })
})

describe('seen through a view', () => {
  /** Screen pixels of an image point, worked out by hand: at 90 degrees image x runs down and image y to the left. */
  const views = [
    [
      'at scale 8',
      { scale: 8, x: -400, y: -100, angle: 0 },
      (x: number, y: number): [number, number] => [8 * x - 400, 8 * y - 100],
    ],
    [
      'at scale 8, turned by 90 degrees',
      { scale: 8, x: 0, y: 0, angle: 90 },
      (x: number, y: number) => [800 + 400 - 8 * y, 400 - 800 + 8 * x],
    ],
  ] as const

  test.each(views)(
    '%s: what is drawn lands on the pixel it was drawn on',
    (_name, view, screen) => {
      const at = (x: number, y: number) => screen(x, y) as [number, number]
      const hand = new FakeHand().look(view).use(path('polyline'))
      hand
        .click(...at(60.125, 20.5))
        .click(...at(61.25, 21.375))
        .click(...at(70, 30))
      hand.machine.finish()
      expect(drawn(hand)[0]?.points).toEqual([60.125, 20.5, 61.25, 21.375, 70, 30])
      hand
        .use(rectangle('corners'))
        .click(...at(60.5, 20.25))
        .click(...at(62, 23.875))
      expect(drawn(hand)[1]?.points).toEqual([60.5, 20.25, 62, 23.875])
      hand
        .use(ellipse)
        .click(...at(60, 20))
        .click(...at(64, 30))
      expect(drawn(hand)[2]?.points).toEqual([62, 25, 64, 20])
    },
  )

  test('a neighbour is caught exactly, however it is zoomed', () => {
    const neighbour = testShape(9, [60.3333333333, 20.7, 80.1, 20.7, 80.1, 40.9])
    const hand = new FakeHand(neighbour).look({ scale: 8, x: 0, y: 0, angle: 0 })
    hand.options = { ...hand.options, automaticBordering: true }
    hand.use(path('polyline')).click(484, 163).click(100, 100)
    hand.machine.finish()
    expect(drawn(hand)[0]?.points).toEqual([60.3333333333, 20.7, 12.5, 12.5])
  })
})

describe('an outline that is left', () => {
  const polygon = (color = '#00ff00'): Tool => ({
    kind: 'draw',
    shape: 'polygon',
    color,
    pointCount: null,
  })
  const begin = (points: number) => {
    const hand = new FakeHand().use(polygon())
    for (let i = 0; i < points; i += 1) hand.click(20 + 15 * i, i % 2 === 0 ? 20 : 60)
    return hand
  }
  const drawn = (hand: FakeHand) => {
    hand.machine.finish()
    return hand.heard('draw').at(-1)?.shape.points.length
  }

  test('goes on over the next frame', () => {
    const hand = begin(5)
    hand.machine.interrupt()
    hand.click(180, 90)
    expect(drawn(hand)).toBe(12)
  })

  test('goes on when the tool is taken again, with another label', () => {
    const hand = begin(3).use(polygon('#ff0000'))
    expect(hand.heard('left')).toEqual([])
    expect(drawn(hand)).toBe(6)
  })

  test.each([
    [3, 0],
    [4, 1],
  ])('of %d points is offered again %d times after Escape', (points, offers) => {
    const hand = begin(points)
    hand.escape()
    expect(hand.draft).toBeNull()
    expect(hand.heard('left')).toHaveLength(offers)
  })

  test('is taken up where it was left', () => {
    const hand = begin(5)
    hand.escape()
    const [left] = hand.heard('left')
    if (!left) throw new Error('nothing offered')
    expect(drawn(hand.use(left.tool))).toBe(10)
  })

  test('finished, it is not offered', () => {
    const hand = begin(5)
    drawn(hand)
    expect(hand.heard('left')).toEqual([])
  })
})
