import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BrushTip, brushCentre, sweepBrush } from './brush-rows.ts'

const CLIP = { x1: 0, y1: 0, x2: 24, y2: 18 }

/** Painted pixels as `x,y`, and a check that no row is visited twice or outside. */
function painted(tip: BrushTip, from: [number, number], to = from, clip = CLIP): Set<string> {
  const [a, b] = [from, to].map(([x, y]) => brushCentre({ x, y }, tip.size))
  const pixels = new Set<string>()
  const rows = new Set<number>()
  if (!a || !b) return pixels
  sweepBrush(tip, a, b, clip, (y, x1, x2) => {
    expect(rows.has(y)).toBe(false)
    expect(x1 >= clip.x1 && x1 < x2 && x2 <= clip.x2 && y >= clip.y1 && y < clip.y2).toBe(true)
    rows.add(y)
    for (let x = x1; x < x2; x++) pixels.add(`${x},${y}`)
  })
  return pixels
}

function drawing(tip: BrushTip, from: [number, number], to = from): string[] {
  const pixels = painted(tip, from, to)
  const all = [...pixels].map((pixel) => pixel.split(',').map(Number))
  const [xs, ys] = [all.map(([x = 0]) => x), all.map(([, y = 0]) => y)]
  const rows: string[] = []
  for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
    let row = ''
    for (let x = Math.min(...xs); x <= Math.max(...xs); x++)
      row += pixels.has(`${x},${y}`) ? '#' : '.'
    rows.push(row)
  }
  return rows
}

describe('a tip put down once', () => {
  test.each<[string, BrushTip, string[]]>([
    ['one pixel', { form: 'round', size: 1 }, ['#']],
    ['two', { form: 'round', size: 2 }, ['##', '##']],
    ['four, round', { form: 'round', size: 4 }, ['.##.', '####', '####', '.##.']],
    ['five, round', { form: 'round', size: 5 }, ['.###.', '#####', '#####', '#####', '.###.']],
    ['three, square', { form: 'square', size: 3 }, ['###', '###', '###']],
  ])('%s', (_name, tip, expected) => expect(drawing(tip, [9.3, 8.9])).toEqual(expected))

  test.each([
    [5, 5],
    [5.999, 5.001],
    [5.5, 5.5],
  ])('one pixel at %d, %d is the pixel under the pointer', (x, y) => {
    expect([...painted({ form: 'round', size: 1 }, [x, y])]).toEqual(['5,5'])
    expect([...painted({ form: 'square', size: 1 }, [x, y])]).toEqual(['5,5'])
  })
})

describe('a tip on its way', () => {
  test('one pixel along a row, a column and a diagonal', () => {
    const tip = { form: 'round', size: 1 } as const
    expect(drawing(tip, [2, 2], [6, 2])).toEqual(['#####'])
    expect(drawing(tip, [2, 2], [2, 4])).toEqual(['#', '#', '#'])
    for (const form of ['round', 'square'] as const)
      expect(drawing({ ...tip, form }, [2, 2], [4, 4])).toEqual(['#..', '.#.', '..#'])
  })

  test('outside the picture it paints what reaches in, and nothing where nothing does', () => {
    const tip = { form: 'square', size: 6 } as const
    expect([...painted(tip, [-2, -2])]).toEqual(['0,0'])
    expect([...painted(tip, [-9, -9])]).toEqual([])
    expect(painted(tip, [-50, 5], [50, 5]).size).toBe(24 * 6)
  })
})

/** The definition, pixel by pixel. */
function defined(
  tip: BrushTip,
  from: [number, number],
  to: [number, number],
): [Set<string>, Set<string>] {
  const [a, b] = [from, to].map(([x, y]) => brushCentre({ x, y }, tip.size))
  const sure = new Set<string>()
  const maybe = new Set<string>()
  if (!a || !b) return [sure, maybe]
  for (let y = 0; y < CLIP.y2; y++)
    for (let x = 0; x < CLIP.x2; x++) {
      let least = Infinity
      for (let n = 0; n <= 4000; n++) {
        const t = n / 4000
        const [dx, dy] = [x + 0.5 - a.x - t * (b.x - a.x), y + 0.5 - a.y - t * (b.y - a.y)]
        const distance =
          tip.form === 'round' ? Math.hypot(dx, dy) : Math.max(Math.abs(dx), Math.abs(dy))
        if (distance < least) least = distance
      }
      // The samples of the way lie up to a hundredth of a pixel apart.
      if (least <= tip.size / 2 - (tip.form === 'square' ? 0.01 : 0)) sure.add(`${x},${y}`)
      if (least <= tip.size / 2 + 0.01) maybe.add(`${x},${y}`)
    }
  return [sure, maybe]
}

test('what is painted is every pixel within half a brush of the way, and no other', () => {
  const place = fc.tuple(
    fc.double({ min: -6, max: 30, noNaN: true }),
    fc.double({ min: -6, max: 24, noNaN: true }),
  )
  const tip = fc.record({
    form: fc.constantFrom('round' as const, 'square' as const),
    size: fc.integer({ min: 1, max: 9 }),
  })
  fc.assert(
    fc.property(tip, place, place, (tip, from, to) => {
      const [sure, maybe] = defined(tip, from, to)
      const pixels = painted(tip, from, to)
      for (const pixel of sure) expect(pixels).toContain(pixel)
      for (const pixel of pixels) expect(maybe).toContain(pixel)
    }),
    { numRuns: 15 },
  )
})
