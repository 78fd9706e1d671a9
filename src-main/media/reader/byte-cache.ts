/** Values by key, the least recently used ones dropped when their bytes exceed the budget. */
export interface ByteCache<T> {
  get(key: string): T | undefined
  set(key: string, value: T, sizeBytes: number): void
  clear(): void
}

/** @param maxBytes  0 keeps nothing */
export function createByteCache<T>(maxBytes: number): ByteCache<T> {
  const entries = new Map<string, { value: T; sizeBytes: number }>()
  let total = 0

  function drop(key: string): void {
    total -= entries.get(key)?.sizeBytes ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      // A Map keeps its order of insertion: the front is what was not asked for the longest.
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, sizeBytes) {
      drop(key)
      // One giant would push everything else out and be pushed out itself by the next frame.
      if (sizeBytes > maxBytes / 2) return
      entries.set(key, { value, sizeBytes })
      total += sizeBytes
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break
        drop(oldest)
      }
    },
    clear() {
      entries.clear()
      total = 0
    },
  }
}
