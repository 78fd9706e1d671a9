const KEPT = 31

/** How long calls took, of each function the last few. */
export function createRunTimes() {
  const taken = new Map<string, number[]>()
  return {
    add(id: string, tookMs: number): void {
      taken.set(id, [...(taken.get(id) ?? []), tookMs].slice(-KEPT))
    },
    forget(id: string): void {
      taken.delete(id)
    },
    /** Milliseconds; null before the first. The first, which warms up, counts only as long as it is the only one. */
    median(id: string): number | null {
      const all = taken.get(id) ?? []
      const warm = (all.length > 1 && all.length < KEPT ? all.slice(1) : [...all]).sort(
        (a, b) => a - b,
      )
      return warm[Math.floor(warm.length / 2)] ?? null
    },
  }
}
