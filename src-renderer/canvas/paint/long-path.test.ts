import { describe, expect, test } from 'vitest'
import { testShape } from '../tools/fake-hand.ts'
import { isLong, paintLongOutline, paintManyDots } from './long-path.ts'
import { toPaintShape } from './paint-shape.ts'
import { paintSketch } from './sketch.ts'

const IDENTITY = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }
const target = { matrix: IDENTITY, clip: { x: 0, y: 0, w: 200, h: 100 }, most: 1_000 }

/** Counts what a context is asked to do. */
function recorder() {
  const counts = { lineTo: 0, moveTo: 0, arc: 0, stroke: 0, fill: 0, longest: 0, dashes: 2 }
  let open = 0
  const ctx = {
    beginPath: () => {
      open = 0
    },
    lineTo: () => {
      counts.lineTo++
      open++
      counts.longest = Math.max(counts.longest, open)
    },
    moveTo: () => void counts.moveTo++,
    arc: () => void counts.arc++,
    stroke: () => void counts.stroke++,
    fill: () => void counts.fill++,
    fillStyle: '',
    setLineDash: (dashes: number[]) => {
      counts.dashes = dashes.length
    },
    canvas: { width: 200, height: 100 },
  }
  return { ctx: ctx as never, counts }
}
const paintShape = (points: number[], type: 'polygon' | 'polyline' | 'points') => {
  const shape = toPaintShape(testShape(1, points, { type }))
  if (!shape) throw new Error('not drawn')
  return shape
}
const circle = (n: number, radius: number) =>
  Array.from({ length: n }, (_, i) => {
    const angle = (2 * Math.PI * i) / n
    return [100 + radius * Math.cos(angle), 50 + radius * Math.sin(angle)]
  }).flat()
/** Always the same disorder: a golden-ratio walk. */
const tangle = (n: number) =>
  Array.from({ length: 2 * n }, (_, i) => ((i * 0.618033988) % 1) * (i % 2 === 0 ? 200 : 100))

describe('long outlines', () => {
  test('only outlines of many points are long', () => {
    expect(isLong(paintShape(circle(100, 40), 'polygon'))).toBe(false)
    expect(isLong(paintShape(circle(10_000, 40), 'polygon'))).toBe(true)
  })

  test('a million points on a small circle are as many segments as can be seen, filled', () => {
    const { ctx, counts } = recorder()
    paintLongOutline(ctx, paintShape(circle(1_000_000, 40), 'polygon'), target, '#ffffff')
    expect(counts.fill).toBe(1)
    // The fill and the strokes each walk the circle once, in steps of a pixel or so.
    expect(counts.lineTo).toBeLessThan(2 * 2 * Math.PI * 40 * 1.5)
  })

  test('a tangle is thinned, stroked in short pieces and not filled', () => {
    const { ctx, counts } = recorder()
    paintLongOutline(ctx, paintShape(tangle(100_000), 'polygon'), target, '#ffffff')
    expect(counts.fill).toBe(0)
    expect(counts.lineTo).toBeLessThanOrEqual(1_001)
    expect(counts.longest).toBeLessThanOrEqual(64)
  })

  test('a tangle is never dashed, a long way round is', () => {
    const [dense, plain] = [recorder(), recorder()]
    paintLongOutline(dense.ctx, paintShape(tangle(100_000), 'polyline'), target, null)
    paintLongOutline(plain.ctx, paintShape(circle(10_000, 40), 'polyline'), target, null)
    expect([dense.counts.dashes, plain.counts.dashes]).toEqual([0, 2])
  })

  test('what is out of sight is not painted', () => {
    const { ctx, counts } = recorder()
    const away = { ...target, matrix: { ...IDENTITY, e: 5_000 } }
    paintLongOutline(ctx, paintShape(tangle(10_000), 'polyline'), away, null)
    expect(counts).toMatchObject({ lineTo: 0, stroke: 0 })
  })

  test.each(['shape', 'path'] as const)('a sketch of one, as a %s, is thinned too', (kind) => {
    const { ctx, counts } = recorder()
    const points = tangle(100_000)
    const mark =
      kind === 'shape'
        ? { kind, shape: testShape(1, points, { type: 'polyline' }) }
        : { kind, points, closed: false, color: '#ffffff' }
    paintSketch(ctx, [mark], IDENTITY, 1)
    expect(counts.lineTo).toBeGreaterThan(100)
    expect(counts.lineTo).toBeLessThanOrEqual(3_001)
    expect(counts.longest).toBeLessThanOrEqual(64)
  })

  test('of very many dots only so many are painted', () => {
    const { ctx, counts } = recorder()
    paintManyDots(ctx, paintShape(tangle(50_000), 'points'), target, 3)
    expect(counts.arc).toBeGreaterThan(500)
    expect(counts.arc).toBeLessThanOrEqual(1_000)
  })
})
