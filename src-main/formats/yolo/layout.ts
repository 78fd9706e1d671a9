/**
 * Where a YOLO archive keeps what: either `obj.data` says it (Darknet, CVAT), or the data set is a wild one, just
 * pictures, text files and a list of names, and the files themselves are all there is to go by.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { namesOf, readDataYaml } from '../common/data-yaml.ts'
import { readLines } from '../common/lines.ts'
import {
  type EntryNames,
  entryNames,
  labelFiles,
  numbered,
  readNameList,
} from '../common/wild-labels.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { RESERVED } from './write.ts'

export interface YoloItem {
  /** What the frame matcher gets: path of the picture, its first folder left out, with or without extension. */
  readonly name: string
  /** Entry of its boxes; null where the archive has none, which means no boxes. */
  readonly entry: string | null
  /** Undefined: the data set has none. */
  readonly subset: string | undefined
}

export interface YoloLayout {
  /** By number. */
  readonly names: ReadonlyMap<number, string>
  readonly items: readonly YoloItem[]
}

export async function readLayout(input: DatasetInput): Promise<YoloLayout> {
  const entries = entryNames(input)
  const data = find(entries, /(?:^|\/)obj\.data$/i)
  return data === null ? readWild(input, entries) : await readDarknet(input, entries, data)
}

async function readDarknet(
  input: DatasetInput,
  entries: EntryNames,
  data: string,
): Promise<YoloLayout> {
  const root = data.slice(0, data.lastIndexOf('/') + 1)
  const settings = await readSettings(input, data)
  const namesPath = settings.get('names')
  if (namesPath === undefined) throw invalid(input, data, 'it does not say where the names are')
  const names = await readLines(input, resolve(entries, root, namesPath, input, data))
  const items: YoloItem[] = []
  for (const [key, path] of settings) {
    if (RESERVED.includes(key)) continue
    const list = await readLines(input, resolve(entries, root, path, input, data))
    for (const line of list)
      if (line !== '') items.push(toItem(entries, { root, line, subset: key }))
  }
  return { names: numbered(names), items }
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
  entries: EntryNames,
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
function toItem(
  entries: EntryNames,
  { root, line, subset }: { root: string; line: string; subset: string },
): YoloItem {
  const listed = line.replaceAll('\\', '/').replace(/^(\.\/)?data\//, '')
  const paths = [listed, listed.replace(/^.*?\/data\//, '')]
  const entryOf = (path: string) => entries.get(`${root}${withoutExtension(path)}.txt`) ?? null
  const path = paths.find((each) => entryOf(each) !== null) ?? listed
  return { name: withoutFirstFolder(path), entry: entryOf(path), subset }
}

function withoutFirstFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

async function readWild(input: DatasetInput, entries: EntryNames): Promise<YoloLayout> {
  const items = labelFiles(entries)
  const names = (await readNameList(input, entries)) ?? (await readYamlNames(input, entries))
  if (items.length > 0 && names !== null) return { names, items }
  const expected = 'it needs obj.data, or text files of boxes beside a classes.txt or data.yaml'
  throw new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format: 'YOLO 1.1', expected })
}

async function readYamlNames(
  input: DatasetInput,
  entries: EntryNames,
): Promise<ReadonlyMap<number, string> | null> {
  const entry = find(entries, /(?:^|\/)data\.ya?ml$/i)
  return entry === null ? null : namesOf(await readDataYaml(input, entry))
}

function find(entries: EntryNames, pattern: RegExp): string | null {
  for (const [name, entry] of entries) if (pattern.test(name)) return entry
  return null
}

export function invalid(input: DatasetInput, where: string, problem: string): AppError {
  return new AppError('DATASET_INVALID', { file: input.file, where, problem })
}
