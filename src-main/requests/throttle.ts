/**
 * Lets one value through at once, then the latest one every `everyMs`: the last thing said is never lost, however fast
 * it is said.
 */
export function createThrottle<T>(
  everyMs: number,
  use: (value: T) => void,
): { offer(value: T): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null
  let latest: { value: T } | null = null
  let stopped = false

  function flush(): void {
    timer = null
    if (!latest) return
    const { value } = latest
    latest = null
    timer = setTimeout(flush, everyMs)
    use(value)
  }

  return {
    offer(value) {
      if (stopped) return
      latest = { value }
      if (!timer) flush()
    },
    stop() {
      stopped = true
      if (timer) clearTimeout(timer)
    },
  }
}
