/** The pictures of a VIA file, one at a time: of a project, of the annotations it exports as JSON, or as CSV. */
import type { DatasetInput } from '#main/core/ports.ts'
import { type CsvRow, csvColumns, readCsv } from '../common/csv.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { asObject, asOptionalObject, type JsonObject } from '../common/json-values.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'

export interface ViaRegion {
  readonly shape: JsonObject
  readonly attributes: JsonObject
  /** VIA 1 repeats the first point of a polygon at its end. */
  readonly isClosed: boolean
  /** For messages: `a.jpg1234.regions[3]`. */
  readonly where: string
}

export interface ViaImage {
  readonly filename: string
  readonly regions: readonly ViaRegion[]
  readonly fileAttributes: JsonObject
}

/** What a file says beside its pictures. */
export interface ViaHead {
  /** A project has it all; exported annotations may be of the same pictures. */
  readonly kind: 'project' | 'annotations'
  readonly settings: JsonObject
  readonly attributes: JsonObject
}

export interface ViaSink {
  image(image: ViaImage): void
  /** `_via_settings`, `_via_attributes`: wherever they stand. */
  head(head: Partial<ViaHead>): void
}

const PROJECT = '_via_img_metadata'

/**
 * Reads a file piece by piece; what was found meanwhile is with the sink at each step.
 * @throws DATASET_INVALID
 */
export async function* readImages(
  input: DatasetInput,
  entry: string,
  sink: ViaSink,
): AsyncGenerator<number> {
  if (/\.csv$/i.test(entry)) yield* readRows(input, entry, sink)
  else yield* readMaps(input, entry, sink)
}

async function* readMaps(
  input: DatasetInput,
  entry: string,
  sink: ViaSink,
): AsyncGenerator<number> {
  const refuse = refuseIn(input.file, entry)
  const scanner = createJsonArrays({
    ...{ file: input.file, entry, arrays: new Set<string>(), maps: new Set([PROJECT]) },
    onElement: () => undefined,
    onEntry(_key, name, value) {
      sink.head({ kind: 'project' })
      sink.image(toImage(value, name, refuse))
    },
    onMember(key, value) {
      if (key === '_via_settings') sink.head({ settings: asOptionalObject(value, key, refuse) })
      else if (key === '_via_attributes')
        sink.head({ attributes: asOptionalObject(value, key, refuse) })
      else if (isImage(value)) {
        sink.head({ kind: 'annotations' })
        sink.image(toImage(value, key, refuse))
      }
    },
  })
  for await (const piece of input.text(entry)) {
    scanner.write(piece.replace(/^\uFEFF/, ''))
    yield piece.length
  }
  scanner.end()
  // Also of a project without pictures.
  if (scanner.finished.has(PROJECT)) sink.head({ kind: 'project' })
}

/** Anything else at the top of a file is none of VIA's annotations. */
function isImage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'filename' in value && 'regions' in value
}

function toImage(value: unknown, key: string, refuse: Refuse): ViaImage {
  const where = JSON.stringify(key)
  const image = asObject(value, where, refuse)
  const { filename } = image
  if (typeof filename !== 'string' || filename === '')
    refuse(`${where}.filename`, 'a name is missing')
  return {
    filename,
    regions: regionsIn(image.regions, `${where}.regions`, refuse),
    fileAttributes: asOptionalObject(image.file_attributes, `${where}.file_attributes`, refuse),
  }
}

/** A list, or as VIA 1 has it, an object with their numbers as keys. */
function regionsIn(value: unknown, where: string, refuse: Refuse): ViaRegion[] {
  const list = Array.isArray(value)
    ? value.map((region, i) => [String(i), region] as const)
    : Object.entries(asOptionalObject(value, where, refuse))
  return list.map(([i, region]) => {
    const at = `${where}[${i}]`
    const fields = asObject(region, at, refuse)
    return {
      shape: asOptionalObject(fields.shape_attributes, `${at}.shape_attributes`, refuse),
      attributes: asOptionalObject(fields.region_attributes, `${at}.region_attributes`, refuse),
      isClosed: !Array.isArray(value),
      where: at,
    }
  })
}

const COLUMNS = [
  'filename',
  'file_attributes',
  'region_shape_attributes',
  'region_attributes',
] as const

/** A row is a region; a picture without any has one of its own. */
async function* readRows(
  input: DatasetInput,
  entry: string,
  sink: ViaSink,
): AsyncGenerator<number> {
  const refuse = refuseIn(input.file, entry)
  let columns: Columns | null = null
  for await (const rows of readCsv(input, entry)) {
    for (const row of rows) {
      if (columns !== null) sink.image(imageOfRow(row, columns, refuse))
      else {
        columns = columnsOf(row, refuse)
        sink.head({ kind: 'annotations' })
      }
    }
    yield rows.length * BYTES_A_ROW
  }
}

interface Columns {
  readonly fieldOf: ReturnType<typeof csvColumns>
  /** VIA 1 begins the header with a `#`. */
  readonly isOld: boolean
}

function columnsOf(header: CsvRow, refuse: Refuse): Columns {
  const isOld = header.fields[0]?.startsWith('#') === true
  const plain = { ...header, fields: header.fields.map((name) => name.replace(/^#/, '')) }
  const fieldOf = csvColumns(plain)
  const missing = COLUMNS.find((name) => fieldOf(plain, name) === undefined)
  if (missing !== undefined) refuse('line 1', `the column ${missing} is missing`)
  return { fieldOf, isOld }
}

/** About; for progress only. */
const BYTES_A_ROW = 150

function imageOfRow(row: CsvRow, { fieldOf, isOld }: Columns, refuse: Refuse): ViaImage {
  const where = `line ${row.line}`
  const [filename = '', ...texts] = COLUMNS.map((name) => fieldOf(row, name) ?? '')
  const [file = {}, shape = {}, attributes = {}] = texts.map((text) => parsed(text, where, refuse))
  if (filename === '') refuse(where, 'a name is missing')
  const isRegion = Object.keys(shape).length > 0
  const region = { shape, attributes, where, isClosed: isOld }
  return { filename, fileAttributes: file, regions: isRegion ? [region] : [] }
}

function parsed(text: string, where: string, refuse: Refuse): JsonObject {
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    refuse(where, 'its attributes are not valid JSON')
  }
  return asObject(value, where, refuse)
}
