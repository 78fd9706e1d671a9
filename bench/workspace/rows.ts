import type { Smoothness } from './probe.ts'
import type { Took } from './timing.ts'

/** One thing done, in one run: how long until its effect was painted, or how smoothly it went. */
export type Sample = Took | Smoothness

export type Samples = Map<string, Sample[]>

export function add(samples: Samples, what: string, sample: Sample): void {
  samples.set(what, [...(samples.get(what) ?? []), sample])
}

export const HEAD = ['what', '60 shapes', 'here', 'longest frame ms']

/** `few` = the same things done among sixty shapes, the floor. Medians of all runs. */
export function rowsOf(few: Samples, many: Samples): string[][] {
  return [...many].map(([what, samples]) => {
    const floor = few.get(what)
    const worst = median(samples.map((one) => one.worst))
    return [what, floor ? told(floor) : '', told(samples), worst.toFixed(0)]
  })
}

function told(samples: readonly Sample[]): string {
  const fps = samples.flatMap((one) => ('fps' in one ? [one.fps] : []))
  if (fps.length > 0) return `${median(fps).toFixed(0)} fps`
  return `${median(samples.flatMap((one) => ('ms' in one ? [one.ms] : []))).toFixed(0)} ms`
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [a = Number.NaN, b = Number.NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (a + b) / 2
}
