/** The files and folders of an archive, looked up by paths as lists and settings give them. */
import type { DatasetInput } from '#main/core/ports.ts'
import { slashedEntries } from '../common/pictures.ts'
import { SPLITS } from '../common/wild-labels.ts'
import { withoutExtension } from '../frame-matcher.ts'

export class ArchiveIndex {
  readonly #entries: ReadonlyMap<string, string>
  readonly #folders = new Set<string>([''])

  constructor(input: DatasetInput) {
    const entries = slashedEntries(input).map(({ path, name }) => [plainPath(path), name] as const)
    this.#entries = new Map(entries)
    for (const path of this.#entries.keys()) this.#addFolders(path)
  }

  #addFolders(path: string): void {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (this.#folders.has(folder)) return
      this.#folders.add(folder)
    }
  }

  /** Paths of all files, in order. */
  paths(): Iterable<string> {
    return this.#entries.keys()
  }

  /** What to ask the input for; null: there is no such file. */
  entry(path: string): string | null {
    return this.#entries.get(path) ?? null
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path)
  }

  /**
   * The text file of a picture's labels, whether or not the picture is there: `images` in its path swapped for `labels`, the
   * last one first as training tools do; else beside the picture.
   */
  labelsOf(picture: string): string | null {
    const stem = withoutExtension(picture)
    return (
      [...swapped(stem, 'images', 'labels'), stem]
        .map((path) => `${path}.txt`)
        .find((path) => this.#entries.has(path)) ?? null
    )
  }
}

/** A path with one folder of it called otherwise, the last such folder first. */
export function swapped(path: string, from: string, to: string): string[] {
  const parts = path.split('/')
  return parts.flatMap((part, i) => (part === from ? [parts.with(i, to).join('/')] : [])).reverse()
}

/** Without drive, leading slashes and `.`; `..` goes up, but never beyond the top. */
export function plainPath(path: string): string {
  const parts: string[] = []
  for (const part of path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^[a-z]:(?=\/)/i, '')
    .split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/**
 * Places where a path of a data set may mean, likeliest first: below each root, then with more and more of its beginning
 * left out, since it may be of the machine it was written on (`/content/data/train/images`, `../train/images`).
 */
export function* likelyPaths(path: string, roots: readonly string[]): Generator<string> {
  const slashed = path.replaceAll('\\', '/')
  for (const root of roots) yield plainPath(`${root}/${slashed}`)
  const parts = plainPath(slashed.replace(/^(?:\.\.?\/)+/, '')).split('/')
  for (let i = 0; i < parts.length; i++) {
    const rest = parts.slice(i).join('/')
    for (const root of roots) yield plainPath(`${root}/${rest}`)
    // What is left without it would be the folder of another subset.
    if (SPLITS.test(parts[i] ?? '')) return
  }
}
