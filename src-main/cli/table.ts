/** Rows in aligned columns; numbers to the right. The first row is the heading. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => String(row[at] ?? '').length)),
  )
  const cell = (value: string | number, at: number) =>
    typeof value === 'number'
      ? String(value).padStart(widths[at] ?? 0)
      : value.padEnd(widths[at] ?? 0)
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}

/** `3 frames`, `1 frame`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
