import { describe, expect, test } from 'vitest'
import type { Tool } from '../canvas-api.ts'
import { FakeHand, testShape } from './fake-hand.ts'

const rectangle: Tool = { kind: 'draw', shape: 'rectangle', method: 'corners', color: '#00ff00' }
const polygon = (pointCount: number | null = null): Tool => {
  return { kind: 'draw', shape: 'polygon', color: '#00ff00', pointCount }
}
const drawn = (hand: FakeHand) => hand.heard('draw').map(({ shape }) => shape.points)

describe('rectangle', () => {
  test('click and click', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20).click(50, 60)
    const shape = { type: 'rectangle', points: [10, 20, 50, 60], rotation: 0 }
    expect(hand.heard('draw')).toEqual([{ shape, again: false }])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
    expect(hand.machine.tool.kind).toBe('select')
  })

  test('press, drag, release, in any direction and never outside', () => {
    const hand = new FakeHand().use(rectangle).press(250, 90).moveTo(50, -30).release()
    expect(drawn(hand)).toEqual([[50, 0, 200, 90]])
  })

  test('smaller than a pixel is refused with a hint and the tool goes on', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20).click(10, 60)
    expect(hand.heard('hint')).toEqual([{ key: 'rectangleTooSmall' }])
    expect(hand.heard('draw')).toEqual([])
    expect(hand.machine.tool).toEqual(rectangle)
  })

  test('Ctrl at the last click keeps the tool', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20).click(50, 60, { ctrl: true })
    expect(hand.heard('draw')[0]?.again).toBe(true)
    expect(drawn(hand.click(60, 20).click(90, 60))).toHaveLength(2)
    expect(hand.machine.tool.kind).toBe('select')
  })

  test('N takes the pointer as the second corner', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20).moveTo(50, 60)
    hand.machine.finish()
    expect(drawn(hand)).toEqual([[10, 20, 50, 60]])
  })

  test('Escape draws nothing and leaves the tool', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20).moveTo(50, 60)
    expect(hand.escape()).toBe(true)
    expect(hand.draft).toBeNull()
    expect(hand.heard('draw')).toEqual([])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: true }])
  })

  test('the wheel button pans and the drawing goes on', () => {
    const hand = new FakeHand().use(rectangle).click(10, 20)
    hand.press(40, 40, { button: 1 }).moveTo(70, 40).release()
    expect(hand.panned).toEqual({ x: 30, y: 0 })
    expect(drawn(hand.click(50, 60))).toEqual([[10, 20, 50, 60]])
  })
})

describe('polygon', () => {
  const corners = (hand: FakeHand) => hand.click(10, 10).click(90, 10).click(90, 90)

  test.each([
    ['N', (hand: FakeHand) => hand.machine.finish()],
    ['a click on the first point', (hand: FakeHand) => hand.click(12, 11)],
    ['a double click', (hand: FakeHand) => hand.press(90, 90, { clicks: 2 })],
  ])('is closed by %s', (_name, close) => {
    const hand = corners(new FakeHand().use(polygon()))
    close(hand)
    expect(drawn(hand)).toEqual([[10, 10, 90, 10, 90, 90]])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('two points are not enough', () => {
    const hand = new FakeHand().use(polygon()).click(10, 10).click(90, 10)
    hand.machine.finish()
    expect(hand.heard('hint')).toEqual([{ key: 'polygonNeedsThreePoints' }])
    expect(hand.machine.tool.kind).toBe('draw')
  })

  test('a right click takes the last point back', () => {
    const hand = corners(new FakeHand().use(polygon())).click(150, 50)
    hand.press(150, 50, { button: 2 })
    hand.machine.finish()
    expect(drawn(hand)).toEqual([[10, 10, 90, 10, 90, 90]])
  })

  test('ends by itself at the given number of points', () => {
    const hand = corners(new FakeHand().use(polygon(4))).click(10, 90)
    expect(drawn(hand)).toEqual([[10, 10, 90, 10, 90, 90, 10, 90]])
  })

  test('Shift draws freehand, a point every few pixels', () => {
    const hand = new FakeHand().use(polygon()).click(10, 10)
    for (let x = 11; x <= 50; x++) hand.moveTo(x, 10, { shift: true })
    hand.click(50, 60)
    hand.machine.finish()
    expect(drawn(hand)).toEqual([[10, 10, 19, 10, 28, 10, 37, 10, 46, 10, 50, 60]])
  })

  test('Escape draws nothing', () => {
    const hand = corners(new FakeHand().use(polygon()))
    hand.escape()
    expect(hand.heard('draw')).toEqual([])
    expect(hand.draft).toBeNull()
  })
})

describe('paste', () => {
  const paste: Tool = { kind: 'paste', shapes: [testShape(1, [0, 0, 20, 10])] }

  test('ghosts follow the pointer by their middle and are dropped by a click', () => {
    const hand = new FakeHand().use(paste).click(100, 50)
    const shapes = [{ type: 'rectangle', points: [90, 45, 110, 55], rotation: 0 }]
    expect(hand.heard('paste')).toEqual([{ shapes, keep: false }])
    expect(hand.machine.tool.kind).toBe('select')
  })

  test('Ctrl keeps them for more; they stay inside the picture', () => {
    const hand = new FakeHand().use(paste).click(300, 50, { ctrl: true }).click(5, 50)
    expect(hand.heard('paste').map(({ shapes }) => shapes[0]?.points)).toEqual([
      [180, 45, 200, 55],
      [0, 45, 20, 55],
    ])
  })
})

describe('other tools', () => {
  test('zoom to an area', () => {
    const hand = new FakeHand().use({ kind: 'zoom-area' }).press(10, 20).moveTo(60, 50).release()
    expect(hand.focused).toEqual({ x1: 10, y1: 20, x2: 60, y2: 50 })
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('the pan tool moves the view even over a shape', () => {
    const hand = new FakeHand(testShape(1, [0, 0, 90, 90])).use({ kind: 'pan' })
    hand.press(30, 30).moveTo(35, 30).release()
    expect(hand.panned).toEqual({ x: 5, y: 0 })
    expect(hand.heard('edit')).toEqual([])
  })

  test('a tool set by whoever hears the drawing has the last word', () => {
    const hand = new FakeHand().use(rectangle)
    const emit = hand.emit.bind(hand)
    hand.emit = (event, payload) => {
      emit(event, payload)
      if (event === 'draw') hand.use(polygon())
    }
    hand.click(10, 20).click(50, 60)
    expect(hand.machine.tool).toEqual(polygon())
  })
})
