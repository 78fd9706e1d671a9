/** Where a Cityscapes archive keeps what: pictures of a frame that differ in what their pixels tell. */
import type { DatasetInput } from '#main/core/ports.ts'
import { slashedEntries } from '../common/pictures.ts'
import { withoutExtension } from '../frame-matcher.ts'

/** What a picture's pixels are, best first: objects, classes, classes for training, colours. */
export const PIXELS = ['instanceIds', 'labelIds', 'labelTrainIds', 'color'] as const
export type Pixels = (typeof PIXELS)[number]

export interface CityscapesItem {
  /** Below the folder of the subset, without what tells the kind of picture. */
  readonly id: string
  readonly subset: string
  readonly masks: Map<Pixels, string>
  /** Extension of its picture, where the archive has it. */
  extension: string
}

export interface CityscapesLayout {
  readonly items: readonly CityscapesItem[]
  readonly labelColors: string | null
}

const LABELS = /(?:^|\/)label_colou?rs?\.txt$/i
const MASK =
  /^(?:.*?\/)?gt(?:Fine|Coarse)\/(?:([^/]+)\/)?(.+)_gt(?:Fine|Coarse)_(instanceIds|labelIds|labelTrainIds|color)\.png$/i
const PICTURE = /^(?:.*?\/)?leftImg8bit\/(?:([^/]+)\/)?(.+)_leftImg8bit(\.[^./]+)$/i

export function readLayout(input: DatasetInput): CityscapesLayout {
  const items = new Map<string, CityscapesItem>()
  const itemOf = (subset: string, id: string): CityscapesItem => {
    const key = `${subset}\n${id}`
    const item = items.get(key) ?? { id, subset, masks: new Map(), extension: '' }
    items.set(key, item)
    return item
  }
  let labelColors: string | null = null
  for (const { path, name } of slashedEntries(input)) {
    const [, subset = '', id, kind = ''] = MASK.exec(path) ?? []
    const pixels = PIXELS.find((each) => each.toLowerCase() === kind.toLowerCase())
    if (id !== undefined && pixels) itemOf(subset, id).masks.set(pixels, name)
    else {
      const [, ofPicture = '', stem, extension = ''] = PICTURE.exec(path) ?? []
      if (stem !== undefined) itemOf(ofPicture, stem).extension = extension
      else if (LABELS.test(path)) labelColors ??= name
    }
  }
  return { items: [...items.values()], labelColors }
}

/**
 * What the frame may be called. Pictures of the data set keep what tells them from their masks in their names; where
 * there are no subsets, what stands for one is a city's folder.
 */
export function namesOf({ id, subset, extension }: CityscapesItem): [string, ...string[]] {
  const isFile = withoutExtension(id) !== id && id.endsWith(extension)
  const plain = isFile ? id : id + extension
  const inFolder = subset === '' ? [] : [`${subset}/${id}`, `${subset}/${id}_leftImg8bit`]
  return [plain, id, `${id}_leftImg8bit`, ...inFolder]
}
