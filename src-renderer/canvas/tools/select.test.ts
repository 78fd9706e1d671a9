import { describe, expect, test } from 'vitest'
import { FakeHand, testShape } from './fake-hand.ts'

const box = () => testShape(1, [20, 20, 60, 50])
const triangle = () => testShape(2, [100, 20, 160, 20, 130, 80])

describe('hover and click', () => {
  test('the shape under the pointer is hovered, and nothing on the background', () => {
    const hand = new FakeHand(box()).moveTo(30, 30)
    expect(hand.hovered).toBe(1)
    expect(hand.moveTo(90, 90).hovered).toBeNull()
  })

  test.each([
    ['a shape', 30, 30, {}, { ids: [1], additive: false }],
    ['a shape with Ctrl', 30, 30, { ctrl: true }, { ids: [1], additive: true }],
    ['nothing', 90, 90, {}, { ids: [], additive: false }],
  ])('a click on %s selects it', (_name, x, y, keys, expected) => {
    expect(new FakeHand(box()).click(x, y, keys).heard('select')).toEqual([expected])
  })

  test('Ctrl held keeps the active shape, whatever the pointer is over', () => {
    const hand = new FakeHand(box(), triangle()).activate(1).moveTo(30, 30)
    hand.moveTo(130, 40, { ctrl: true })
    expect(hand.hovered).toBe(1)
    expect(hand.moveTo(130, 40).hovered).toBe(2)
  })

  test('clicks on the same place go down through what lies there, round and round', () => {
    const [small, middle, large] = [
      testShape(1, [40, 40, 60, 60]),
      testShape(2, [30, 30, 70, 70]),
      testShape(3, [20, 20, 80, 80]),
    ]
    const hand = new FakeHand(small, middle, large)
    for (let i = 0; i < 4; i += 1) hand.click(50, 50)
    expect(hand.heard('select').map(({ ids }) => ids[0])).toEqual([1, 2, 3, 1])
  })

  test('what was gone down to stays meant while the pointer is on it; a click elsewhere begins at the top', () => {
    const hand = new FakeHand(testShape(1, [40, 40, 60, 60]), testShape(2, [30, 30, 70, 70]))
    hand.click(50, 50).click(50, 50)
    expect(hand.moveTo(55, 55).hovered).toBe(2)
    expect(hand.moveTo(10, 10).hovered).toBeNull()
    expect(hand.moveTo(50, 50).hovered).toBe(1)
    hand.click(45, 45)
    expect(hand.heard('select').at(-1)?.ids).toEqual([1])
  })

  test('a click on a handle of a shape that is only hovered selects it and changes nothing', () => {
    const hand = new FakeHand(triangle()).activate(2).click(100, 20)
    expect(hand.heard('select')).toEqual([{ ids: [2], additive: false }])
    expect(hand.heard('edit')).toEqual([])
    const dragged = new FakeHand(triangle()).activate(2).press(100, 20).moveTo(110, 30).release()
    expect(dragged.heard('select')).toEqual([])
  })

  test('over the rotation handle the active shape stays hovered', () => {
    expect(new FakeHand(box()).activate(1).moveTo(40, -6).hovered).toBe(1)
  })

  test('on the way to the rotation handle, too; beside it the shape is let go of', () => {
    const hand = new FakeHand(box()).activate(1)
    expect(hand.moveTo(40, 8).hovered).toBe(1)
    expect(hand.moveTo(58, 8).hovered).toBeNull()
  })
})

describe('moving', () => {
  test('gives one edit, on release', () => {
    const hand = new FakeHand(box()).press(30, 30).moveTo(35, 32).moveTo(50, 40)
    expect(hand.heard('edit')).toEqual([])
    expect(hand.previews).toEqual([{ id: 1, points: [40, 30, 80, 60], rotation: 0 }])
    hand.release()
    expect(hand.heard('edit')).toEqual([
      { changes: [{ id: 1, points: [40, 30, 80, 60], rotation: 0 }], verb: 'move' },
    ])
    expect(hand.previews).toEqual([])
  })

  test('stops at the edge of the picture', () => {
    const hand = new FakeHand(box()).press(30, 30).moveTo(-500, 900).release()
    expect(hand.heard('edit')[0]?.changes[0]?.points).toEqual([0, 70, 40, 100])
  })

  test('takes all active shapes along', () => {
    const hand = new FakeHand(box(), triangle()).activate(1, 2)
    hand.press(30, 30).moveTo(40, 30).release()
    expect(hand.heard('edit')[0]?.changes.map((change) => change.id)).toEqual([1, 2])
  })

  test.each(['locked', 'pinned'] as const)(
    'a %s shape stays; the view is panned instead',
    (flag) => {
      const hand = new FakeHand({ ...box(), [flag]: true }).press(30, 30).moveTo(40, 35)
      hand.moveTo(50, 45).release()
      expect(hand.heard('edit')).toEqual([])
      expect(hand.panned).toEqual({ x: 20, y: 15 })
    },
  )

  test('Escape leaves everything as it was', () => {
    const hand = new FakeHand(box()).press(30, 30).moveTo(50, 50)
    expect(hand.escape()).toBe(true)
    expect(hand.previews).toEqual([])
    hand.moveTo(80, 80).release()
    expect(hand.heard('edit')).toEqual([])
  })
})

