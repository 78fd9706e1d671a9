/** How quickly something arrives, of the last few seconds: a moment is too jumpy, the whole too slow to change. */
export interface Rate {
  add(bytes: number): void
  /** Bytes a second; null while it is too early to say. */
  now(): number | null
}

const SPAN_MS = 4000
const EARLY_MS = 400

export function createRate(clock: () => number = () => performance.now()): Rate {
  const seen: { at: number; bytes: number }[] = [{ at: clock(), bytes: 0 }]
  return {
    add(bytes) {
      const at = clock()
      seen.push({ at, bytes })
      while (seen.length > 2 && (seen[1]?.at ?? at) < at - SPAN_MS) seen.shift()
    },
    now() {
      const span = clock() - (seen[0]?.at ?? 0)
      if (span < EARLY_MS) return null
      return (seen.slice(1).reduce((sum, { bytes }) => sum + bytes, 0) / span) * 1000
    },
  }
}

/** `1.4 GB`, `12.3 MB`, `840 kB`: sizes as people compare them. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`
}
