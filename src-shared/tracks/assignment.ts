/**
 * The pairing of rows with columns whose costs have the smallest sum, by Kuhn and Munkres with potentials: O(n²m).
 * @param costs  rows of equal length; finite
 * @returns for each row its column; -1 for rows left over where there are more rows than columns
 * @see Kuhn 1955; Jonker and Volgenant 1987
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const rows = costs.length
  const columns = costs[0]?.length ?? 0
  if (rows === 0 || columns === 0) return costs.map(() => -1)
  if (rows <= columns) return assignWide(costs, rows, columns)
  const turned = Array.from({ length: columns }, (_, column) =>
    costs.map((row) => row[column] ?? 0),
  )
  const result = costs.map(() => -1)
  for (const [column, row] of assignWide(turned, columns, rows).entries()) result[row] = column
  return result
}

/** At least as many columns as rows. Numbered from 1; column 0 stands for “none yet”. */
function assignWide(
  costs: readonly (readonly number[])[],
  rows: number,
  columns: number,
): number[] {
  const rowPrice = new Float64Array(rows + 1)
  const columnPrice = new Float64Array(columns + 1)
  const rowOf = new Int32Array(columns + 1)
  const before = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
    const isDone = new Uint8Array(columns + 1)
    let column = 0
    do {
      isDone[column] = 1
      const from = rowOf[column] ?? 0
      let least = Number.POSITIVE_INFINITY
      let next = 0
      for (let to = 1; to <= columns; to += 1) {
        if (isDone[to]) continue
        const cost = (costs[from - 1]?.[to - 1] ?? 0) - (rowPrice[from] ?? 0)
        const rest = cost - (columnPrice[to] ?? 0)
        if (rest < (slack[to] ?? 0)) {
          slack[to] = rest
          before[to] = column
        }
        if ((slack[to] ?? 0) < least) {
          least = slack[to] ?? 0
          next = to
        }
      }
      for (let at = 0; at <= columns; at += 1) {
        if (isDone[at]) {
          const owner = rowOf[at] ?? 0
          rowPrice[owner] = (rowPrice[owner] ?? 0) + least
          columnPrice[at] = (columnPrice[at] ?? 0) - least
        } else slack[at] = (slack[at] ?? 0) - least
      }
      column = next
    } while (rowOf[column] !== 0)
    while (column !== 0) {
      const previous = before[column] ?? 0
      rowOf[column] = rowOf[previous] ?? 0
      column = previous
    }
  }
  const result = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column += 1) {
    const row = rowOf[column] ?? 0
    if (row > 0) result[row - 1] = column - 1
  }
  return result
}

/** Pairs of an optimal assignment whose cost is accepted: `[row, column]`. */
export function acceptedPairs(
  costs: readonly (readonly number[])[],
  most: number,
): [number, number][] {
  return assign(costs)
    .map((column, row): [number, number] => [row, column])
    .filter(([row, column]) => column >= 0 && (costs[row]?.[column] ?? 1) <= most)
}
