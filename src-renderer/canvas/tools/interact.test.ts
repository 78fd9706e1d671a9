import { describe, expect, test } from 'vitest'
import { FakeHand } from './fake-hand.ts'
import { EMPTY_PROMPT, InteractSession, type PromptRules } from './interact-session.ts'

const sam: PromptRules = { minPositive: 0, minNegative: 0, box: 'optional' }
const clicksOnly: PromptRules = { minPositive: 1, minNegative: null, box: 'none' }
const boxFirst: PromptRules = { minPositive: 0, minNegative: 0, box: 'required' }

function pointing(rules: PromptRules, canFinish = true) {
  const session = new InteractSession({ width: 200, height: 100 }, rules)
  const hand = new FakeHand()
  hand.use({ kind: 'interact', session, finish: () => canFinish })
  return { hand, session, clicks: () => session.prompt.clicks.map(signed) }
}
const signed = ({ x, y, isPositive }: { x: number; y: number; isPositive: boolean }) => [
  x,
  y,
  isPositive,
]

describe('pointing an object out', () => {
  test('left clicks are on it, right clicks beside it', () => {
    const { hand, clicks } = pointing(sam)
    hand.click(50, 40).click(80, 40, { button: 2 })
    expect(clicks()).toEqual([
      [50, 40, true],
      [80, 40, false],
    ])
  })

  test('the buttons change places when the left one puts negative clicks', () => {
    const { hand, session, clicks } = pointing(sam)
    session.leftIsPositive = false
    hand.click(50, 40).click(80, 40, { button: 2 })
    expect(clicks()).toEqual([
      [50, 40, false],
      [80, 40, true],
    ])
  })

  test('a drag spans the box, another one takes its place, and neither is a click', () => {
    const { hand, session, clicks } = pointing(sam)
    hand.press(80, 60).moveTo(20, 10).release()
    expect(session.prompt.box).toEqual({ x1: 20, y1: 10, x2: 80, y2: 60 })
    hand.press(100, 10).moveTo(250, 90).release()
    expect(session.prompt.box).toEqual({ x1: 100, y1: 10, x2: 200, y2: 90 })
    expect(clicks()).toEqual([])
  })

  test('a click on a dot takes it away, and undo brings it back', () => {
    const { hand, session, clicks } = pointing(sam)
    hand.click(50, 40).click(90, 40).click(52, 42)
    expect(clicks()).toEqual([[90, 40, true]])
    expect(session.prompt.refines).toBeNull()
    expect(hand.machine.takeBack()).toBe(true)
    expect(clicks()).toEqual([
      [50, 40, true],
      [90, 40, true],
    ])
    session.redo()
    expect(clicks()).toEqual([[90, 40, true]])
  })

  test('a double click is one click; only who comes back to a dot means it', () => {
    const { hand, clicks } = pointing(sam)
    hand.click(50, 40).click(50, 40, { clicks: 2 })
    expect(clicks()).toEqual([[50, 40, true]])
    hand.moveTo(90, 80).click(50, 40)
    expect(clicks()).toEqual([])
  })

  test('the dot under the pointer is larger and crossed out', () => {
    const { hand } = pointing(sam)
    hand.click(50, 40).moveTo(90, 80)
    const marks = () => (hand.draft?.kind === 'sketch' ? hand.draft.marks : [])
    expect(marks().filter(({ kind }) => kind === 'path')).toEqual([])
    hand.moveTo(51, 41)
    expect(marks().filter(({ kind }) => kind === 'path')).toHaveLength(2)
  })

  test('what an interactor does not take is said, and nothing is added', () => {
    const { hand, clicks } = pointing(clicksOnly)
    hand.click(50, 40, { button: 2 }).click(500, 40)
    expect(hand.heard('hint')).toEqual([{ key: 'interactNoNegative' }, { key: 'interactOutside' }])
    expect(clicks()).toEqual([])
  })

  test('where there is no box a press is a click at once', () => {
    const { hand, clicks } = pointing(clicksOnly)
    hand.press(50, 40)
    expect(clicks()).toEqual([[50, 40, true]])
  })

  test('a box that has to come first is dragged, or made by two clicks', () => {
    const { hand, session, clicks } = pointing(boxFirst)
    hand.click(30, 30, { button: 2 })
    expect(hand.heard('hint')).toEqual([{ key: 'interactBoxFirst' }])
    hand.click(20, 10).click(80, 60)
    expect(session.prompt.box).toEqual({ x1: 20, y1: 10, x2: 80, y2: 60 })
    hand.click(50, 40)
    expect(clicks()).toEqual([[50, 40, true]])
  })

  test('taking back the first corner of a box changes nothing', () => {
    const { hand, session } = pointing(boxFirst)
    hand.click(20, 10)
    expect(hand.machine.takeBack()).toBe(true)
    hand.moveTo(80, 60)
    expect(session.prompt).toBe(EMPTY_PROMPT)
    expect(hand.machine.takeBack()).toBe(false)
  })

  test('Ctrl postpones as long as it is held', () => {
    const { hand, session } = pointing(sam)
    hand.key('Control')
    expect(session.isPostponed).toBe(true)
    hand.moveTo(40, 40, { ctrl: true })
    expect(session.isPostponed).toBe(true)
    hand.moveTo(41, 40)
    expect(session.isPostponed).toBe(false)
  })

  test('N ends the tool only when there is something to finish', () => {
    const { hand } = pointing(sam, false)
    hand.click(50, 40)
    hand.machine.finish()
    expect(hand.machine.tool.kind).toBe('interact')
    const done = pointing(sam)
    done.hand.machine.finish()
    expect(done.hand.machine.tool.kind).toBe('select')
    expect(done.hand.heard('toolEnd')).toEqual([{ cancelled: false }])
  })

  test('Escape leaves nothing on the picture and says that it was left', () => {
    const { hand } = pointing(sam)
    hand.click(50, 40)
    expect(hand.escape()).toBe(true)
    expect(hand.draft).toBeNull()
    expect(hand.heard('toolEnd')).toEqual([{ cancelled: true }])
  })
})

describe('when there is enough to ask', () => {
  const dextr: PromptRules = { minPositive: 4, minNegative: null, box: 'none' }
  const iog: PromptRules = { minPositive: 1, minNegative: 0, box: 'required' }
  const box = { x1: 10, y1: 10, x2: 50, y2: 50 }

  test.each([
    ['nothing at all', sam, 0, 0, false, false],
    ['a box alone, where that is enough', sam, 0, 0, true, true],
    ['one click', sam, 1, 0, false, true],
    ['only what it is not', sam, 0, 1, false, false],
    ['three of four extreme points', dextr, 3, 0, false, false],
    ['four of them', dextr, 4, 0, false, true],
    ['the box without the click it wants, too', iog, 0, 0, true, false],
    ['both', iog, 1, 0, true, true],
  ])('%s', (_what, rules, positive, negative, hasBox, isEnough) => {
    const session = new InteractSession({ width: 200, height: 100 }, rules)
    if (hasBox) session.span(box)
    for (let i = 0; i < positive; i += 1) session.click({ x: 20 + i, y: 20 }, true)
    for (let i = 0; i < negative; i += 1) session.click({ x: 80 + i, y: 20 }, false)
    expect(session.isEnough).toBe(isEnough)
  })
})
