import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { parseYaml } from '../foreign/yaml-text.ts'
import { readText } from '../manifest/read-text.ts'
import { namesOf } from '../metadata/exporter-notes.ts'
import { type Literal, readLiteral } from '../metadata/python-literal.ts'

export interface ClassList {
  /** The name of its file. */
  readonly file: string
  readonly names: readonly string[]
}

const MOST_BYTES = 2 ** 20
const MOST_CLASSES = 20_000
/** Files people keep the names of classes in, best first; `*` is the model's own name. */
const USUAL = [
  '*.txt',
  '*.names',
  '*.labels',
  'labels.txt',
  'classes.txt',
  'class_names.txt',
  'obj.names',
  'coco.names',
  'labels.json',
  'classes.json',
  '*.yaml',
  '*.yml',
  'data.yaml',
  'dataset.yaml',
  'metadata.yaml',
  'config.json',
]

/** Names of classes that lie beside a model. Null where none do; a file nobody can read as such is passed over. */
export async function classListBeside(folder: string, model: string): Promise<ClassList | null> {
  const there = new Set(await readdir(folder).catch(() => []))
  const stem = basename(model, extname(model))
  for (const usual of USUAL) {
    const file = usual.replace('*', stem)
    if (!there.has(file)) continue
    const names = await readClassList(join(folder, file)).catch(passOver)
    if (names !== null) return { file, names }
  }
  return null
}

function passOver(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}

/**
 * Names by class index: of a text, a line each; of YAML or JSON the list, or dict of indices, under `names`, `id2label` or alone.
 * @returns null where it is no list of names
 * @throws MODEL_MANIFEST_INVALID where it cannot be read
 */
export async function readClassList(path: string): Promise<readonly string[] | null> {
  const text = await readText(path, MOST_BYTES)
  const kind = extname(path).toLowerCase()
  if (kind === '.yaml' || kind === '.yml') return fromValue(literalOf(parseYaml(text, path)))
  if (kind === '.json') return fromValue(readLiteral(text))
  return fromValue(readLiteral(text)) ?? fromLines(text)
}

function fromValue(value: Literal | null): readonly string[] | null {
  if (!(value instanceof Map)) return namesOf(value)
  const dict = value as ReadonlyMap<string, Literal>
  return namesOf(dict.get('names') ?? dict.get('id2label') ?? dict.get('classes') ?? dict)
}

/** Numbered lines (`0 person`, `0: person`) keep their numbers to themselves when all have them, from 0 on. */
function fromLines(text: string): readonly string[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const isList = lines.length > 0 && lines.length <= MOST_CLASSES
  if (!isList || lines.some((line) => line.length > 200 || /\p{Cc}/u.test(line))) return null
  const numbered = lines.map((line) => /^(\d+)\s*[:,\s]\s*(.+)$/.exec(line))
  const areInOrder = numbered.every((match, index) => match !== null && Number(match[1]) === index)
  return areInOrder ? numbered.map((match) => match?.[2] ?? '') : lines
}

/** Plain objects of YAML as the reader of literals would give them. */
function literalOf(value: unknown, depth = 0): Literal | null {
  if (depth > 8) return null
  if (Array.isArray(value)) return value.map((one) => literalOf(one, depth + 1))
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([key, one]) => [key, literalOf(one, depth + 1)]))
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isPlain ? value : null
}
