/**
 * The assignment of rows to columns that costs least in all (the Hungarian method with potentials, O(n²m)): every row of the
 * shorter side gets exactly one partner.
 * @param cost  of a pair, finite; rows of equal length
 * @returns for each row its column, or -1 where there are more rows than columns
 * @see Jonker, Volgenant 1987; https://doi.org/10.1007/BF02278710
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length
  const columns = cost[0]?.length ?? 0
  if (rows <= columns) return solve(rows, columns, (row, column) => cost[row]?.[column] ?? 0)
  const rowOf = solve(columns, rows, (column, row) => cost[row]?.[column] ?? 0)
  const columnOf = new Array<number>(rows).fill(-1)
  for (const [column, row] of rowOf.entries()) columnOf[row] = column
  return columnOf
}

/** @param rows  at most as many as columns. Rows and columns count from 1 inside; 0 stands for "not yet" */
function solve(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): number[] {
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const rowAt = new Int32Array(columns + 1)
  const cameFrom = new Int32Array(columns + 1)
  for (let row = 1; row <= rows; row += 1) {
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
    const isVisited = new Uint8Array(columns + 1)
    rowAt[0] = row
    let column = 0
    // A shortest path of alternating pairs from the new row to a column nobody has.
    do {
      isVisited[column] = 1
      const from = rowAt[column] ?? 0
      let next = 0
      let step = Number.POSITIVE_INFINITY
      for (let to = 1; to <= columns; to += 1) {
        if (isVisited[to]) continue
        const reduced =
          cost(from - 1, to - 1) - (rowPotential[from] ?? 0) - (columnPotential[to] ?? 0)
        if (reduced < (slack[to] ?? 0)) {
          slack[to] = reduced
          cameFrom[to] = column
        }
        if ((slack[to] ?? 0) < step) {
          step = slack[to] ?? 0
          next = to
        }
      }
      for (let to = 0; to <= columns; to += 1) {
        if (isVisited[to]) {
          const held = rowAt[to] ?? 0
          rowPotential[held] = (rowPotential[held] ?? 0) + step
          columnPotential[to] = (columnPotential[to] ?? 0) - step
        } else slack[to] = (slack[to] ?? 0) - step
      }
      column = next
    } while (rowAt[column] !== 0)
    while (column !== 0) {
      const previous = cameFrom[column] ?? 0
      rowAt[column] = rowAt[previous] ?? 0
      column = previous
    }
  }
  const columnOf = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column += 1) {
    const row = rowAt[column] ?? 0
    if (row > 0) columnOf[row - 1] = column - 1
  }
  return columnOf
}
