/** How smooth something ran. */
export interface Smoothness {
  readonly fps: number
  readonly p95Ms: number
}

export const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done))

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
