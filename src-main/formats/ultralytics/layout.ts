/** Which pictures a data set lists, and where the labels of each are. The pictures themselves need not be there. */
import type { DatasetInput } from '#main/core/ports.ts'
import { readLines } from '../common/lines.ts'
import { isPicture } from '../common/pictures.ts'
import { entryNames, labelFiles } from '../common/wild-labels.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { type ArchiveIndex, likelyPaths, plainPath, swapped } from './archive-index.ts'
import type { Config, SubsetSource } from './config.ts'

export interface Item {
  /** What its picture may be called among the frames, likeliest first. */
  readonly names: readonly [string, ...string[]]
  /** Entry of its labels; null: it has none. */
  readonly entry: string | null
  readonly subset: string | undefined
}

export interface Layout {
  readonly items: readonly Item[]
  /** What data.yaml lists and the archive does not have. */
  readonly missing: readonly string[]
}

interface Place {
  readonly input: DatasetInput
  readonly index: ArchiveIndex
  readonly config: Config
}

export async function findItems(place: Place): Promise<Layout> {
  const items: Item[] = []
  const missing: string[] = []
  for (const source of place.config.subsets) {
    for (const path of source.paths) {
      const found = await itemsAt(place, source, path)
      if (found !== null) items.push(...found)
      else if (source.isCertain) missing.push(path)
    }
  }
  return items.length > 0 ? { items, missing } : { items: wildItems(place), missing }
}

/** Nothing says where pictures are: the text files must. */
function wildItems({ input }: Place): Item[] {
  return labelFiles(entryNames(input)).map(({ name, entry, subset }) => ({
    names: [name],
    entry,
    subset,
  }))
}

/** @returns null where there is nothing of that path */
async function itemsAt(
  place: Place,
  { subset, isCertain }: SubsetSource,
  path: string,
): Promise<Item[] | null> {
  const { index, config, input } = place
  // CVAT's paths begin with a folder that is not there.
  const spellings = [path, path.replace(/^(?:\.\/)?data\//, '')]
  const likely = spellings.flatMap((each) => [...likelyPaths(each, config.roots)])
  const list = likely.find((each) => /\.txt$/i.test(each) && index.entry(each) !== null)
  if (list !== undefined) {
    const lines = await readLines(input, index.entry(list) ?? list)
    const folder = list.slice(0, list.lastIndexOf('/') + 1)
    return lines.filter((line) => line !== '').map((line) => listed(place, line, folder, subset))
  }
  if (isPicture(path))
    return isCertain || likely.some((each) => index.entry(each))
      ? [listed(place, path, '', subset)]
      : null
  const found = likely.find((each) => isFolder(index, each))
  return found === undefined ? null : inFolder(index, found, subset)
}

function isFolder(index: ArchiveIndex, path: string): boolean {
  return (
    index.hasFolder(path) ||
    swapped(path, 'images', 'labels').some((labels) => index.hasFolder(labels))
  )
}

/** A picture by the line of a list: `./` begins in the list's own folder. */
function listed({ index, config }: Place, line: string, folder: string, subset: string): Item {
  const roots = line.startsWith('./') ? [folder, ...config.roots] : [...config.roots, folder]
  const bare = line.replaceAll('\\', '/').replace(/^(?:\.\/)?data\//, '')
  for (const path of [line, bare].flatMap((each) => [...likelyPaths(each, roots)])) {
    const labels = index.labelsOf(path)
    if (labels !== null || index.entry(path) !== null) return toItem(index, path, subset, labels)
  }
  return toItem(index, plainPath(bare), subset, null)
}

function toItem(index: ArchiveIndex, path: string, subset: string, labels: string | null): Item {
  const entry = labels === null ? null : index.entry(labels)
  return { names: frameNames(path, subset), entry, subset }
}

/** Every picture below a folder, and every label file of a picture that is not there. */
function inFolder(index: ArchiveIndex, folder: string, subset: string): Item[] {
  const items: Item[] = []
  const used = new Set<string>()
  const add = (picture: string, labels: string | null) => {
    if (labels !== null) used.add(labels)
    const inside = picture.slice(folder === '' ? 0 : folder.length + 1)
    const isNamed = /(?:^|\/)images\//.test(picture)
    items.push(toItem(index, isNamed ? picture : inside, subset, labels))
  }
  for (const path of index.paths()) {
    if (isBelow(path, folder) && isPicture(path)) add(path, index.labelsOf(path))
  }
  const folders = [...swapped(folder, 'images', 'labels'), folder]
  const texts = new Set(labelFilesBelow(index, folders))
  for (const path of texts) if (!used.has(path)) add(pictureOf(path, folders, folder), path)
  return items
}

function* labelFilesBelow(index: ArchiveIndex, folders: readonly string[]): Generator<string> {
  const known = new Set(
    labelFiles(new Map([...index.paths()].map((path) => [path, path]))).map(({ entry }) => entry),
  )
  for (const path of known) if (folders.some((each) => isBelow(path, each))) yield path
}

/** Where the picture of a label file would be; what follows the name does not matter. */
function pictureOf(labels: string, folders: readonly string[], images: string): string {
  const folder = folders.find((each) => isBelow(labels, each)) ?? ''
  const inside = withoutExtension(labels.slice(folder === '' ? 0 : folder.length + 1))
  const [picture = inside] = swapped(inside, 'labels', 'images')
  return `${images === '' ? '' : `${images}/`}${picture}.jpg`
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

/**
 * What a picture is called among the frames: its path behind `images/` and the folder of its subset. CVAT takes off two
 * folders, whatever they are called.
 */
function frameNames(path: string, subset: string): [string, ...string[]] {
  const parts = path.split('/')
  const inside = parts.slice(parts.indexOf('images') + 1)
  const [first = '', ...rest] = inside.length > 0 ? inside : parts
  const whole = [first, ...rest].join('/')
  if (rest.length === 0) return [whole]
  const isSubset = first.toLowerCase() === subset.toLowerCase()
  return isSubset ? [rest.join('/'), whole] : [whole, rest.join('/')]
}
