/** How smooth something ran. */
export interface Smoothness {
  readonly fps: number
  readonly p95Ms: number
}

export const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done))

/** Until what was just done is painted: the frame's callbacks ran and the browser painted after them. */
export const painted = (): Promise<void> =>
  new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done()
      port2.postMessage(null)
    })
  })

/** Runs `step` once a frame for `durationMs` and measures the distance between frames. */
export async function measureFrames(
  durationMs: number,
  step: (index: number) => void,
): Promise<Smoothness> {
  const times: number[] = [await nextFrame()]
  const start = performance.now()
  for (let i = 0; performance.now() - start < durationMs || i < 3; i++) {
    step(i)
    times.push(await nextFrame())
  }
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time))
  gaps.sort((a, b) => a - b)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  return { fps: 1000 / mean, p95Ms: gaps[Math.floor(gaps.length * 0.95)] ?? mean }
}
