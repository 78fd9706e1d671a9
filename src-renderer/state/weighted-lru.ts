/**
 * Least recently used first out, bounded by weight (bytes, counts) instead of entries. An entry heavier than the whole
 * bound is still kept while it is the newest: what is on screen has to be somewhere.
 */
export class WeightedLru<K, V> {
  readonly #bound: number
  readonly #drop: (value: V, key: K) => void
  readonly #entries = new Map<K, { value: V; weight: number }>()
  readonly #pinned = new Set<K>()
  #weight = 0

  /** @param drop called for each value that leaves, e.g. to close a bitmap */
  constructor(bound: number, drop: (value: V, key: K) => void = () => undefined) {
    this.#bound = bound
    this.#drop = drop
  }

  get weight(): number {
    return this.#weight
  }

  get size(): number {
    return this.#entries.size
  }

  has(key: K): boolean {
    return this.#entries.has(key)
  }

  /** Reading counts as use. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  set(key: K, value: V, weight: number): void {
    this.delete(key)
    this.#entries.set(key, { value, weight })
    this.#weight += weight
    this.#evict(key)
  }

  delete(key: K): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#weight -= entry.weight
    this.#drop(entry.value, key)
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.delete(key)
  }

  /** These never leave by themselves: they are being shown. Replaces the earlier ones. */
  pin(...keys: readonly K[]): void {
    this.#pinned.clear()
    for (const key of keys) this.#pinned.add(key)
    this.#evict()
  }

  entries(): IterableIterator<[K, V]> {
    return [...this.#entries].map(([key, { value }]): [K, V] => [key, value]).values()
  }

  #evict(newest?: K): void {
    for (const key of [...this.#entries.keys()]) {
      if (this.#weight <= this.#bound) return
      if (key !== newest && !this.#pinned.has(key)) this.delete(key)
    }
  }
}
