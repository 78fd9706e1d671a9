import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { polygonCocoArea, polygonToCoco } from './coco-polygon.ts'
import { cocoArea } from './coco-rle.ts'

/** pycocotools' walk, step for step: every sample of the whole outline, no short cut. */
function asDefined(points: readonly number[], height: number, width: number): number[] {
  const samples = outlineSamples(points.map((x) => Math.trunc(5 * x + 0.5)))
  const places: number[] = []
  for (const [j, [u, v]] of samples.entries()) {
    const [before, beforeV] = samples[j - 1] ?? [u, v]
    if (u === before) continue
    const column = ((u < before ? u : u - 1) + 0.5) / 5 - 0.5
    if (!Number.isInteger(column) || column < 0 || column >= width) continue
    const row = (Math.min(v, beforeV) + 0.5) / 5 - 0.5
    places.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))))
  }
  return differences([...places, height * width].sort((a, b) => a - b))
}

function outlineSamples(scaled: readonly number[]): [number, number][] {
  return Array.from({ length: scaled.length / 2 }, (_, i) => i).flatMap((i) => {
    const [x1 = 0, y1 = 0] = scaled.slice(2 * i)
    const [x2 = 0, y2 = 0] = [...scaled, ...scaled.slice(0, 2)].slice(2 * i + 2)
    return edgeSamples(x1, y1, x2, y2)
  })
}

function edgeSamples(x1: number, y1: number, x2: number, y2: number): [number, number][] {
  const [dx, dy] = [Math.abs(x2 - x1), Math.abs(y2 - y1)]
  const wide = dx >= dy
  const flip = wide ? x1 > x2 : y1 > y2
  const [xs, ys, xe, ye] = flip ? [x2, y2, x1, y1] : [x1, y1, x2, y2]
  const slope = dx + dy === 0 ? 0 : wide ? (ye - ys) / dx : (xe - xs) / dy
  const samples = Array.from({ length: Math.max(dx, dy) + 1 }, (_, d): [number, number] =>
    wide ? [xs + d, Math.trunc(ys + slope * d + 0.5)] : [Math.trunc(xs + slope * d + 0.5), ys + d],
  )
  return flip ? samples.reverse() : samples
}

/** Successive differences; a zero one is removed by adding the one after it to the one before. */
function differences(places: readonly number[]): number[] {
  const counts: number[] = []
  for (let j = 0; j < places.length; j++) {
    const run = (places[j] ?? 0) - (places[j - 1] ?? 0)
    if (run > 0 || j === 0) counts.push(run)
    else if (j + 1 < places.length) {
      j++
      counts.push((counts.pop() ?? 0) + (places[j] ?? 0) - (places[j - 1] ?? 0))
    }
  }
  return counts
}

/** In each test. With 20,000, so 400,000 in all, it passed as well, in 20 seconds. */
const POLYGONS = 2_500

/** Repeatable and quick: fast-check would take a minute for as many. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const GRIDS: Readonly<Record<string, (x: number) => number>> = {
  'any floats': (x) => x,
  hundredths: (x) => Math.round(x * 100) / 100,
  halves: (x) => Math.round(x * 2) / 2,
  'whole numbers, many of them equal': Math.round,
  fifths: (x) => Math.round(x * 5) / 5,
}

describe.each(Object.keys(GRIDS))('%s', (grid) => {
  test.each([
    ['inside', 0, 24],
    ['over the right and lower edges', 0, 60],
    ['over the left and upper edges', -20, 40],
    ['beside', -50, -1],
  ])('polygons %s are, to the pixel, what the definition gives', (_where, least, most) => {
    const random = randomOf(most)
    const snap = GRIDS[grid] ?? Math.round
    for (let i = 0; i < POLYGONS; i++) {
      const length = 2 * (1 + Math.floor(random() * 8))
      const points = Array.from({ length }, () => snap(least + random() * (most - least)))
      const counts = asDefined(points, 24, 31)
      const found = polygonToCoco(points, 24, 31).counts
      if (String(found) !== String(counts)) expect(found, String(points)).toEqual(counts)
      const area = polygonCocoArea(points, 24, 31)
      if (area !== cocoArea(counts)) expect(area, String(points)).toBe(cocoArea(counts))
    }
  })
})

test('a comb that crosses each column many times', () => {
  const teeth = Array.from({ length: 60 }, (_, i) => [i % 2 === 0 ? 2 : 27.3, i * 0.37]).flat()
  fc.assert(
    fc.property(fc.shuffledSubarray(teeth, { minLength: 8 }), (numbers) => {
      const points = numbers.slice(0, numbers.length - (numbers.length % 2))
      const counts = asDefined(points, 24, 31)
      expect(polygonToCoco(points, 24, 31).counts).toEqual(counts)
      expect(polygonCocoArea(points, 24, 31)).toBe(cocoArea(counts))
    }),
  )
})

test('a picture wider than the table of columns', () => {
  const points = [69_990, 1, 69_999.5, 1, 69_999.5, 7, 65_530, 4]
  expect(polygonToCoco(points, 8, 70_000).counts).toEqual(asDefined(points, 8, 70_000))
})

test('what lies ten million pixels away costs no more than what lies near', () => {
  const far = 1e7
  const around = [-far, -far, far, -far, far, far, -far, far]
  // Walked sample by sample, 20,000 edges as long as these would take hours.
  const points = Array.from({ length: 5000 }, () => around).flat()
  expect(polygonToCoco(around, 12, 20).counts).toEqual([0, 240])
  expect(polygonCocoArea(points, 12, 20)).toBe(0)
})

test('no polygon, no picture', () => {
  expect(polygonToCoco([], 4, 5).counts).toEqual([20])
  expect(polygonCocoArea([], 4, 5)).toBe(0)
  expect(polygonToCoco([0, 0, 3, 0, 3, 3], 0, 0).counts).toEqual([0])
})
