/**
 * YOLO data sets without anything that says what is where: pictures, text files called like them, and a list of names.
 * What they hold and which subsets they have, their paths must tell.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { readLines } from './lines.ts'

/** Entries by their names with forward slashes. */
export type EntryNames = ReadonlyMap<string, string>

export function entryNames(input: DatasetInput): EntryNames {
  return new Map(input.entries.map(({ name }) => [name.replaceAll('\\', '/'), name]))
}

export interface LabelFile {
  /** The picture's path without extension, as far as it says where it is among the frames. */
  readonly name: string
  readonly entry: string
  /** Undefined: its path says nothing of a subset. */
  readonly subset: string | undefined
}

/** Folders that training tools look for. */
export const SPLITS = /^(?:train|val|valid|validation|test|minival)$/i

const NAME_LISTS = /(?:^|\/)(?:classes\.txt|[^/]*\.names)$/i
/** Texts about a data set, and lists of its pictures; in a folder of labels a picture may well be called `test`. */
const OTHER_TEXTS =
  /(?:^|\/)(?:labels|train|val|valid|validation|test|readme[^/]*|license[^/]*|notes|requirements)\.txt$/i
const LABEL_FOLDER = /(?:^|\/)(?:labels|obj_[^/]+_data)\//

function isLabelFile(name: string): boolean {
  if (!/\.txt$/i.test(name) || NAME_LISTS.test(name)) return false
  return LABEL_FOLDER.test(name) || !OTHER_TEXTS.test(name)
}

/** Text files that belong to pictures. */
export function labelFiles(entries: EntryNames): LabelFile[] {
  return [...entries]
    .filter(([name]) => isLabelFile(name))
    .map(([name, entry]) => ({ entry, ...pictureOf(withoutExtension(name)) }))
}

/** `labels/train/a/b`, `train/labels/a/b` and `obj_train_data/a/b` are `a/b` of `train`. */
function pictureOf(path: string): { name: string; subset: string | undefined } {
  const darknet = /^(?:.*\/)?obj_([^/]+)_data\/(.+)$/.exec(path)
  if (darknet !== null) return { name: darknet[2] ?? '', subset: darknet[1] }
  const parts = path.split('/')
  const labels = parts.indexOf('labels', 0)
  const start = labels < 0 || labels === parts.length - 1 ? 0 : labels + 1
  const [next = '', before = ''] = [parts[start], parts[start - 2]]
  if (SPLITS.test(next) && start + 1 < parts.length) {
    return { name: parts.slice(start + 1).join('/'), subset: next }
  }
  const subset = start > 1 && SPLITS.test(before) ? before : undefined
  return { name: parts.slice(start).join('/'), subset }
}

/** The list of names beside them; null where there is none. */
export async function readNameList(
  input: DatasetInput,
  entries: EntryNames,
): Promise<ReadonlyMap<number, string> | null> {
  for (const [name, entry] of entries) {
    if (NAME_LISTS.test(name)) return numbered(await readLines(input, entry))
  }
  return null
}

/** A blank line in the middle keeps its number, which has no name; the final newline is no label. */
export function numbered(names: readonly string[]): ReadonlyMap<number, string> {
  return new Map([...names.entries()].filter(([, name]) => name !== ''))
}
