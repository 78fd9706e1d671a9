import type { LabelMeObject } from './document.ts'

/**
 * Groups of one picture, counted from 1 in the order of their first members: objects that name each other as parts, at
 * however many removes. 0: it is alone.
 */
export function groupsOf(objects: readonly LabelMeObject[]): number[] {
  const places = new Map(objects.map(({ id }, i) => [id, i]))
  const leaders = objects.map((_, i) => i)
  const leaderOf = (i: number): number => {
    let at = i
    for (;;) {
      const next = leaders[at] ?? at
      if (next === at) return at
      // Halves the way for whoever asks next.
      leaders[at] = leaders[next] ?? next
      at = next
    }
  }
  for (const [i, { parts }] of objects.entries()) {
    for (const part of parts) {
      const place = places.get(part)
      if (place === undefined) continue
      const [a, b] = [leaderOf(i), leaderOf(place)]
      leaders[Math.max(a, b)] = Math.min(a, b)
    }
  }
  const numbers = new Map<number, number>()
  return objects.map(({ parts }, i) => {
    const leader = leaderOf(i)
    if (leader === i && parts.length === 0) return 0
    const number = numbers.get(leader) ?? numbers.size + 1
    numbers.set(leader, number)
    return number
  })
}
