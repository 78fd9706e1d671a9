/**
 * `data.yaml` as people write it for training tools: any YAML that PyYAML takes. Every scalar stays the text it is, so that
 * labels called `yes`, `007` or `1e3` keep their names.
 */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { indentFlow } from './yaml-flow.ts'

export type YamlValue = string | readonly YamlValue[] | ReadonlyMap<string, YamlValue>

export interface DataYaml {
  readonly entry: string
  /** In order; of a key that stands there twice the last one counts. */
  readonly values: ReadonlyMap<string, YamlValue>
  /** Refuse the file at a key's line. */
  invalid(key: string, problem: string): AppError
}

/** A hundred thousand paths. */
const MOST_CHARACTERS = 2 ** 23
/** The parser takes some seven hundred bytes for each value, however short it is. */
const MOST_VALUES = 400_000

/** @throws DATASET_INVALID, naming the line, for what is not YAML or no mapping of keys */
export async function readDataYaml(input: DatasetInput, entry: string): Promise<DataYaml> {
  const invalidAt = (where: string, problem: string): AppError =>
    new AppError('DATASET_INVALID', { file: input.file, where, problem })
  const text = await readText(input, entry, invalidAt)
  const lines = new LineCounter()
  const document = parse(text, lines)
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0])
    throw invalidAt(`${entry}, line ${line}`, `it is not YAML (${error.message})`)
  }
  if (!isMap(document.contents)) throw invalidAt(entry, 'it must be a list of "key: value"')
  const places = new Map(
    document.contents.items.flatMap(({ key }) =>
      isScalar(key) && key.range ? [[String(key.value), lines.linePos(key.range[0]).line]] : [],
    ),
  )
  return {
    entry,
    values: toValues(document, () => invalidAt(entry, 'its aliases cannot be resolved')),
    invalid: (key, problem) => invalidAt(`${entry}, line ${places.get(key) ?? 1}`, problem),
  }
}

async function readText(
  input: DatasetInput,
  entry: string,
  invalidAt: (where: string, problem: string) => AppError,
): Promise<string> {
  let text = ''
  let values = 0
  for await (const piece of input.text(entry)) {
    text += piece
    values += piece.match(/[,:\n]/g)?.length ?? 0
    if (text.length > MOST_CHARACTERS || values > MOST_VALUES)
      throw invalidAt(entry, 'it is too large for a data.yaml')
  }
  // Training tools take control characters out before they parse.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]+/g, '')
}

function parse(text: string, lines: LineCounter): Document {
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false } as const
  const document = parseDocument(text, { ...options, logLevel: 'silent', lineCounter: lines })
  if (document.errors.length === 0) return document
  // PyYAML does not care how far lines within brackets are indented, YAML does: once more, with room before them.
  const indented = parseDocument(indentFlow(text), { ...options, logLevel: 'silent' })
  return indented.errors.length === 0 ? indented : document
}

function toValues(document: Document, invalid: () => AppError): ReadonlyMap<string, YamlValue> {
  try {
    // A hundred aliases, no more: a few nested ones are as good as a zip bomb.
    const value = toYamlValue(document.toJS({ mapAsMap: true, maxAliasCount: 100 }))
    return value instanceof Map ? value : new Map()
  } catch (cause) {
    throw Object.assign(invalid(), { cause })
  }
}

function toYamlValue(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(toYamlValue)
  if (!(value instanceof Map)) return typeof value === 'string' ? value : ''
  return new Map([...value].map(([key, one]) => [String(key).trim(), toYamlValue(one)]))
}

/**
 * Labels by number: a list, or a map whose numbers need not be without gaps; `class_0` … where only `nc` says how many.
 * Null: it says nothing of labels.
 * @throws DATASET_INVALID where they are no names, or not as many as `nc` says
 */
export function namesOf(yaml: DataYaml): ReadonlyMap<number, string> | null {
  const count = wholeNumber(yaml.values.get('nc'))
  const value = yaml.values.get('names')
  if (value === undefined || value === '') return count === null ? null : numbered(count, yaml)
  if (typeof value === 'string') throw yaml.invalid('names', '"names" must be a list or a map')
  const pairs = Array.isArray(value) ? value.map((one, i) => [String(i), one]) : [...value]
  const names = new Map<number, string>()
  for (const [key, name] of pairs as [string, YamlValue][]) {
    const number = wholeNumber(key)
    if (number === null) throw yaml.invalid('names', `"${key}" is not a label number`)
    if (typeof name !== 'string') throw yaml.invalid('names', `label ${key} has no name`)
    names.set(number, name)
  }
  if (count !== null && count !== names.size) {
    const problem = `"nc" says ${count} labels, "names" has ${names.size}`
    throw yaml.invalid('nc', problem)
  }
  return new Map([...names].sort(([a], [b]) => a - b))
}

const MOST_NUMBERED = 100_000

function numbered(count: number, yaml: DataYaml): ReadonlyMap<number, string> {
  if (count > MOST_NUMBERED) throw yaml.invalid('nc', `${count} labels are too many`)
  return new Map(Array.from({ length: count }, (_, i) => [i, `class_${i}`]))
}

/** Null: it is none. */
export function wholeNumber(value: YamlValue | undefined): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null
}
