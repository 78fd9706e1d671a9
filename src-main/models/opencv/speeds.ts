const KEPT = 31

/** How long calls took, of each function the last few. */
export function createSpeeds() {
  const taken = new Map<string, number[]>()
  return {
    async measure<T>(id: string, run: () => Promise<T>): Promise<T> {
      const start = performance.now()
      const result = await run()
      const all = taken.get(id) ?? []
      taken.set(id, [...all, performance.now() - start].slice(-KEPT))
      return result
    },
    /** Milliseconds; null before the first call. The first, which loads, counts only as long as it is the only one. */
    median(id: string): number | null {
      const all = [...(taken.get(id) ?? [])]
      if (all.length > 1) all.shift()
      return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? null
    },
  }
}
