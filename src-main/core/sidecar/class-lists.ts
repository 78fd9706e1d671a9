/**
 * YOLO numbers labels by a list that lies near its files: `classes.txt` beside them or above, or the `names` of a `data.yaml`.
 * Where there is none, one is made; a `classes.txt` gets the labels it has not; a `data.yaml` is somebody's configuration and
 * stays as it is.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Label } from '#shared/domain/label.ts'
import { writeWhole } from './files.ts'

/** Folders that are looked in: that of the file, and so many above. */
const LEVELS = 3

export class ClassLists {
  readonly #labels: readonly Label[]
  readonly #byFolder = new Map<string, Promise<readonly string[]>>()

  /** @param labels  the task's, in order */
  constructor(labels: readonly Label[]) {
    this.#labels = labels
  }

  /** Names by their numbers, for files of a folder. */
  of(folder: string): Promise<readonly string[]> {
    const known = this.#byFolder.get(folder)
    if (known) return known
    const found = this.#find(folder)
    this.#byFolder.set(folder, found)
    return found
  }

  async #find(folder: string): Promise<readonly string[]> {
    const own = this.#labels.filter(({ type }) => type === 'any' || type === 'rectangle')
    let at = folder
    for (let level = 0; level < LEVELS; level += 1) {
      const list = join(at, 'classes.txt')
      const names = await namesOf(list, linesOf)
      if (names) return this.#complete(list, names, own)
      for (const yaml of ['data.yaml', 'data.yml']) {
        const named = await namesOf(join(at, yaml), yamlNames)
        if (named && named.length > 0) return named
      }
      at = dirname(at)
    }
    return this.#complete(join(folder, 'classes.txt'), [], own)
  }

  async #complete(
    path: string,
    names: readonly string[],
    labels: readonly Label[],
  ): Promise<readonly string[]> {
    const missing = labels.map(({ name }) => name).filter((name) => !names.includes(name))
    if (missing.length === 0) return names
    const all = [...names, ...missing]
    await writeWhole(path, all.map((name) => `${name}\n`).join(''))
    return all
  }
}

async function namesOf(path: string, parse: (text: string) => string[]): Promise<string[] | null> {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** A blank line in the middle keeps its number; those at the end are no labels. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
}

/** The `names` of a data.yaml, in any of the three ways people write it; no more of YAML than that. */
function yamlNames(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  const start = lines.findIndex((line) => /^names\s*:/.test(line))
  if (start < 0) return []
  const inline = /^names\s*:\s*\[(.*)\]\s*$/.exec(lines[start] ?? '')
  if (inline) return (inline[1] ?? '').split(',').map(unquoted)
  const names: string[] = []
  for (const line of lines.slice(start + 1)) {
    const item = /^\s*(?:-|(\d{1,5})\s*:)\s*(.+)$/.exec(line)
    if (!item) break
    names[item[1] === undefined ? names.length : Number(item[1])] = unquoted(item[2] ?? '')
  }
  return Array.from(names, (name) => name ?? '')
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2')
}
