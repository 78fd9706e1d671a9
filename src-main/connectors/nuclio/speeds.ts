/** How long calls take here: the median of the last few of each function, milliseconds. */
export interface Speeds {
  add(id: string, ms: number): void
  of(id: string): number | null
}

const REMEMBERED = 15

export function createSpeeds(): Speeds {
  const times = new Map<string, number[]>()
  return {
    add(id, ms) {
      times.set(id, [...(times.get(id) ?? []), ms].slice(-REMEMBERED))
    },
    of(id) {
      const sorted = times.get(id)?.toSorted((a, b) => a - b) ?? []
      return sorted[sorted.length >> 1] ?? null
    },
  }
}