describe('handles', () => {
  test('a corner resizes, the opposite one stays', () => {
    const hand = new FakeHand(box()).activate(1).press(60, 50).moveTo(80, 70).release()
    const changes = [{ id: 1, points: [20, 20, 80, 70], rotation: 0 }]
    expect(hand.heard('edit')).toEqual([{ changes, verb: 'resize' }])
  })

  test('a rectangle squeezed to nothing is refused with a hint', () => {
    const hand = new FakeHand(box()).activate(1).press(60, 50).moveTo(20, 20).release()
    expect(hand.heard('edit')).toEqual([])
    expect(hand.heard('hint')).toEqual([{ key: 'rectangleTooSmall' }])
  })

  test('the rotation handle turns; Shift snaps to 15 degrees', () => {
    const hand = new FakeHand(box()).activate(1).press(40, -6).moveTo(80, 36, { shift: true })
    expect(hand.draft).toMatchObject({ kind: 'sketch', marks: [{ kind: 'text', text: '90°' }] })
    hand.release()
    expect(hand.draft).toBeNull()
    const changes = [{ id: 1, points: [20, 20, 60, 50], rotation: 90 }]
    expect(hand.heard('edit')).toEqual([{ changes, verb: 'rotate' }])
  })

  test('a locked shape has none', () => {
    const hand = new FakeHand({ ...box(), locked: true }).activate(1)
    hand.press(60, 50).moveTo(80, 70).release()
    expect(hand.heard('edit')).toEqual([])
  })
})

describe('points', () => {
  const edited = (hand: FakeHand) => {
    const [edit] = hand.heard('edit')
    return edit && { verb: edit.verb, points: edit.changes[0]?.points }
  }

  test('a vertex follows the pointer, inside the picture', () => {
    const hand = new FakeHand(triangle()).activate(2).press(130, 80).moveTo(130, 300).release()
    expect(edited(hand)).toEqual({ verb: 'move-point', points: [100, 20, 160, 20, 130, 100] })
  })

  test('dragging the middle of an edge adds a vertex', () => {
    const hand = new FakeHand(triangle()).activate(2).press(130, 20).moveTo(130, 5).release()
    const points = [100, 20, 130, 5, 160, 20, 130, 80]
    expect(edited(hand)).toEqual({ verb: 'add-point', points })
  })

  test('a double click on an edge adds a vertex there', () => {
    const hand = new FakeHand(triangle()).activate(2).press(110, 20, { clicks: 2 }).release()
    const points = [100, 20, 110, 20, 160, 20, 130, 80]
    expect(edited(hand)).toEqual({ verb: 'add-point', points })
  })

  test('Alt+click takes a vertex away, but never below three', () => {
    const square = testShape(3, [0, 0, 50, 0, 50, 50, 0, 50])
    const hand = new FakeHand(square).activate(3).click(50, 50, { alt: true })
    expect(edited(hand)).toEqual({ verb: 'delete-point', points: [0, 0, 50, 0, 0, 50] })
    const other = new FakeHand(triangle()).activate(2).click(130, 80, { alt: true })
    expect(other.heard('edit')).toEqual([])
    expect(other.heard('hint')).toEqual([{ key: 'tooFewPointsToDelete' }])
  })
})

describe('the contour editor', () => {
  const edited = (hand: FakeHand) => hand.heard('edit').map(({ verb, changes }) => [verb, changes])
  const begun = () => new FakeHand(triangle()).activate(2).click(100, 20, { shift: true })

  test('goes from the vertex that was clicked with Shift over clicks to another vertex', () => {
    const hand = begun().click(120, 5).click(140, 5).click(160, 20)
    const points = [100, 20, 120, 5, 140, 5, 160, 20, 130, 80]
    expect(edited(hand)).toEqual([['edit-contour', [{ id: 2, points, rotation: 0 }]]])
    expect(hand.draft).toBeNull()
  })

  test('right click takes the last point back', () => {
    const hand = begun().click(120, 5).click(140, 50)
    hand.press(150, 50, { button: 2 }).release()
    hand.click(160, 20)
    expect(hand.heard('edit')[0]?.changes[0]?.points).toHaveLength(8)
  })

  test('Escape leaves the shape as it was', () => {
    const hand = begun().click(120, 5)
    expect(hand.escape()).toBe(true)
    hand.click(160, 20)
    expect(hand.heard('edit')).toEqual([])
  })
})

describe('background', () => {
  test('a drag pans, and what was pressed stays under the pointer', () => {
    const hand = new FakeHand(box()).press(90, 90).moveTo(100, 90).moveTo(110, 95).release()
    expect(hand.panned).toEqual({ x: 20, y: 5 })
  })

  test('Shift+drag selects what is wholly inside', () => {
    const hand = new FakeHand(box(), triangle()).press(5, 5, { shift: true })
    hand.moveTo(20, 20).moveTo(120, 90).release()
    expect(hand.heard('select')).toEqual([{ ids: [1], additive: false }])
    expect(hand.draft).toBeNull()
  })

  test('a double click fits', () => {
    expect(new FakeHand(box()).press(90, 90, { clicks: 2 }).fits).toBe(1)
  })

  test('Escape has nothing to leave while nothing goes on', () => {
    expect(new FakeHand(box()).escape()).toBe(false)
  })
})
