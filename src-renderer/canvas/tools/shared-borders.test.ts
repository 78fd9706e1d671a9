import { describe, expect, test } from 'vitest'
import { FakeHand, testShape } from './fake-hand.ts'

/** Two squares side by side, with the edge from (100, 20) to (100, 80) in common, and a line that ends on it. */
const LEFT = [40, 20, 100, 20, 100, 80, 40, 80]
const RIGHT = [100, 80, 100, 20, 160, 20, 160, 80]
const LINE = [190, 5, 100, 20]
const scene = (isOn = true, locked = false) => {
  const line = testShape(3, LINE, { type: 'polyline' })
  const hand = new FakeHand(testShape(1, LEFT), testShape(2, RIGHT, { locked }), line).activate(1)
  hand.options = { ...hand.options, sharedBorders: isOn }
  return hand
}
const changed = (hand: FakeHand) =>
  hand
    .heard('edit')
    .map(({ verb, changes }) => [verb, ...changes.map(({ id, points }) => [id, points])])

describe('shared borders', () => {
  test('a vertex takes its neighbours along, in one edit', () => {
    const hand = scene().press(100, 20).moveTo(103, 25).moveTo(105, 30)
    expect(hand.previews.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(changed(hand.release())).toEqual([
      [
        'move-point',
        [1, [40, 20, 105, 30, 100, 80, 40, 80]],
        [2, [100, 80, 105, 30, 160, 20, 160, 80]],
        [3, [190, 5, 105, 30]],
      ],
    ])
  })

  test('a new vertex on the common edge is in both', () => {
    const hand = scene().press(100, 50).moveTo(110, 50).release()
    expect(changed(hand)).toEqual([
      [
        'add-point',
        [1, [40, 20, 100, 20, 110, 50, 100, 80, 40, 80]],
        [2, [100, 80, 110, 50, 100, 20, 160, 20, 160, 80]],
      ],
    ])
  })

  test('a deleted one is gone from all; not when one of them has none to spare', () => {
    const hand = scene().click(100, 80, { alt: true })
    expect(changed(hand)).toEqual([
      ['delete-point', [1, [40, 20, 100, 20, 40, 80]], [2, [100, 20, 160, 20, 160, 80]]],
    ])
    const kept = scene().click(100, 20, { alt: true })
    expect(changed(kept)).toEqual([])
    expect(kept.heard('hint')).toEqual([{ key: 'tooFewPointsToDelete' }])
  })

  test('a locked neighbour stays, and that is said', () => {
    const hand = scene(true, true).press(100, 20).moveTo(105, 30).release()
    expect(
      changed(hand)[0]
        ?.slice(1)
        .map((one) => one[0]),
    ).toEqual([1, 3])
    expect(hand.heard('hint')).toEqual([{ key: 'lockedNeighbourStays' }])
  })

  test('a place that is only near is not shared', () => {
    const hand = new FakeHand(testShape(1, LEFT), testShape(2, [100.00001, 80, 101, 20, 160, 20]))
    hand.options = { ...hand.options, sharedBorders: true }
    hand.activate(1).press(100, 80).moveTo(90, 70).release()
    expect(changed(hand)[0]).toHaveLength(2)
  })

  test('off, each shape is its own', () => {
    const hand = scene(false).press(100, 20).moveTo(105, 30).release()
    expect(changed(hand)[0]).toHaveLength(2)
  })

  test('Escape puts all of them back', () => {
    const hand = scene().press(100, 20).moveTo(105, 30)
    hand.escape()
    expect([hand.previews, changed(hand.release())]).toEqual([[], []])
  })
})
