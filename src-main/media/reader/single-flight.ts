/** The same work asked for again while it runs is done once: a frame being read ahead and asked for is read once. */
export function createSingleFlight<T>() {
  const running = new Map<string, Promise<T>>()
  return (key: string, work: () => Promise<T>): Promise<T> => {
    const known = running.get(key)
    if (known) return known
    const promise = work().finally(() => running.delete(key))
    running.set(key, promise)
    return promise
  }
}
