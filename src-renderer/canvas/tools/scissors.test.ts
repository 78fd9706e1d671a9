import { describe, expect, test } from 'vitest'
import { FakeHand } from './fake-hand.ts'
import { ScissorsSession } from './scissors-session.ts'

function cutting(canFinish = true) {
  const session = new ScissorsSession({ width: 200, height: 100 }, 1)
  const hand = new FakeHand()
  hand.use({ kind: 'scissors', session, color: '#ff0000', finish: () => canFinish })
  return { hand, session, anchors: () => session.anchors.map(({ at }) => [at.x, at.y]) }
}

describe('intelligent scissors', () => {
  test('each click is an anchor; the way to it is open until it is found', () => {
    const { hand, session } = cutting()
    hand.click(20, 20).click(60, 20)
    const [first, second] = session.anchors
    expect(first?.isOpen).toBe(false)
    expect(second?.isOpen).toBe(true)
    if (second) session.settle(second, [20, 20, 40, 10, 60, 20])
    expect(session.isOpen).toBe(false)
    expect(session.outline).toEqual([20, 20, 40, 10, 60, 20])
  })

  test('a way that is known already when it is clicked is taken', () => {
    const { hand, session } = cutting()
    hand.click(20, 20).moveTo(60, 20)
    session.live = [20, 20, 30, 5, 60, 20]
    hand.press(60, 20).release()
    expect(session.isOpen).toBe(false)
    expect(session.outline).toEqual([20, 20, 30, 5, 60, 20])
  })

  test('with Ctrl held lines are straight and may be as long as one likes', () => {
    const { hand, session, anchors } = cutting()
    session.resize(-20)
    hand.click(20, 20).click(180, 20, { ctrl: true })
    expect(anchors()).toEqual([
      [20, 20],
      [180, 20],
    ])
    expect(session.isOpen).toBe(false)
  })

  test('an anchor outside the square is refused with a hint', () => {
    const { hand, session, anchors } = cutting()
    session.resize(-20)
    hand.click(20, 20).click(180, 20)
    expect(anchors()).toEqual([[20, 20]])
    expect(hand.heard('hint')).toEqual([{ key: 'scissorsTooFar' }])
  })

  test('the wheel with Ctrl changes the square, and what it reaches with it', () => {
    const { hand, session } = cutting()
    hand.moveTo(50, 50)
    const { square, reach } = session
    expect(hand.machine.turn(1, 'ctrl')).toBe(true)
    expect(session.square).toBeGreaterThan(square)
    expect(session.reach / reach).toBeCloseTo(session.square / square)
    expect(hand.machine.turn(1, 'shift')).toBe(false)
  })

  test('the square is seen while Ctrl is held, too: dashed, as it holds nothing back', () => {
    const { hand } = cutting()
    const square = () => {
      const { draft } = hand
      const marks = draft?.kind === 'sketch' ? draft.marks : []
      return marks.find((mark) => mark.kind === 'path' && mark.closed)
    }
    hand.moveTo(50, 50)
    expect(square()).toMatchObject({ dashed: false })
    hand.moveTo(51, 50, { ctrl: true })
    expect(square()).toMatchObject({ dashed: true })
  })

  test('a click on the last anchor takes it away (a double click does not), redo puts it back', () => {
    const { hand, session, anchors } = cutting()
    hand.click(20, 20).click(60, 20).click(61, 21)
    expect(anchors()).toHaveLength(2)
    hand.moveTo(90, 60).click(61, 21)
    expect(anchors()).toEqual([[20, 20]])
    session.redo()
    expect(anchors()).toEqual([
      [20, 20],
      [60, 20],
    ])
  })

  test('a click on the first anchor closes the outline and ends', () => {
    const { hand, session, anchors } = cutting()
    hand.click(20, 20).click(60, 20).click(60, 60).click(21, 21)
    expect(anchors().at(-1)).toEqual([20, 20])
    expect(session.outline.slice(0, 2)).toEqual([20, 20])
    expect(session.outline.slice(-2)).not.toEqual([20, 20])
    expect(hand.machine.tool.kind).toBe('select')
  })

  test('fewer points where the density is low, and the same outline when it is asked twice', () => {
    const { hand, session } = cutting()
    hand.click(20, 20).click(60, 20)
    const [, second] = session.anchors
    const way = Array.from({ length: 40 }, (_, i) => [20 + i, 20 + (i % 2)]).flat()
    if (second) session.settle(second, [...way, 60, 20])
    const whole = session.outline.length
    session.density = 0
    expect(session.outline.length).toBeLessThan(whole)
    expect(session.outline).toBe(session.outline)
  })

  test('Escape leaves nothing on the picture', () => {
    const { hand } = cutting()
    hand.click(20, 20).click(60, 20)
    hand.escape()
    expect(hand.draft).toBeNull()
    expect(hand.heard('draw')).toEqual([])
  })
})
