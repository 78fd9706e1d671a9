import { describe, expect, test } from 'vitest'
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { SkeletonLook, Tool } from '../canvas-api.ts'
import { FakeHand, testShape } from './fake-hand.ts'

const joint = (id: number, x: number, y: number, outside = false): SkeletonElement => {
  return { labelId: id as LabelId, points: [x, y], occluded: false, outside, attributes: [] }
}
const look: SkeletonLook = {
  edges: [
    [0, 1],
    [1, 2],
  ],
  joints: ['a', 'b', 'c'].map((name) => ({ name, color: '#123456' })),
}

/** a at (40, 40), b at (80, 40), c at (80, 80); edges a-b and b-c. */
const body = (more = {}) =>
  testShape(1, [], {
    type: 'skeleton',
    elements: [joint(1, 40, 40), joint(2, 80, 40), joint(3, 80, 80)],
    skeleton: look,
    ...more,
  })
const places = (hand: FakeHand) => {
  const [edit] = hand.heard('edit')
  return edit && { verb: edit.verb, at: edit.changes[0]?.elements?.map(({ points }) => points) }
}

describe('drawing', () => {
  const tool: Tool = {
    kind: 'draw',
    shape: 'skeleton',
    color: '#00ff00',
    look,
    template: [joint(1, 0, 0.5), joint(2, 1, 0), joint(3, 0.5, 1)],
  }
  const drawn = (hand: FakeHand) =>
    hand.heard('draw').map(({ shape }) => shape.elements?.map(({ points }) => points))

  test.each([
    ['a drag', (hand: FakeHand) => hand.press(20, 10).moveTo(120, 90).release()],
    ['two clicks', (hand: FakeHand) => hand.click(120, 90).click(20, 10)],
  ])('the template fills the box of %s', (_name, gesture) => {
    const hand = gesture(new FakeHand().use(tool))
    expect(drawn(hand)).toEqual([
      [
        [20, 50],
        [120, 10],
        [70, 90],
      ],
    ])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('N takes the pointer as the second corner', () => {
    const hand = new FakeHand().use(tool).click(20, 10).moveTo(120, 90)
    hand.machine.finish()
    expect(drawn(hand)).toHaveLength(1)
  })

  test('outside the picture it stops at the edge', () => {
    const hand = new FakeHand().use(tool).press(100, 50).moveTo(900, 900).release()
    expect(drawn(hand)[0]?.[1]).toEqual([200, 50])
  })

  test('a flat box is refused, Escape leaves no trace', () => {
    const hand = new FakeHand().use(tool).click(20, 10).click(20, 90)
    expect(hand.heard('hint')).toEqual([{ key: 'skeletonTooSmall' }])
    hand.click(20, 10).moveTo(80, 80)
    expect(hand.escape()).toBe(true)
    expect([hand.draft, drawn(hand)]).toEqual([null, []])
  })
})

describe('editing', () => {
  const from = (x: number, y: number) => new FakeHand(body()).activate(1).press(x, y)

  test('a joint follows the pointer alone, inside the picture', () => {
    const hand = from(80, 80).moveTo(90, 70).moveTo(300, 70).release()
    expect(places(hand)).toEqual({
      verb: 'move-point',
      at: [
        [40, 40],
        [80, 40],
        [200, 70],
      ],
    })
  })

  test('the box moves the whole, also where nothing is drawn in it', () => {
    const hand = from(50, 70).moveTo(60, 75).release()
    expect(places(hand)).toEqual({
      verb: 'move',
      at: [
        [50, 45],
        [90, 45],
        [90, 85],
      ],
    })
  })

  test('a corner of the box scales the joints, the opposite corner stays', () => {
    // The box is 12 pixels wider than the joints on each side.
    const hand = from(92, 92).moveTo(112, 102).release()
    expect(places(hand)).toEqual({
      verb: 'resize',
      at: [
        [40, 40],
        [100, 40],
        [100, 90],
      ],
    })
  })

  test('a box squeezed flat keeps a pixel, so that it can be drawn out again', () => {
    const at = places(from(92, 92).moveTo(20, 20).release())?.at ?? []
    const xs = at.map(([x = 0]) => x)
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThanOrEqual(1)
  })

  test('the handle above turns it about the middle, Shift in steps', () => {
    const hand = from(60, 6).moveTo(90, 62, { shift: true }).release({ shift: true })
    const { verb, at } = places(hand) ?? {}
    expect(verb).toBe('rotate')
    const turned = at?.flat().map((value) => Math.round(value * 1e6) / 1e6)
    expect(turned).toEqual([80, 40, 80, 80, 40, 80])
  })

  test('Escape leaves it as it was', () => {
    const hand = from(80, 80).moveTo(90, 70)
    hand.escape()
    expect([hand.previews, hand.release().heard('edit')]).toEqual([[], []])
  })

  test('pinned, the joints can be moved but not the whole', () => {
    const hand = new FakeHand(body({ pinned: true })).activate(1)
    hand.press(50, 70).moveTo(60, 75).release()
    expect(hand.heard('edit')).toEqual([])
    expect(places(hand.press(80, 80).moveTo(90, 70).release())?.verb).toBe('move-point')
  })

  test('a joint under the pointer is told, and its name shown', () => {
    const hand = new FakeHand(body()).activate(1).moveTo(80, 41)
    expect([hand.hovered, hand.hoveredJoint]).toEqual([1, 1])
    const marks = hand.draft?.kind === 'sketch' ? hand.draft.marks : []
    expect(marks).toContainEqual({ kind: 'text', at: { x: 80, y: 40 }, text: 'b' })
    expect(hand.moveTo(60, 60).hoveredJoint).toBeNull()
  })

  test('an outside joint is not there to be taken', () => {
    const elements = [joint(1, 40, 40), joint(2, 80, 40), joint(3, 80, 80, true)]
    const hand = new FakeHand(body({ elements })).activate(1).press(80, 80).moveTo(90, 90)
    expect(places(hand.release())?.at).toBeUndefined()
  })
})

describe('picking', () => {
  const car = testShape(2, [30, 30, 190, 95])

  test('on a joint or an edge it goes before what lies around or over it', () => {
    const over = testShape(3, [70, 35, 90, 45])
    expect(new FakeHand(car, body(), over).moveTo(60, 41).hovered).toBe(1)
    expect(new FakeHand(car, body()).moveTo(79, 60).hovered).toBe(1)
  })

  test('in the air of its box it comes after all others, but before nothing', () => {
    expect(new FakeHand(car, body()).moveTo(50, 70).hovered).toBe(2)
    expect(new FakeHand(body()).moveTo(50, 70).hovered).toBe(1)
  })

  test('without a joint that is seen it is not there', () => {
    const elements = [joint(1, 40, 40, true), joint(2, 80, 40, true), joint(3, 80, 80, true)]
    expect(new FakeHand(body({ elements })).moveTo(60, 40).hovered).toBeNull()
  })
})
