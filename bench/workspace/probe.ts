/** How smooth something ran: distances between animation frames, ms. */
export interface Smoothness {
  readonly fps: number
  readonly p95: number
  readonly worst: number
}

export interface Probe {
  /** From every key (its own time stamp) until the page had painted what it changed, ms. */
  keyTimes: number[]
  /** As the browser reports it, until shown on the display; in steps of 8 ms, and only what took 16 or more. */
  eventTimes: number[]
  /** Call when the effect of the last key is in the page: the next frame paints it. */
  effect(): void
  /** From `start` until what `isDone` first found was painted (NaN: not in 20 s), and the longest frame in between. */
  until(start: number, isDone: () => boolean): Promise<{ ms: number; worst: number }>
  /** Runs `step` once a frame for `durationMs`. */
  frames(durationMs: number, step: (index: number) => void): Promise<Smoothness>
}

declare global {
  interface Window {
    probe: Probe
  }
}

/** Runs in the page (it is sent there as text, so it uses nothing from outside). */
export function installProbe(): void {
  let pressed = 0
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(null)
      })
    })
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  window.probe = {
    keyTimes: [],
    eventTimes: [],
    effect() {
      const from = pressed
      void painted().then((at) => window.probe.keyTimes.push(at - from))
    },
    async until(start, isDone) {
      let [before, worst] = [performance.now(), 0]
      // What the event's own listeners do at once is painted with the next frame, and may be all there is to wait for.
      const next = painted()
      await new Promise((resolve) => setTimeout(resolve))
      if (isDone()) return { ms: (await next) - start, worst: performance.now() - before }
      do {
        // Told as NaN: one figure that cannot be had does not take the others along.
        if (performance.now() - start > 20_000) return { ms: Number.NaN, worst }
        const at = await nextFrame()
        worst = Math.max(worst, at - before)
        before = at
      } while (!isDone())
      const at = await painted()
      return { ms: at - start, worst: Math.max(worst, at - before) }
    },
    async frames(durationMs, step) {
      const times = [await nextFrame()]
      const end = performance.now() + durationMs
      for (let i = 0; performance.now() < end; i += 1) {
        step(i)
        times.push(await nextFrame())
      }
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time))
      gaps.sort((a, b) => a - b)
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
      const at = (share: number) => gaps[Math.floor(gaps.length * share)] ?? Number.NaN
      return { fps: 1000 / mean, p95: at(0.95), worst: gaps.at(-1) ?? Number.NaN }
    },
  }
  addEventListener(
    'keydown',
    (event) => {
      pressed = event.timeStamp
    },
    true,
  )
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name === 'keydown') window.probe.eventTimes.push(entry.duration)
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
}
