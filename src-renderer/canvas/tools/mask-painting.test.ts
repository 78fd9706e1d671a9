import { describe, expect, test } from 'vitest'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { screenPoint } from '../geometry/space.ts'
import { FakeHand, testShape } from './fake-hand.ts'
import { type Brush, MaskSession } from './mask-session.ts'

const SIZE = { width: 200, height: 100 }
const pen: Brush = { kind: 'brush', form: 'square', size: 1 }

function painting(brush: Partial<Brush> = {}, ...shapes: ReturnType<typeof testShape>[]) {
  const first = shapes[0]
  const session = new MaskSession(SIZE, { ...pen, ...brush }, first?.points ?? null)
  const hand = new FakeHand(...shapes)
  const edited = (first?.id ?? null) as AnnotationId | null
  hand.use({ kind: 'draw', shape: 'mask', color: '#00ff00', session, edited })
  return { session, hand }
}
const drawn = (hand: FakeHand) => hand.heard('draw').map(({ shape }) => shape)

describe('brush', () => {
  test('a drag paints all the way, N finishes', () => {
    const { hand } = painting()
    hand.press(10.5, 10.5).moveTo(13.5, 10.5).release()
    hand.machine.finish()
    expect(drawn(hand)).toEqual([{ type: 'mask', points: [0, 4, 10, 10, 13, 10], rotation: 0 }])
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('strokes follow every place the pointer was, not only the last', () => {
    const { hand, session } = painting()
    const press = { button: 0, clicks: 1, shift: false, ctrl: false, alt: false }
    hand.press(10, 10)
    const [image, trail] = [
      { x: 20, y: 10 },
      [
        { x: 10, y: 14 },
        { x: 20, y: 14 },
      ],
    ]
    hand.machine.move({ ...press, image, screen: screenPoint(20, 10), trail })
    hand.release()
    expect(session.points()?.slice(-4)).toEqual([10, 10, 20, 14])
    expect(session.strokes).toBe(1)
  })

  test('the right button takes away; with the eraser the left one does', () => {
    const mask = testShape(1, [0, 4, 0, 0, 3, 0], { type: 'mask' })
    const { hand, session } = painting({}, mask)
    hand.press(0.5, 0.5, { button: 2 }).release()
    expect(session.points()).toEqual([0, 3, 1, 0, 3, 0])
    session.setBrush({ kind: 'eraser' })
    hand.press(1.5, 0.5).release()
    expect(session.points()).toEqual([0, 2, 2, 0, 3, 0])
  })

  test('nothing painted is refused with a hint, and the tool goes on', () => {
    const { hand } = painting()
    hand.machine.finish()
    expect(hand.heard('hint')).toEqual([{ key: 'maskIsEmpty' }])
    expect(hand.machine.tool.kind).toBe('draw')
  })

  test('Shift and wheel change the size, no other tool has a use for it', () => {
    const { hand, session } = painting({ size: 20 })
    expect(hand.machine.turn(1)).toBe(true)
    expect(session.brush.size).toBe(22)
    expect(hand.use({ kind: 'select' }).machine.turn(1)).toBe(false)
  })

  test('the tip is shown where it would paint, in its true size', () => {
    const { hand } = painting({ form: 'round', size: 9 })
    hand.moveTo(30.2, 40.9)
    const marks = hand.draft?.kind === 'sketch' ? hand.draft.marks : []
    expect(marks.at(-1)).toMatchObject({ kind: 'circle', at: { x: 30.5, y: 40.5 }, radius: 4.5 })
  })
})

describe('polygon', () => {
  const corners = [
    [10, 10],
    [20, 10],
    [20, 20],
  ] as const

  test('a click on the first corner closes it, and it is a stroke', () => {
    const { hand, session } = painting({ kind: 'polygon-plus' })
    for (const [x, y] of corners) hand.click(x, y)
    hand.click(11, 11)
    expect(session.strokes).toBe(1)
    expect(session.outline).toEqual([])
  })

  test('N closes what is under way and finishes; two corners are too few for it', () => {
    const { hand } = painting({ kind: 'polygon-plus' })
    hand.click(10, 10).click(20, 10)
    hand.machine.finish()
    expect(hand.heard('hint')).toEqual([{ key: 'polygonNeedsThreePoints' }])
    hand.click(20, 20).machine.finish()
    expect(drawn(hand)).toHaveLength(1)
  })

  test('the right button takes the last corner back', () => {
    const { hand, session } = painting({ kind: 'polygon-plus' })
    hand.click(10, 10).click(20, 10).click(50, 50, { button: 2 })
    expect(session.outline).toEqual([10, 10])
  })
})

describe('leaving', () => {
  test('Escape leaves without a trace', () => {
    const { hand } = painting()
    hand.press(10, 10).moveTo(20, 10).release()
    expect(hand.escape()).toBe(true)
    expect(drawn(hand)).toEqual([])
    expect(hand.draft).toBeNull()
    expect(hand.machine.tool.kind).toBe('select')
  })

  test('the mask painted on is hidden meanwhile, and there again afterwards', () => {
    const { hand } = painting({}, testShape(7, [0, 4, 0, 0, 1, 1], { type: 'mask' }))
    expect(hand.previews.map(({ id }) => id)).toEqual([7])
    hand.escape()
    expect(hand.previews).toEqual([])
  })

  test('the system takes the pointer away in the middle: that stroke is gone, the ones before stay', () => {
    const { hand, session } = painting()
    hand.press(1.5, 1.5).release()
    hand.press(50, 50).moveTo(60, 50)
    hand.machine.interrupt()
    expect(session.points()).toEqual([0, 1, 1, 1, 1, 1])
    hand.press(3.5, 1.5).release()
    expect(session.strokes).toBe(2)
  })

  test('another colour is another look at the same session', () => {
    const { hand, session } = painting()
    hand.press(1.5, 1.5).release()
    hand.use({ kind: 'draw', shape: 'mask', color: '#0000ff', session, edited: null })
    hand.machine.finish()
    expect(drawn(hand)).toHaveLength(1)
  })
})
