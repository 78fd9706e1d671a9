/**
 * Comma-separated values as Python's `csv` module writes and reads them: fields with a comma, a quote or a line break in
 * them stand in double quotes, quotes are doubled, lines end with CR LF. Read piece by piece, whatever the size of the file.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'

export interface CsvRow {
  /** On which line of the file it begins, from 1. */
  readonly line: number
  readonly fields: readonly string[]
}

/** One row, with its line end. */
export function csvLine(fields: readonly (string | number)[]): string {
  const [only] = fields
  // Python tells a row of one empty field from an empty row this way.
  if (fields.length === 1 && only === '') return '""\r\n'
  return `${fields.map((field) => quoted(String(field))).join(',')}\r\n`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The rows of an entry, some thousand at a time; empty lines are left out. Lines may end with CR LF, LF or CR.
 * @throws DATASET_INVALID at a quote that is never closed
 */
export async function* readCsv(input: DatasetInput, entry: string): AsyncGenerator<CsvRow[]> {
  const scanner = new CsvScanner((line, problem) => {
    throw csvProblem(input, entry, line, problem)
  })
  for await (const piece of input.text(entry)) {
    const rows = scanner.write(piece)
    if (rows.length > 0) yield rows
  }
  const rest = scanner.end()
  if (rest.length > 0) yield rest
}

/**
 * Fields by the names of their columns, whatever their order and case.
 * @returns undefined for a column the header or the row does not have
 */
export function csvColumns(header: CsvRow): (row: CsvRow, name: string) => string | undefined {
  const places = new Map(header.fields.map((name, i) => [name.trim().toLowerCase(), i]))
  return ({ fields }, name) => fields[places.get(name.toLowerCase()) ?? -1]
}

/** What is wrong with a row, as an error that says where it is. */
export function csvProblem(
  input: DatasetInput,
  entry: string,
  line: number,
  problem: string,
): AppError {
  const where = entry === input.file ? `line ${line}` : `${entry}, line ${line}`
  return new AppError('DATASET_INVALID', { file: input.file, where, problem })
}

const [COMMA, QUOTE, LF, CR, BOM] = [44, 34, 10, 13, 0xfeff]
/** A row larger than this is a quote that was never closed, or no table at all. */
const LONGEST_ROW = 2 ** 24

/** Where in a row we are; `closing`: behind a quote in a quoted field, which ends it unless another follows. */
type State = 'start' | 'plain' | 'quoted' | 'closing'

class CsvScanner {
  readonly #refuse: (line: number, problem: string) => never
  #rows: CsvRow[] = []
  #fields: string[] = []
  #field = ''
  #state: State = 'start'
  #line = 1
  /** The line on which the row began. */
  #rowLine = 1
  #rowLength = 0
  #last = BOM

  constructor(refuse: (line: number, problem: string) => never) {
    this.#refuse = refuse
  }

  write(piece: string): CsvRow[] {
    // What is copied at once: characters of a field since the last quote.
    let from = 0
    for (let i = 0; i < piece.length; i++) {
      const code = piece.charCodeAt(i)
      const isBreak = code === LF || code === CR
      if (isBreak && !(code === LF && this.#last === CR)) this.#line++
      if (this.#state === 'quoted') {
        if (code === QUOTE) {
          this.#field += piece.slice(from, i)
          this.#state = 'closing'
        }
      } else if (code === COMMA || isBreak) {
        if (this.#state !== 'closing') this.#field += piece.slice(from, i)
        if (code === COMMA) this.#endField()
        else this.#endRow()
        from = i + 1
      } else if (code === QUOTE && this.#state !== 'plain') {
        // Opens a field, or is the second of two quotes, of which one counts.
        from = this.#state === 'closing' ? i : i + 1
        this.#state = 'quoted'
      } else if (code === BOM && this.#last === BOM && this.#state === 'start') {
        from = i + 1
      } else if (this.#state !== 'plain') {
        if (this.#state === 'closing') from = i
        this.#state = 'plain'
      }
      this.#last = code
    }
    if (this.#state !== 'closing') this.#field += piece.slice(from)
    this.#rowLength += piece.length
    if (this.#rowLength > LONGEST_ROW) this.#refuse(this.#rowLine, 'the row never ends')
    return this.#take()
  }

  end(): CsvRow[] {
    if (this.#state === 'quoted') this.#refuse(this.#rowLine, 'a quote is never closed')
    this.#endRow()
    return this.#take()
  }

  #take(): CsvRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #endField(): void {
    this.#fields.push(this.#field)
    this.#field = ''
    this.#state = 'start'
  }

  #endRow(): void {
    const isEmpty = this.#fields.length === 0 && this.#field === '' && this.#state === 'start'
    if (!isEmpty) {
      this.#endField()
      this.#rows.push({ line: this.#rowLine, fields: this.#fields })
      this.#fields = []
    }
    this.#rowLine = this.#line
    this.#rowLength = 0
  }
}
