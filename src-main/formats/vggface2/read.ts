import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { type CsvRow, csvColumns, csvProblem, readCsv } from '../common/csv.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { folderNames } from '../common/folder-names.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { readLines } from '../common/lines.ts'
import { type Batch, createBatch, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { baseName, slashedEntries } from '../common/pictures.ts'
import { BOX_HEADER, LANDMARK_HEADER, NO_LABEL } from './tables.ts'

/**
 * Import VGGFace2 1.0: the tables of boxes and points of every subset.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readVggFace(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const tables = findTables(input)
  const tally = createImportTally(input.file, target)
  const labelOf = await readLabels(input, tally)
  const batch = createBatch()
  for (const table of tables) {
    const reader = new Table({ input, table, tally, labelOf, batch })
    let done = 0
    for await (const rows of readCsv(input, table.entry)) {
      throwIfCancelled(target.signal, 'The import')
      for (const row of rows) reader.row(row)
      done += rows.length * BYTES_A_ROW
      target.progress(Math.min(done, table.sizeBytes), table.sizeBytes, table.entry)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

/** About; for progress only. */
const BYTES_A_ROW = 50

interface TableEntry {
  readonly entry: string
  readonly kind: 'bb' | 'landmark'
  readonly subset: string
  readonly sizeBytes: number
}

/** Points before boxes of a subset: they list every frame, also those without either. */
function findTables(input: DatasetInput): TableEntry[] {
  const tables = slashedEntries(input).flatMap(({ path, name, sizeBytes }): TableEntry[] => {
    const [, kind = '', subset = ''] = /^loose_(bb|landmark)_(.+)\.csv$/i.exec(baseName(path)) ?? []
    const isBoxes = kind.toLowerCase() === 'bb'
    return kind === ''
      ? []
      : [{ entry: name, kind: isBoxes ? 'bb' : 'landmark', subset, sizeBytes }]
  })
  const order = ({ subset, kind }: TableEntry) => `${subset} ${kind === 'bb' ? 1 : 0}`
  if (tables.length > 0) return tables.sort((a, b) => (order(a) < order(b) ? -1 : 1))
  const expected = 'it needs bb_landmark/loose_landmark_….csv or loose_bb_….csv'
  throw new AppError('DATASET_NOT_THIS_FORMAT', {
    file: input.file,
    format: 'VGGFace2 1.0',
    expected,
  })
}

/** Labels by their folders: of `n000001 Ann_Lee` the first word is one; a label of ours may have blanks. */
async function readLabels(
  input: DatasetInput,
  tally: ImportTally,
): Promise<(folder: string) => string> {
  const entry = slashedEntries(input).find(({ path }) => /^labels\.txt$/i.test(baseName(path)))
  const lines = entry === undefined ? [] : await readLines(input, entry.name)
  const names = lines.filter((line) => line !== '')
  const folders = new Map([...folderNames(names)].map(([name, folder]) => [folder, name]))
  const words = new Set(names.map((name) => name.split(/\s/)[0] ?? name))
  const used = new Set<string>()
  return (folder) => {
    const name = words.has(folder) ? folder : (folders.get(folder) ?? folder)
    if (!used.has(name)) tally.describe({ name })
    used.add(name)
    return name
  }
}

interface Context {
  readonly input: DatasetInput
  readonly table: TableEntry
  readonly tally: ImportTally
  readonly labelOf: (folder: string) => string
  readonly batch: Batch
}

class Table {
  readonly #context: Context
  #fieldOf: ReturnType<typeof csvColumns> | null = null

  constructor(context: Context) {
    this.#context = context
  }

  row(row: CsvRow): void {
    const { tally, labelOf, batch, table } = this.#context
    const refuse = (problem: string): never => {
      throw csvProblem(this.#context.input, table.entry, row.line, problem)
    }
    if (this.#fieldOf === null) {
      this.#fieldOf = csvColumns(row)
      const missing = this.#columns().find((name) => this.#fieldOf?.(row, name) === undefined)
      if (missing !== undefined) refuse(`the column ${missing} is missing`)
      return
    }
    const [id = '', ...texts] = this.#columns().map((name) => this.#fieldOf?.(row, name) ?? '')
    const numbers = texts.every((text) => text.trim() === '') ? null : toNumbers(texts, refuse)
    const path = id.trim().replaceAll('\\', '/')
    if (path === '') refuse('NAME_ID is empty')
    const slash = path.indexOf('/')
    const folder = slash > 0 ? path.slice(0, slash) : NO_LABEL
    const frame = tally.frameOf([path, path.slice(slash + 1)], table.subset)
    if (frame === null || folder === NO_LABEL) return
    const label = tally.label(labelOf(folder))
    if (label !== null) batch.add(this.#annotation(numbers, frame, label, refuse))
  }

  #columns(): readonly string[] {
    return this.#context.table.kind === 'bb' ? BOX_HEADER : LANDMARK_HEADER
  }

  #annotation(
    numbers: number[] | null,
    { index: frame }: DatasetFrame,
    { id: labelId }: Label,
    refuse: (problem: string) => never,
  ): NewAnnotation {
    if (this.#context.table.kind === 'landmark') {
      if (numbers === null) return newTag({ frame, labelId })
      return newShape({ frame, labelId, type: 'points', points: numbers })
    }
    const [x = 0, y = 0, width = 0, height = 0] = numbers ?? refuse('X, Y, W and H are empty')
    if (width < 0 || height < 0) refuse('width and height must not be negative')
    return newShape({ frame, labelId, type: 'rectangle', points: [x, y, x + width, y + height] })
  }
}

function toNumbers(texts: readonly string[], refuse: (problem: string) => never): number[] {
  return texts.map((text) => {
    const number = decimalAt(text, 0, text.length)
    return isCoordinate(number) ? number : refuse(`"${text}" is not a number of pixels`)
  })
}
