/** `ImageSets/<task>/<subset>.txt`, lists of pictures, and `<label>_<subset>.txt`, which of them have a tag. */
import type { DatasetInput } from '#main/core/ports.ts'
import { readLines } from '../common/lines.ts'
import { withoutExtension } from '../frame-matcher.ts'
import type { VocItem } from './layout.ts'

interface ImageSet {
  readonly root: string
  /** `Main`, `Segmentation`, `Layout`, `Action` */
  readonly task: string
  readonly name: string
  readonly lines: readonly string[]
}

export interface Items {
  readonly items: ReadonlyMap<string, VocItem>
  itemOf(root: string, id: string): VocItem
}

const PATH = /^(.*?)ImageSets\/(?:([^/]+)\/)?(.+)\.txt$/i
/** A line that says whether a picture has a tag (1), has not (-1), or has a difficult one (0). */
const TAGGED = /^(.+?)\s+(-1|0|1)$/

/** Gives every item its subset and its tags, and makes items of what is listed and has no files. */
export async function readImageSets(
  input: DatasetInput,
  entries: readonly { readonly path: string; readonly name: string }[],
  items: Items,
): Promise<void> {
  const sets: ImageSet[] = []
  for (const { path, name } of entries) {
    const [, root = '', task = '', list = ''] = PATH.exec(path) ?? []
    const lines = (await readLines(input, name)).filter((line) => line !== '')
    sets.push({ root, task: task.toLowerCase(), name: list, lines })
  }
  const names = new Set(sets.map(({ root, task, name }) => `${root}${task}/${name}`))
  const tagged = sets.filter((set) => labelOf(set, names) !== null)
  for (const set of inOrder(sets.filter((each) => !tagged.includes(each)))) {
    for (const line of set.lines) listedItem(line, set, items).subset ??= set.name
  }
  for (const set of tagged) addTags(set, labelOf(set, names) ?? '', items)
}

/** The label of a list of tags: another list has the rest of its name, and each line ends in -1, 0 or 1. */
function labelOf({ root, task, name, lines }: ImageSet, names: ReadonlySet<string>): string | null {
  for (let at = name.indexOf('_'); at > 0; at = name.indexOf('_', at + 1)) {
    const isListed = names.has(`${root}${task}/${name.slice(at + 1)}`)
    if (isListed && lines.every((line) => TAGGED.test(line))) return name.slice(0, at)
  }
  return null
}

/** The data set's own lists overlap (`trainval` holds `train`): the smaller one says more. `Main` has all pictures. */
function inOrder(sets: readonly ImageSet[]): ImageSet[] {
  const rank = ({ task }: ImageSet) => (task === 'main' ? 0 : task === 'segmentation' ? 1 : 2)
  return [...sets].sort(
    (a, b) => rank(a) - rank(b) || a.lines.length - b.lines.length || (a.name < b.name ? -1 : 1),
  )
}

/** Lists of layouts and actions number the object after the picture; some tools write the picture's extension. */
function listedItem(line: string, { root, task }: ImageSet, { items, itemOf }: Items): VocItem {
  const id = line.replace(/^"(.*)"$/, '$1').replaceAll('\\', '/')
  const bare = id.replace(/\s+-?\d+$/, '')
  for (const each of [id, withoutExtension(id), bare]) {
    const item = items.get(root + each)
    if (item !== undefined) return item
  }
  return itemOf(root, task === 'layout' || task === 'action' ? bare : id)
}

function addTags(set: ImageSet, label: string, items: Items): void {
  if (set.task !== 'main' && set.task !== '') return
  for (const line of set.lines) {
    const [, id = '', value] = TAGGED.exec(line) ?? []
    if (value !== '1') continue
    const item = listedItem(id, set, items)
    item.tags ??= []
    item.tags.push(label)
  }
}
