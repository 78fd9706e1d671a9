/** Cells of a gallery in rows, with a title before each section that has one. All in CSS pixels of the content. */
export interface GridRow {
  readonly top: number
  readonly height: number
  /** Place of the row's first cell among all; -1 for a title. */
  readonly first: number
  /** How many cells; 0 for a title. */
  readonly count: number
  readonly section: number
}

export interface GridLayout {
  readonly rows: readonly GridRow[]
  readonly columns: number
  readonly height: number
}

export interface GridSizes {
  readonly width: number
  readonly cellWidth: number
  readonly cellHeight: number
  readonly titleHeight: number
}

/** @param sections  how many cells each has, and whether it has a title */
export function layOut(
  sections: readonly { readonly count: number; readonly hasTitle: boolean }[],
  sizes: GridSizes,
): GridLayout {
  const columns = Math.max(1, Math.floor(sizes.width / sizes.cellWidth))
  const rows: GridRow[] = []
  let top = 0
  let first = 0
  const add = (row: Omit<GridRow, 'top'>) => {
    rows.push({ ...row, top })
    top += row.height
  }
  for (const [section, { count, hasTitle }] of sections.entries()) {
    if (hasTitle) add({ height: sizes.titleHeight, first: -1, count: 0, section })
    for (let left = count; left > 0; left -= columns) {
      add({ height: sizes.cellHeight, first, count: Math.min(left, columns), section })
      first += Math.min(left, columns)
    }
  }
  return { rows, columns, height: top }
}

/** The row a cell is in; -1 when there is no such cell. */
export function rowOf({ rows, columns }: GridLayout, place: number): number {
  // Titles and half rows only ever push a cell further down than this.
  for (let at = Math.floor(place / columns); at < rows.length; at += 1) {
    const row = rows[at]
    if (row && row.first >= 0 && place >= row.first && place < row.first + row.count) return at
  }
  return -1
}

/** The cell above (-1) or below (1) in the same column, or the last of a shorter row; the cell itself at an end. */
export function verticalNeighbour(layout: GridLayout, place: number, way: 1 | -1): number {
  const at = rowOf(layout, place)
  const column = place - (layout.rows[at]?.first ?? 0)
  for (let next = at + way; next >= 0 && next < layout.rows.length; next += way) {
    const row = layout.rows[next]
    if (row && row.count > 0) return row.first + Math.min(column, row.count - 1)
  }
  return place
}

/** Places of the cells a box touches, in order. */
export function placesIn(
  layout: GridLayout,
  cellWidth: number,
  box: {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  },
): number[] {
  const places: number[] = []
  for (let at = firstRowBelow(layout.rows, box.top); at < layout.rows.length; at += 1) {
    const row = layout.rows[at]
    if (!row || row.top >= box.bottom) break
    const from = Math.max(0, Math.floor(box.left / cellWidth))
    const to = Math.min(row.count - 1, Math.ceil(box.right / cellWidth) - 1)
    for (let column = from; column <= to; column += 1) places.push(row.first + column)
  }
  return places
}

/** By halving: the first row whose lower edge lies below `y`. */
function firstRowBelow(rows: readonly GridRow[], y: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row && row.top + row.height <= y) low = middle + 1
    else high = middle
  }
  return low
}
