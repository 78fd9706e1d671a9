import { describe, expect, test } from 'vitest'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { PickTool } from '../canvas-api.ts'
import { FakeHand, testShape } from './fake-hand.ts'
import { Picks } from './picks.ts'

const shapes = [
  testShape(1, [10, 10, 30, 30]),
  testShape(2, [50, 10, 70, 30]),
  testShape(3, [100, 10, 120, 10, 110, 30]),
  testShape(4, [150, 10, 170, 30], { locked: true }),
]

function pick(more: Partial<PickTool> = {}, ...start: number[]) {
  const picks = new Picks(start as AnnotationId[])
  const tool: PickTool = {
    kind: 'pick',
    picks,
    color: '#ff00ff',
    accepts: null,
    otherwise: 'no',
    ...more,
  }
  return { picks, hand: new FakeHand(...shapes).use(tool) }
}
const outlined = (hand: FakeHand) =>
  hand.draft?.kind === 'sketch'
    ? hand.draft.marks.flatMap((mark) =>
        mark.kind === 'shape' && !mark.dashed ? [mark.shape.id] : [],
      )
    : []

describe('picking', () => {
  test('clicks toggle, in order', () => {
    const { hand, picks } = pick()
    hand.click(60, 20).click(20, 20)
    expect(picks.ids).toEqual([2, 1])
    expect(outlined(hand)).toEqual([2, 1])
    hand.click(60, 20)
    expect(picks.ids).toEqual([1])
    expect(hand.heard('pick').map(({ ids }) => ids)).toEqual([[2], [2, 1], [1]])
  })

  test('begins with what was selected, shown at once', () => {
    const { hand } = pick({}, 1, 2)
    expect(outlined(hand)).toEqual([1, 2])
  })

  test('a drag adds what it encloses, and nothing twice', () => {
    const { hand, picks } = pick({}, 2)
    hand.press(5, 5).moveTo(40, 20).moveTo(125, 35).release()
    expect(picks.ids).toEqual([2, 1, 3])
  })

  test('a click on nothing changes nothing', () => {
    const { hand, picks } = pick({}, 1)
    hand.click(90, 90)
    expect(picks.ids).toEqual([1])
  })

  test('what the verb cannot use is refused with its reason', () => {
    const { hand, picks } = pick({ accepts: ['polygon'] })
    hand.click(20, 20).click(160, 20).click(110, 15)
    expect(picks.ids).toEqual([3])
    expect(hand.heard('hint').map(({ key }) => key)).toEqual(['no', 'pickLocked'])
    hand.press(5, 5).moveTo(40, 20).moveTo(190, 35).release()
    expect(picks.ids).toEqual([3])
  })

  test('N says that this is it', () => {
    const { hand } = pick({}, 1, 2)
    hand.machine.finish()
    expect(hand.heard('pick')).toEqual([{ ids: [1, 2], done: true }])
  })

  test.each([
    ['at once', (hand: FakeHand) => hand],
    ['after a click', (hand: FakeHand) => hand.click(20, 20)],
    ['with the button down', (hand: FakeHand) => hand.press(20, 20)],
    ['in the middle of an area', (hand: FakeHand) => hand.press(5, 5).moveTo(60, 60)],
  ])('Escape %s leaves without a trace', (_when, act) => {
    const { hand } = pick()
    act(hand)
    expect(hand.escape()).toBe(true)
    expect(hand.draft).toBeNull()
    expect(hand.machine.tool.kind).toBe('select')
    expect(hand.heard('pick').filter(({ done }) => done)).toEqual([])
  })

  test('more than can be outlined are dots', () => {
    const many = Array.from({ length: 300 }, (_, i) =>
      testShape(i + 1, [i % 100, 1, (i % 100) + 2, 3]),
    )
    const picks = new Picks(many.map(({ id }) => id))
    const hand = new FakeHand(...many)
    hand.use({ kind: 'pick', picks, color: '#ff00ff', accepts: null, otherwise: 'no' })
    expect(hand.draft).toMatchObject({ marks: [{ kind: 'dots' }] })
  })
})
