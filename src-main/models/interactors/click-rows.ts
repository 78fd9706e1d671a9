/** What a list of clicks is to look like. */
export interface ClickRowsRule {
  /** Rows the file fixes for each kind; null: as many as are needed. */
  readonly each: number | null
  /** Clicks of each kind that are told, the first ones. */
  readonly most: number
  /** 2: `y, x`; 3: and the number of the click, from 0. */
  readonly values: number
}

/**
 * Clicks as f-BRS and RITM read them: rows of the positive ones, then as many of the negative, those left over -1.
 * @param positive, negative  net pixels
 */
export function clickRows(
  positive: readonly (readonly [x: number, y: number])[],
  negative: readonly (readonly [x: number, y: number])[],
  { each, most, values }: ClickRowsRule,
): { data: Float32Array; count: number; values: number } {
  const told = [positive.slice(0, most), negative.slice(0, most)]
  const rows = each ?? Math.max(1, ...told.map(({ length }) => length))
  const data = new Float32Array(2 * rows * values).fill(-1)
  let number = 0
  for (const [kind, points] of told.entries())
    for (const [at, [x, y]] of points.slice(0, rows).entries()) {
      data.set([y, x, number].slice(0, values), (kind * rows + at) * values)
      number += 1
    }
  return { data, count: 2 * rows, values }
}
