/**
 * Where a PASCAL VOC archive keeps what. Its folders may lie some folders deep, some may be missing; where there are none
 * of them, every XML file is a picture's, as other tools write them.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { slashedEntries } from '../common/pictures.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { readImageSets } from './image-sets.ts'

export interface VocItem {
  /** Path without extension, the same in every folder. */
  readonly id: string
  /** Of the first list that has it; undefined where no list does. */
  subset?: string
  /** Names of entries. */
  xml?: string
  classes?: string
  objects?: string
  /** Base name of its picture, where the archive has it. */
  picture?: string
  /** Labels of the whole picture. */
  tags?: string[]
}

export interface VocLayout {
  readonly items: readonly VocItem[]
  /** Entry of `labelmap.txt`. */
  readonly labelMap: string | null
  /** Entry of a plain list of class names, as labelme's converter writes it. */
  readonly classNames: string | null
}

const FOLDERS =
  /^((?:[^/]+\/){0,3}?)(Annotations|ImageSets|SegmentationClass(?:PNG)?|SegmentationObject(?:PNG)?|JPEGImages)\/(.+)$/i

/** @throws DATASET_INVALID for lists that are no text */
export async function readLayout(input: DatasetInput): Promise<VocLayout> {
  const items = new Map<string, VocItem>()
  const pictures = new Map<string, string>()
  const lists: { path: string; name: string }[] = []
  const loose: { path: string; name: string }[] = []
  const itemOf = (root: string, id: string): VocItem => {
    const item = items.get(root + id) ?? { id }
    items.set(root + id, item)
    return item
  }
  let labelMap: string | null = null
  let classNames: string | null = null
  for (const { path, name } of slashedEntries(input)) {
    const [, root = '', folder = '', rest = ''] = FOLDERS.exec(path) ?? []
    const id = withoutExtension(rest)
    const kind = folder.toLowerCase().replace(/png$/, '')
    if (kind === 'imagesets' && /\.txt$/i.test(rest)) lists.push({ path, name })
    else if (kind === 'annotations' && /\.xml$/i.test(rest)) itemOf(root, id).xml = name
    else if (kind === 'segmentationclass' && /\.png$/i.test(rest)) itemOf(root, id).classes = name
    else if (kind === 'segmentationobject' && /\.png$/i.test(rest)) itemOf(root, id).objects = name
    else if (kind === 'jpegimages') pictures.set(root + id, rest)
    else if (/(?:^|\/)labelmap\.txt$/i.test(path)) labelMap ??= name
    else if (/(?:^|\/)class_names\.txt$/i.test(path)) classNames ??= name
    else if (kind === '' && /\.xml$/i.test(path)) loose.push({ path, name })
  }
  const hasAnnotations = [...items.values()].some(({ xml }) => xml !== undefined)
  if (!hasAnnotations) for (const { path, name } of loose) addLoose(path, name, itemOf)
  await readImageSets(input, lists, { items, itemOf })
  for (const [key, picture] of pictures) {
    const item = items.get(key)
    if (item !== undefined) item.picture = picture
  }
  return { items: [...items.values()], labelMap, classNames }
}

const SPLITS = /^(?:train|training|val|valid|validation|test|testing|trainval)$/i

/** A file of its own: of folders that are called like parts of a data set the subset is told, else CVAT's guess `train`. */
function addLoose(path: string, name: string, itemOf: (root: string, id: string) => VocItem): void {
  const [first = '', ...rest] = path.split('/')
  const isSplit = rest.length > 0 && SPLITS.test(first)
  const id = withoutExtension(isSplit ? rest.join('/') : path)
  const item = itemOf(isSplit ? `${first}/` : '', id)
  item.xml = name
  item.subset = isSplit ? first : 'train'
}
