import { describe, expect, test } from 'vitest'
import type { Tool } from '../canvas-api.ts'
import { FakeHand, testShape } from './fake-hand.ts'

/** A ring of six: the way over the top (0 1 2 3) is shorter than the way below (3 4 5 0). */
const RING = [40, 40, 80, 20, 120, 20, 160, 40, 150, 95, 50, 95]
const polyline: Tool = { kind: 'draw', shape: 'polyline', color: '#00ff00', pointCount: null }
const hand = () => {
  const one = new FakeHand(testShape(1, RING)).use(polyline)
  one.options = { ...one.options, automaticBordering: true }
  return one
}
const done = (one: FakeHand) => {
  one.machine.finish()
  return one.heard('draw')[0]?.shape.points
}
const dots = (one: FakeHand, color: string) =>
  (one.draft?.kind === 'sketch' ? one.draft.marks : []).flatMap((mark) =>
    mark.kind === 'dots' && mark.color === color ? [mark.points] : [],
  )
const [LIT, VIA] = ['#228be6', '#be4bdb']

describe('automatic bordering', () => {
  test('neighbours light up, and a click near a vertex is on it', () => {
    const one = hand().moveTo(43, 42)
    expect(dots(one, LIT)[0]).toEqual(expect.arrayContaining(RING.slice(0, 4)))
    expect(done(one.click(43, 42).click(10, 10))).toEqual([40, 40, 10, 10])
  })

  test('a first and a last click: the shorter way', () => {
    expect(done(hand().click(40, 40).click(160, 40))).toEqual([40, 40, 80, 20, 120, 20, 160, 40])
  })

  test('a click in between says which way; it is purple until the last one', () => {
    const one = hand().click(40, 40).click(50, 95)
    expect(dots(one, VIA)).toEqual([[50, 95]])
    one.click(160, 40)
    expect(dots(one, VIA)).toEqual([])
    expect(done(one)).toEqual([40, 40, 50, 95, 150, 95, 160, 40])
  })

  test('a right click takes the whole stretch back', () => {
    const one = hand().click(10, 10).click(40, 40).click(50, 95).click(160, 40)
    one.press(0, 0, { button: 2 }).release()
    expect(dots(one, VIA)).toEqual([[50, 95]])
    one.press(0, 0, { button: 2 }).release()
    expect(done(one)).toEqual([10, 10, 40, 40])
  })

  test('goes on from the last vertex, and freely after a click elsewhere', () => {
    const one = hand().click(40, 40).click(80, 20).click(120, 20).click(160, 40).click(190, 90)
    expect(done(one)).toEqual([...RING.slice(0, 8), 190, 90])
  })

  test('the corners of a turned rectangle are caught where they lie', () => {
    const turned = testShape(1, [50, 20, 110, 40], { rotation: 90 })
    const one = new FakeHand(turned).use(polyline)
    one.options = { ...one.options, automaticBordering: true }
    const [x = 0, y = 0] = done(one.click(91, 1).click(10, 10)) ?? []
    expect([x, y]).toEqual([expect.closeTo(90), expect.closeTo(0)])
  })

  test('hidden shapes have no border', () => {
    const one = new FakeHand(testShape(1, RING, { hidden: true })).use(polyline)
    one.options = { ...one.options, automaticBordering: true }
    expect(done(one.click(43, 42).click(10, 10))).toEqual([43, 42, 10, 10])
  })

  test('points have no contour to follow, only places', () => {
    const loose = testShape(1, RING, { type: 'points' })
    const one = new FakeHand(loose).use(polyline)
    one.options = { ...one.options, automaticBordering: true }
    expect(done(one.click(41, 41).click(159, 41))).toEqual([40, 40, 160, 40])
  })
})

describe('Ctrl', () => {
  const off = () => new FakeHand(testShape(1, RING)).use(polyline)
  const catches = (one: FakeHand) => done(one.click(43, 42).click(10, 10))?.[0] === 40

  test('a tap turns it on until the next tap', () => {
    expect(catches(off().key('Control', 100))).toBe(true)
    expect(catches(off().key('Control', 100).key('Control', 100))).toBe(false)
  })

  test('held it is on while it is down', () => {
    expect(catches(off().key('Control'))).toBe(true)
    expect(catches(off().key('Control', 900))).toBe(false)
  })

  test('used as a part of another key it was only held', () => {
    const one = off().key('Control').key('z', 20)
    one.machine.key({ key: 'Control', down: false, timeMs: 60 })
    expect(catches(one)).toBe(false)
  })

  test('turns it off where the setting has it on', () => {
    expect(catches(hand().key('Control'))).toBe(false)
  })
})

test('it works in the contour editor too, on neighbours only', () => {
  const mine = testShape(2, [5, 5, 5, 90, 30, 90, 30, 5])
  const one = new FakeHand(testShape(1, RING), mine).activate(2)
  one.options = { ...one.options, automaticBordering: true }
  one.click(30, 90, { shift: true }).click(52, 93).click(41, 42).click(30, 5)
  expect(one.heard('edit')[0]?.changes[0]?.points).toEqual([
    5, 5, 5, 90, 30, 90, 50, 95, 40, 40, 30, 5,
  ])
})
