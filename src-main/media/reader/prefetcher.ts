/** How many frames are read ahead together: more would stand in the way of the frame that is wanted now. */
const AT_ONCE = 2

/** Works through the latest hint only: a new one replaces what of the old has not begun. */
export function createPrefetcher<T>(load: (item: T) => Promise<unknown>) {
  let waiting: T[] = []
  let busy = 0

  async function work(item: T): Promise<void> {
    busy += 1
    try {
      await load(item)
    } catch {
      // A frame that cannot be read is told when someone asks for it.
    } finally {
      busy -= 1
      next()
    }
  }

  function next(): void {
    while (busy < AT_ONCE) {
      const item = waiting.shift()
      if (item === undefined) return
      void work(item)
    }
  }

  return {
    hint(items: readonly T[]): void {
      waiting = [...items]
      next()
    },
    stop(): void {
      waiting = []
    },
  }
}
