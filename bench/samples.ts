import { writeFileSync } from 'node:fs'

/** Milliseconds `run` takes. */
export function timed(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** @param share  0 … 1 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Print the table, and leave it for `npm run bench` where that asks for it. */
export function report(rows: readonly (readonly string[])[]): void {
  console.log(table(rows))
  const out = process.env.BENCH_OUT
  if (out) writeFileSync(out, JSON.stringify(rows, null, 2))
}

/** A table as a person and a terminal read it; first row is the head. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

export const ms = (value: number) => value.toFixed(2)
