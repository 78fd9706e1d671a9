import type { Area, Painting } from './areas.ts'
import { paintNumbers } from './paint.ts'

/**
 * How many of its pixels each object still has once all are painted. Only where boxes of objects meet is anything painted.
 * @param isSame  whether pixels of the later object `b` still count as `a`'s
 */
export function keptPixels(
  painting: Painting,
  isSame: (a: Area, b: Area) => boolean = (a, b) => a === b,
): number[] {
  const { areas, width } = painting
  const isCovered = areas.map((area, i) =>
    areas.slice(i + 1).some((later) => meet(area, later) && !isSame(area, later)),
  )
  if (!isCovered.includes(true)) return areas.map(({ pixels }) => pixels)
  const { data } = paintNumbers(painting)
  return areas.map((area, i) => {
    if (!isCovered[i]) return area.pixels
    let kept = 0
    for (const place of placesOf(area.mask, width)) {
      const seen = areas[(data[place] ?? 0) - 1]
      if (seen !== undefined && isSame(area, seen)) kept += 1
    }
    return kept
  })
}

/** The pixels of a mask by their place in a picture that wide. */
function* placesOf(mask: readonly number[], width: number): Generator<number> {
  const n = mask.length - 4
  const [left = 0, top = 0, right = 0] = mask.slice(n)
  const boxWidth = right - left + 1
  let place = 0
  for (let i = 0; i < n; i += 1) {
    const end = place + (mask[i] ?? 0)
    for (; i % 2 === 1 && place < end; place += 1) {
      yield (top + Math.floor(place / boxWidth)) * width + left + (place % boxWidth)
    }
    place = end
  }
}

/** Whether their boxes have a pixel in common. */
function meet(a: Area, b: Area): boolean {
  const [left = 0, top = 0, right = 0, bottom = 0] = a.mask.slice(-4)
  const [left2 = 0, top2 = 0, right2 = 0, bottom2 = 0] = b.mask.slice(-4)
  return left <= right2 && left2 <= right && top <= bottom2 && top2 <= bottom
}
