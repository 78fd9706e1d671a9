/** Rows of a table, by the names of its columns. */
import type { DatasetInput } from '#main/core/ports.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { type CsvRow, csvColumns, csvProblem, readCsv } from '../common/csv.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { relativeNumber } from '../common/relative-numbers.ts'

export interface TableRow {
  /** Text of a column. Refuses a row that has none. */
  text(column: string): string
  /** Text of a column that may be missing: ''. */
  optional(column: string): string
  number(column: string): number
  /** A number relative to the picture's size. */
  relative(column: string): number
  /** Refuse the file at this row. @throws DATASET_INVALID */
  refuse(problem: string): never
}

/**
 * Some thousand rows at a time.
 * @throws DATASET_INVALID for a table without the column `ImageID`
 */
export async function* readTable(input: DatasetInput, entry: string): AsyncGenerator<TableRow[]> {
  let column: ReturnType<typeof csvColumns> | null = null
  for await (const rows of readCsv(input, entry)) {
    const list: TableRow[] = []
    for (const row of rows) {
      if (column !== null) list.push(tableRow(row, column, input, entry))
      else {
        column = csvColumns(row)
        if (column(row, 'ImageID') === undefined) {
          throw csvProblem(input, entry, row.line, 'the header has no column ImageID')
        }
      }
    }
    if (list.length > 0) yield list
  }
}

function tableRow(
  row: CsvRow,
  column: ReturnType<typeof csvColumns>,
  input: DatasetInput,
  entry: string,
): TableRow {
  const refuse = (problem: string): never => {
    throw csvProblem(input, entry, row.line, problem)
  }
  const text = (name: string) => column(row, name)?.trim() || refuse(`it has no ${name}`)
  return {
    refuse,
    text,
    optional: (name) => column(row, name)?.trim() ?? '',
    number: (name) => {
      const written = text(name)
      const number = decimalAt(written, 0, written.length)
      return isCoordinate(number) ? number : refuse(`${name}: "${written}" is not a number`)
    },
    relative: (name) => relativeNumber(text(name), (problem) => refuse(`${name}: ${problem}`)),
  }
}
