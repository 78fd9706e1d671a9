import { describe, expect, test } from 'vitest'
import { cuboidFromRectangle, cuboidPoints, readCuboid } from '#shared/geometry/cuboid.ts'
import type { Tool } from '../canvas-api.ts'
import { shapeHandles } from '../geometry/handles.ts'
import { FakeHand, testShape } from './fake-hand.ts'

/**
 *     5-------------6    front: 40 x 40 at (40, 40)
 *    /|            /|    rear: 20 right, 20 up
 *   1-------------2 |
 *   | |           | |
 *   |/            |/
 *   3-------------4
 */
const regular = {
  ...cuboidFromRectangle({ x1: 40, y1: 40, x2: 80, y2: 80 }),
  shift: { x: 20, y: -20 },
}
const box = (more = {}) => testShape(1, cuboidPoints(regular), { type: 'cuboid', ...more })
const edited = (hand: FakeHand) => {
  const [edit] = hand.heard('edit')
  return edit && { verb: edit.verb, cuboid: readCuboid(edit.changes[0]?.points ?? []) }
}
const draw = (method: 'rectangle' | 'points'): Tool => {
  return { kind: 'draw', shape: 'cuboid', color: '#00ff00', method }
}

describe('drawing', () => {
  test('from a rectangle, by a drag or by two clicks', () => {
    const wanted = cuboidPoints(cuboidFromRectangle({ x1: 10, y1: 20, x2: 60, y2: 80 }))
    const dragged = new FakeHand().use(draw('rectangle')).press(10, 20).moveTo(60, 80).release()
    const clicked = new FakeHand().use(draw('rectangle')).click(60, 80).click(10, 20)
    for (const hand of [dragged, clicked]) {
      expect(hand.heard('draw')).toEqual([
        { shape: { type: 'cuboid', points: wanted, rotation: 0 }, again: false },
      ])
      expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
    }
  })

  test('by four points it ends by itself', () => {
    const hand = new FakeHand().use(draw('points'))
    hand.click(10, 20).click(10, 80).click(60, 80).click(75, 70)
    expect(readCuboid(hand.heard('draw')[0]?.shape.points ?? [])).toEqual({
      left: { x: 10, y: 20 },
      right: { x: 60, y: 20 },
      height: 60,
      scale: 1,
      shift: { x: 15, y: -10 },
    })
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('N takes the pointer as the fourth point; with fewer it says what is missing', () => {
    const hand = new FakeHand().use(draw('points')).click(10, 20).click(10, 80)
    hand.machine.finish()
    expect(hand.heard('hint')).toEqual([{ key: 'cuboidNeedsFourPoints' }])
    hand.click(60, 80).moveTo(75, 70)
    hand.machine.finish()
    expect(hand.heard('draw')).toHaveLength(1)
  })

  test('a right click takes the last point back', () => {
    const hand = new FakeHand().use(draw('points')).click(10, 20).click(90, 90)
    hand.press(90, 90, { button: 2 }).release()
    hand.click(10, 80).click(60, 80).click(75, 70)
    expect(hand.heard('draw')).toHaveLength(1)
  })

  test('Ctrl keeps the tool, Escape leaves no trace', () => {
    const hand = new FakeHand().use(draw('rectangle'))
    hand.click(10, 20).click(60, 80, { ctrl: true })
    expect(hand.heard('draw')[0]?.again).toBe(true)
    hand.click(20, 20).moveTo(50, 50)
    expect(hand.escape()).toBe(true)
    expect(hand.draft).toBeNull()
    expect(hand.heard('draw')).toHaveLength(1)
  })

  test('a front thinner than a pixel is refused', () => {
    const hand = new FakeHand().use(draw('rectangle')).click(10, 20).click(10, 80)
    expect(hand.heard('hint')).toEqual([{ key: 'cuboidTooSmall' }])
    expect(hand.heard('draw')).toEqual([])
  })
})

describe('editing', () => {
  const from = (x: number, y: number) => new FakeHand(box()).activate(1).press(x, y)

  test('the body behind the front face moves the whole', () => {
    const hand = from(60, 60).moveTo(70, 65).release()
    expect(edited(hand)?.verb).toBe('move')
    expect(edited(hand)?.cuboid.left).toEqual({ x: 50, y: 45 })
  })

  test('it may stick out, but a corner stays in the picture', () => {
    const hand = from(60, 60).moveTo(-900, 60).release()
    const xs = (hand.heard('edit')[0]?.changes[0]?.points ?? []).filter((_, i) => i % 2 === 0)
    expect(Math.max(...xs)).toBe(0)
    expect(Math.min(...xs)).toBe(-60)
  })

  test('middles of edges extend it', () => {
    expect(edited(from(40, 60).moveTo(30, 99).release())?.cuboid.left).toEqual({ x: 30, y: 40 })
    expect(edited(from(60, 80).moveTo(0, 90).release())?.cuboid.height).toBe(50)
    expect(edited(from(100, 40).moveTo(110, 30).release())?.cuboid.shift).toEqual({ x: 30, y: -30 })
  })

  test('vertices extend it up and down, front and rear alike', () => {
    expect(edited(from(40, 40).moveTo(60, 30).release())?.cuboid.height).toBe(50)
    expect(edited(from(100, 60).moveTo(0, 65).release())?.cuboid.height).toBe(45)
  })

  test('a rear vertex with Shift gives perspective, and the front stays', () => {
    const hand = from(100, 20).moveTo(100, 40, { shift: true }).release({ shift: true })
    const { scale, ...rest } = edited(hand)?.cuboid ?? regular
    expect(scale).toBe(0.5)
    expect(rest).toMatchObject({ left: regular.left, right: regular.right, height: 40 })
  })

  test('the seen side and the rear are moved by themselves', () => {
    const side = edited(from(90, 60).moveTo(95, 55).release())?.cuboid
    expect(side).toMatchObject({ left: { x: 40, y: 40 }, right: { x: 85, y: 35 } })
    const rear = edited(from(75, 30).moveTo(78, 33).release())?.cuboid
    expect(rear).toMatchObject({ left: { x: 40, y: 40 }, shift: { x: 23, y: -17 } })
  })

  test('the face a press would take is shown and let go again', () => {
    const hand = new FakeHand(box()).activate(1).moveTo(90, 60)
    expect(hand.draft?.kind).toBe('sketch')
    expect(hand.moveTo(60, 60).draft).toBeNull()
  })

  test('a click on a face selects', () =>
    expect(from(90, 60).release().heard('select')).toEqual([{ ids: [1], additive: false }]))

  test('locked, it has no handles and no faces', () => {
    const hand = new FakeHand(box({ locked: true })).activate(1).press(90, 60).moveTo(95, 55)
    expect(hand.release().heard('edit')).toEqual([])
    expect(shapeHandles(box({ locked: true }), 1)).toEqual([])
  })

  test('Escape leaves it as it was', () => {
    const hand = from(100, 20).moveTo(100, 40)
    hand.escape()
    expect(hand.previews).toEqual([])
    expect(hand.release().heard('edit')).toEqual([])
  })
})
