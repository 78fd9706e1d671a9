/** Which picture of an archive an item of its annotations means: tasks with names of frames are yet to be made of them. */

/** An item as a file names it. */
export interface PictureItem {
  readonly name: string
  readonly number?: number | undefined
  readonly subset?: string | undefined
}

interface Indexed {
  readonly at: number
  /** Path without extension, lower case, with a slash before it. */
  readonly stem: string
  /** The same with the extension. */
  readonly path: string
  readonly folders: ReadonlySet<string>
}

/** How names of a video's frames are written, whatever the file calls the item. */
const numbered = (number: number): string => `frame_${String(number).padStart(6, '0')}`

export class PictureIndex {
  readonly #byStem = new Map<string, Indexed[]>()

  /** @param paths  of the pictures in the archive */
  constructor(paths: readonly string[]) {
    for (const [at, path] of paths.entries()) {
      const whole = `/${slashed(path).toLowerCase()}`
      const stem = withoutExtension(whole)
      const folders = new Set(whole.split('/').slice(1, -1))
      const list = this.#byStem.get(baseName(stem))
      const indexed = { at, stem, path: whole, folders }
      if (list) list.push(indexed)
      else this.#byStem.set(baseName(stem), [indexed])
    }
  }

  /**
   * The one picture whose path ends as the item's name does, or the other way round. Of several, those in a folder called
   * like the subset come first, then those with the fewest folders of their own; two that are as good are none.
   * @returns its place in the list
   */
  find({ name, number, subset }: PictureItem): number | null {
    const item = `/${slashed(name).toLowerCase()}`
    return (
      this.#named(item, subset) ??
      this.#named(withoutExtension(item), subset) ??
      (number === undefined ? null : this.#named(`/${numbered(number)}`, subset))
    )
  }

  #named(item: string, subset: string | undefined): number | null {
    const tail = subset?.toLowerCase()
    const fitting = [...this.#candidates(item)].filter(
      ({ stem, path }) =>
        stem.endsWith(item) || item.endsWith(stem) || path.endsWith(item) || item.endsWith(path),
    )
    if (tail === undefined) return nearest(fitting)
    const own = fitting.filter(({ folders }) => folders.has(tail))
    if (own.length > 0) return nearest(own)
    const called = fitting.filter(({ folders }) => hasWord(folders, tail))
    return nearest(called.length > 0 ? called : fitting)
  }

  /** `a.png` may be a name with its extension or a stem with a dot in it. */
  *#candidates(item: string): Generator<Indexed> {
    const base = baseName(item)
    const short = withoutExtension(base)
    yield* this.#byStem.get(base) ?? []
    if (short === base) return
    const extension = base.slice(short.length)
    for (const one of this.#byStem.get(short) ?? []) if (one.path.endsWith(extension)) yield one
  }
}

/** `obj_train_data`, `WIDER_train`, `bounding_box_train` are folders of `train`. */
function hasWord(folders: ReadonlySet<string>, word: string): boolean {
  return [...folders].some((folder) => `_${folder}_`.includes(`_${word}_`))
}

function nearest(fitting: readonly Indexed[]): number | null {
  const depth = ({ folders }: Indexed) => folders.size
  const sorted = fitting.toSorted((a, b) => depth(a) - depth(b))
  const [first, second] = sorted
  if (!first || (second && depth(second) === depth(first))) return null
  return first.at
}

/**
 * What a picture is called in its task: as the file names the item, with the picture's extension; its own path from there
 * where the file goes by other names.
 */
export function frameNameOf(path: string, item: string): string {
  const whole = slashed(path)
  const stem = withoutExtension(whole)
  for (const wanted of [slashed(item), withoutExtension(slashed(item))]) {
    for (const [ending, length] of [
      [whole, wanted.length],
      [stem, wanted.length + whole.length - stem.length],
    ] as const) {
      if (wanted !== '' && `/${ending}`.toLowerCase().endsWith(`/${wanted.toLowerCase()}`))
        return whole.slice(whole.length - length)
    }
  }
  return baseName(whole)
}

const slashed = (path: string): string => path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '')

function withoutExtension(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
