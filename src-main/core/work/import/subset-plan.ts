/** Which pictures of an archive make which task: what its annotations list, and where the rest lies. */
import type { ArchivePicture } from '../media/archive-pictures.ts'
import { frameNameOf } from './picture-index.ts'

/** A task to be made. */
export interface PlannedTask {
  readonly subset: string
  /** By place in the list of pictures, in the order of their names; each with the name of its frame. */
  readonly frames: readonly { readonly picture: number; readonly name: string }[]
}

const UNNAMED = 'default'

/** Folders in which data sets keep pictures, beside those of subsets. */
const FOLDERS =
  /^(?:images?|data|img1|image_2|JPEGImages|imgsFine|leftImg8bit|obj_\w+_data|WIDER_\w+|bounding_box_\w+)$/i

/** What is learnt of the pictures while the annotations are read. */
export class SubsetPlan {
  readonly #pictures: readonly ArchivePicture[]
  readonly #subsets: string[] = []
  readonly #sizes: number[] = []
  /** By picture: places in `#subsets` of those that list it. */
  readonly #listed = new Map<number, { name: string | null; readonly subsets: Set<number> }>()

  #depthOfSubsets: number | null | undefined

  constructor(pictures: readonly ArchivePicture[]) {
    this.#pictures = pictures
  }

  /** Whether the file means any picture at all. */
  get hasAny(): boolean {
    return this.#listed.size > 0
  }

  /** An item of the file means this picture. Null: it has no name there. */
  list(picture: number, item: string | null, subset: string = UNNAMED): void {
    let at = this.#subsets.indexOf(subset)
    if (at < 0) at = this.#subsets.push(subset) - 1
    const known = this.#listed.get(picture)
    if (known?.subsets.has(at)) return
    this.#sizes[at] = (this.#sizes[at] ?? 0) + 1
    if (known) known.subsets.add(at)
    else this.#listed.set(picture, { name: item, subsets: new Set([at]) })
  }

  /**
   * One task for each subset. A picture that several list goes to the smallest of them (`trainval` is `train` and `val`
   * again); one that none lists goes where its folders say (beside `train/images` lies `val/images`, though nothing in it has
   * annotations), or to the only subset there is.
   * @param isPicture  by entry: false for what the reader took for annotations
   */
  tasks(isPicture: (entry: string) => boolean): { tasks: PlannedTask[]; leftOut: number } {
    const chosen = new Map<string, Named[]>()
    let leftOut = 0
    for (const [picture, { scanned }] of this.#pictures.entries()) {
      const place = this.#placeOf(picture, scanned.entry, isPicture)
      if (place === null) leftOut += isPicture(scanned.entry) ? 1 : 0
      else add(chosen, place.subset, { picture, name: place.name })
    }
    const tasks = [...chosen].map(([subset, frames]) => ({
      subset,
      frames: this.#named(frames).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }))
    return { tasks: tasks.toSorted((a, b) => (a.subset < b.subset ? -1 : 1)), leftOut }
  }

  #placeOf(
    picture: number,
    entry: string,
    isPicture: (entry: string) => boolean,
  ): { subset: string; name: string } | null {
    const listed = this.#listed.get(picture)
    if (listed) {
      const sizeOf = (at: number) => this.#sizes[at] ?? 0
      const [smallest = 0] = [...listed.subsets].sort((a, b) => sizeOf(a) - sizeOf(b) || a - b)
      const subset = this.#subsets[smallest] ?? UNNAMED
      const { name } = listed
      return {
        subset,
        name: name === null ? unlistedName(entry, subset) : frameNameOf(entry, name),
      }
    }
    if (!isPicture(entry)) return null
    const folders = entry.split('/').slice(0, -1)
    const only = this.#subsets.length > 1 ? undefined : (this.#subsets[0] ?? UNNAMED)
    const depth = this.#depth()
    const beside = depth === null ? undefined : folders[depth]
    const subset = this.#subsets.find((name) => folders.includes(name)) ?? beside ?? only
    return subset === undefined ? null : { subset, name: unlistedName(entry, subset) }
  }

  /** Where in the paths of listed pictures the folder of their subset stands, if it does so in all of them; null: it does not. */
  #depth(): number | null {
    if (this.#depthOfSubsets !== undefined) return this.#depthOfSubsets
    const depths = new Set<number>()
    for (const [picture, { subsets }] of this.#listed) {
      const folders = (this.#pictures[picture]?.scanned.entry ?? '').split('/').slice(0, -1)
      for (const at of subsets) depths.add(folders.indexOf(this.#subsets[at] ?? ''))
    }
    const [depth = -1] = depths
    this.#depthOfSubsets = depths.size === 1 && depth >= 0 ? depth : null
    return this.#depthOfSubsets
  }

  /** No two frames of a task have one name: where they would, they keep their paths. */
  #named(frames: readonly Named[]): Named[] {
    const times = Map.groupBy(frames, ({ name }) => name)
    return frames.map((frame) =>
      (times.get(frame.name)?.length ?? 0) < 2
        ? frame
        : { ...frame, name: this.#pictures[frame.picture]?.scanned.entry ?? frame.name },
    )
  }
}

interface Named {
  readonly picture: number
  readonly name: string
}

function add(to: Map<string, Named[]>, subset: string, frame: Named): void {
  const list = to.get(subset)
  if (list) list.push(frame)
  else to.set(subset, [frame])
}

/** Its path without the folders that every data set has. */
function unlistedName(entry: string, subset: string): string {
  const parts = entry.split('/')
  let from = 0
  while (from < parts.length - 1 && isCommon(parts[from] ?? '', subset)) from += 1
  return parts.slice(from).join('/')
}

const isCommon = (folder: string, subset: string): boolean =>
  folder === subset || FOLDERS.test(folder)
