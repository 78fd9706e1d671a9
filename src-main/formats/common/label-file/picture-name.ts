/** Which picture a label file is of: it says so by a path from where it lies, often one of another machine. */
import { withoutExtension } from '../../frame-matcher.ts'
import type { LabelFile } from './parse.ts'

export interface Item {
  /** The likeliest first. */
  readonly names: readonly string[]
  readonly subset: string | undefined
}

/** Folders that people keep subsets in. */
const SUBSET_FOLDER = /^(train|training|val|valid|validation|test|testing)\//i

/** @param entry  path of the file in the archive */
export function itemOf(entry: string, { imagePath, subset }: LabelFile): Item {
  const path = entry.replaceAll('\\', '/')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const said = imagePath?.replaceAll('\\', '/') ?? ''
  const base = said.slice(said.lastIndexOf('/') + 1)
  const isRelative = said !== '' && !/^(?:\/|[a-z]:)/i.test(said)
  const names = [
    ...(isRelative ? [resolved(folder + said)] : []),
    ...(base === '' ? [] : [folder + base]),
    withoutExtension(path),
  ]
  return withSubset(names, subset)
}

/** A picture without a label file. */
export function pictureItem(entry: string): Item {
  return withSubset([entry.replaceAll('\\', '/')], null)
}

function withSubset(names: readonly string[], said: string | null): Item {
  const subset = said ?? SUBSET_FOLDER.exec(names[0] ?? '')?.[1]
  if (subset === undefined) return { names: unique(names), subset }
  const within = names.map((name) =>
    name.startsWith(`${subset}/`) ? name.slice(subset.length + 1) : name,
  )
  // Where the file says its subset, the folder is of our making; else it may as well be the picture's.
  return { names: unique(said === null ? [...names, ...within] : [...within, ...names]), subset }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** `a/b/../c.jpg` is `a/c.jpg`; what leads out of the archive starts at its root. */
function resolved(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
