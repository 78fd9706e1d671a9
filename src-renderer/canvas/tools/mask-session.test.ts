import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeMask, encodeMask } from '#shared/geometry/mask.ts'
import { MaskGrid, TILE } from './mask-grid.ts'
import { type Brush, LARGEST_BRUSH, MaskSession } from './mask-session.ts'

const SIZE = { width: 600, height: 400 }
const dot: Brush = { kind: 'brush', form: 'square', size: 1 }

function session(points: readonly number[] | null = null, brush: Brush = dot): MaskSession {
  return new MaskSession(SIZE, brush, points)
}

function stroke(on: MaskSession, from: [number, number], to = from, erases = false): void {
  on.beginStroke({ x: from[0], y: from[1] }, erases)
  on.strokeTo({ x: to[0], y: to[1] })
  on.endStroke()
}

describe('what is painted', () => {
  test('nothing at first', () => expect(session().points()).toBeNull())

  test('is stored as it was painted, tightly boxed', () => {
    const on = session()
    stroke(on, [10.5, 20.5], [12.5, 20.5])
    expect(on.points()).toEqual([0, 3, 10, 20, 12, 20])
  })

  test('over the edges of tiles it is one span', () => {
    const on = session()
    stroke(on, [TILE - 3.5, 5], [TILE + 3.5, 5])
    expect(on.points()).toEqual([0, 8, TILE - 4, 5, TILE + 3, 5])
  })

  test('an eraser takes away, and erasing everything leaves nothing', () => {
    const on = session([0, 9, 0, 0, 2, 2])
    stroke(on, [1.5, 1.5], [1.5, 1.5], true)
    expect(on.points()).toEqual([0, 4, 1, 4, 0, 0, 2, 2])
    on.setBrush({ size: 9 })
    stroke(on, [1.5, 1.5], [1.5, 1.5], true)
    expect(on.points()).toBeNull()
  })

  test('pixels of a mask that reach over the edge of the picture stay', () => {
    const outside = [0, 6, -3, 0, 2, 0]
    const on = session(outside)
    stroke(on, [300, 200])
    on.undo()
    expect(on.points()).toEqual(outside)
  })

  test('a polygon covers the pixels whose centres are inside; minus takes them away', () => {
    const on = session(null, { ...dot, kind: 'polygon-plus' })
    for (const [x, y] of [
      [10, 10],
      [14, 10],
      [14, 14],
      [10, 14],
    ] as const)
      on.addCorner({ x, y })
    expect(on.closeOutline()).toBe(true)
    expect(on.points()).toEqual([0, 16, 10, 10, 13, 13])
    on.setBrush({ kind: 'polygon-minus' })
    for (const [x, y] of [
      [10, 10],
      [14, 10],
      [14, 13],
      [10, 13],
    ] as const)
      on.addCorner({ x, y })
    on.closeOutline()
    expect(on.points()).toEqual([0, 4, 10, 13, 13, 13])
  })

  test('two corners are no polygon', () => {
    const on = session(null, { ...dot, kind: 'polygon-plus' })
    on.addCorner({ x: 1, y: 1 })
    on.addCorner({ x: 9, y: 9 })
    expect(on.closeOutline()).toBe(false)
    expect(on.outline).toHaveLength(4)
    on.setBrush({ kind: 'brush' })
    expect(on.outline).toHaveLength(0)
  })
})

describe('taking back', () => {
  test('corners first, then strokes', () => {
    const on = session()
    stroke(on, [1, 1])
    on.setBrush({ kind: 'polygon-plus' })
    on.addCorner({ x: 5, y: 5 })
    on.undo()
    expect([on.outline.length, on.strokes]).toEqual([0, 1])
    on.undo()
    expect([on.points(), on.canUndo, on.canRedo]).toEqual([null, false, true])
  })

  test('a stroke that changes nothing is no stroke', () => {
    const on = session([0, 4, 0, 0, 1, 1])
    stroke(on, [1, 1])
    expect(on.canUndo).toBe(false)
  })

  test('a new stroke forgets what was taken back', () => {
    const on = session()
    stroke(on, [1, 1])
    on.undo()
    stroke(on, [2, 2])
    expect(on.canRedo).toBe(false)
  })

  test('the stroke under way can be left as if it had not begun', () => {
    const on = session()
    stroke(on, [1, 1])
    on.beginStroke({ x: 50, y: 50 }, false)
    on.strokeTo({ x: 90, y: 90 })
    expect(on.back()).toBe(true)
    expect(on.points()).toEqual([0, 1, 1, 1, 1, 1])
    expect(on.back()).toBe(false)
  })
})

test('the brush grows and shrinks by a tenth, a pixel at least, and stays in its limits', () => {
  const on = session()
  on.resizeBrush(-1)
  expect(on.brush.size).toBe(1)
  on.resizeBrush(1)
  expect(on.brush.size).toBe(2)
  on.setBrush({ size: 100 })
  on.resizeBrush(1)
  expect(on.brush.size).toBe(110)
  on.setBrush({ size: 99_999 })
  expect(on.brush.size).toBe(LARGEST_BRUSH)
})

const anyStroke = fc.record({
  from: fc.tuple(
    fc.double({ min: 180, max: 330, noNaN: true }),
    fc.double({ min: 180, max: 330, noNaN: true }),
  ),
  to: fc.tuple(
    fc.double({ min: 180, max: 330, noNaN: true }),
    fc.double({ min: 180, max: 330, noNaN: true }),
  ),
  size: fc.integer({ min: 1, max: 40 }),
  form: fc.constantFrom('round' as const, 'square' as const),
  erases: fc.boolean(),
})
const anyMove = fc.oneof(
  { weight: 3, arbitrary: anyStroke },
  fc.constant('undo' as const),
  fc.constant('redo' as const),
)

test('undo and redo go through exactly the pictures that were there', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { maxLength: 14 }), (moves) => {
      const on = session([0, 100, 200, 200, 209, 209])
      let past = [JSON.stringify(on.points())]
      let future: string[] = []
      for (const move of moves) {
        if (move === 'undo') {
          on.undo()
          if (past.length > 1) future.push(past.pop() ?? '')
        } else if (move === 'redo') {
          on.redo()
          const next = future.pop()
          if (next) past.push(next)
        } else {
          const before = on.strokes
          on.setBrush({ size: move.size, form: move.form })
          stroke(on, move.from, move.to, move.erases)
          if (on.strokes > before) {
            past = [...past, JSON.stringify(on.points())]
            future = []
          }
        }
        expect(JSON.stringify(on.points())).toBe(past.at(-1))
        expect([on.canUndo, on.canRedo]).toEqual([past.length > 1, future.length > 0])
      }
    }),
    { numRuns: 60 },
  )
})

test('a mask put into a grid comes out as it was', () => {
  const bits = fc.array(fc.boolean(), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(
      bits,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: -20, max: 300 }),
      (set, width, left) => {
        const height = Math.ceil(set.length / width)
        const data = new Uint8Array(width * height)
        set.forEach((isSet, at) => {
          data[at] = isSet ? 1 : 0
        })
        const points = encodeMask({ left, top: 250, width, height, data })
        expect(new MaskGrid(points).points()).toEqual(points)
        if (points) expect(encodeMask(decodeMask(points))).toEqual(points)
      },
    ),
  )
})
