/**
 * Where a YOLO archive keeps what: either `obj.data` says it (Darknet, CVAT), or the data set is a wild one, just
 * pictures, text files and a list of names, and the files themselves are all there is to go by.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { readLines } from '../common/lines.ts'
import { withoutExtension } from '../frame-matcher.ts'

export interface YoloItem {
  /** What the frame matcher gets: path of the picture, its first folder left out, with or without extension. */
  readonly name: string
  /** Entry of its boxes; null where the archive has none, which means no boxes. */
  readonly entry: string | null
}

export interface YoloLayout {
  readonly names: readonly string[]
  readonly items: readonly YoloItem[]
}

export async function readLayout(input: DatasetInput): Promise<YoloLayout> {
  const entries = new Map(input.entries.map(({ name }) => [name.replaceAll('\\', '/'), name]))
  const data = find(entries, /(?:^|\/)obj\.data$/i)
  return data === null ? readWild(input, entries) : await readDarknet(input, entries, data)
}

type Entries = ReadonlyMap<string, string>

async function readDarknet(
  input: DatasetInput,
  entries: Entries,
  data: string,
): Promise<YoloLayout> {
  const root = data.slice(0, data.lastIndexOf('/') + 1)
  const settings = await readSettings(input, data)
  const namesPath = settings.get('names')
  if (namesPath === undefined) throw invalid(input, data, 'it does not say where the names are')
  const names = await readLines(input, resolve(entries, root, namesPath, input, data))
  const items: YoloItem[] = []
  for (const [key, path] of settings) {
    if (['classes', 'names', 'backup'].includes(key)) continue
    const list = await readLines(input, resolve(entries, root, path, input, data))
    for (const line of list) if (line !== '') items.push(toItem(entries, root, line))
  }
  return { names: withoutBlankEnd(names), items }
}

async function readSettings(input: DatasetInput, entry: string): Promise<Map<string, string>> {
  const settings = new Map<string, string>()
  for (const [index, line] of (await readLines(input, entry)).entries()) {
    if (line === '') continue
    const [key = '', value, ...more] = line.split('=').map((part) => part.trim())
    if (value === undefined || key === '' || more.length > 0) {
      throw invalid(input, `${entry}, line ${index + 1}`, 'it must read "key = value"')
    }
    settings.set(key, value)
  }
  return settings
}

/** Lists start with `data/` though the archive has no such folder. */
function resolve(
  entries: Entries,
  root: string,
  path: string,
  input: DatasetInput,
  from: string,
): string {
  const bare = path.replaceAll('\\', '/').replace(/^(\.\/)?data\//, '')
  const entry = entries.get(root + bare) ?? entries.get(root + path)
  if (entry === undefined) throw invalid(input, from, `it names ${path}, which is not there`)
  return entry
}

/** Darknet's lists often hold the absolute paths of the machine they were made on; what counts begins behind `data/`. */
function toItem(entries: Entries, root: string, line: string): YoloItem {
  const listed = line.replaceAll('\\', '/').replace(/^(\.\/)?data\//, '')
  const paths = [listed, listed.replace(/^.*?\/data\//, '')]
  const entryOf = (path: string) => entries.get(`${root}${withoutExtension(path)}.txt`) ?? null
  const path = paths.find((each) => entryOf(each) !== null) ?? listed
  return { name: withoutFirstFolder(path), entry: entryOf(path) }
}

function withoutFirstFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

/** Names of the files that name the labels, not a picture. */
const NAME_LISTS = /(?:^|\/)(?:classes\.txt|obj\.names|[^/]*\.names)$/i
const OTHER_TEXTS =
  /(?:^|\/)(?:classes|train|val|valid|test|readme[^/]*|license[^/]*|notes|requirements)\.txt$/i

async function readWild(input: DatasetInput, entries: Entries): Promise<YoloLayout> {
  const list = find(entries, NAME_LISTS)
  const boxes = [...entries.keys()].filter(
    (name) => /\.txt$/i.test(name) && !OTHER_TEXTS.test(name),
  )
  const yaml = find(entries, /(?:^|\/)data\.ya?ml$/i)
  if (boxes.length === 0 || (list === null && yaml === null)) {
    const expected = 'it needs obj.data, or text files of boxes beside a classes.txt or data.yaml'
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      file: input.file,
      format: 'YOLO 1.1',
      expected,
    })
  }
  const names =
    list === null ? await readYamlNames(input, yaml ?? '') : await readLines(input, list)
  return {
    names: withoutBlankEnd(names),
    items: boxes.map((name) => ({
      name: withoutExtension(name).replace(/^(?:.*\/)?(?:labels|obj_[^/]*_data)\//, ''),
      entry: entries.get(name) ?? null,
    })),
  }
}

/** The `names` of a data.yaml in any of the three ways people write it; no more of YAML than that. */
async function readYamlNames(input: DatasetInput, entry: string): Promise<string[]> {
  const lines = await readLines(input, entry)
  const start = lines.findIndex((line) => /^names\s*:/.test(line))
  const inline = /^names\s*:\s*\[(.*)\]$/.exec(lines[start] ?? '')
  const names = inline === null ? [] : (inline[1] ?? '').split(',').map(unquoted)
  for (const line of start < 0 || inline !== null ? [] : lines.slice(start + 1)) {
    const item = /^(?:-|(\d+)\s*:)\s*(.+)$/.exec(line)
    if (item === null) break
    names[item[1] === undefined ? names.length : Math.min(Number(item[1]), 100_000)] = unquoted(
      item[2] ?? '',
    )
  }
  if (names.length === 0) throw invalid(input, entry, 'it names no labels')
  return Array.from(names, (name) => name ?? '')
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2')
}

/** A blank line in the middle keeps its number; the final newline is no label. */
function withoutBlankEnd(names: readonly string[]): string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1)
}

function find(entries: Entries, pattern: RegExp): string | null {
  for (const [name, entry] of entries) if (pattern.test(name)) return entry
  return null
}

export function invalid(input: DatasetInput, where: string, problem: string): AppError {
  return new AppError('DATASET_INVALID', { file: input.file, where, problem })
}
