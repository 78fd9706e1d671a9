/** Files of an Open Images archive: which is which, and what masks are called. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { baseName, type SlashedEntry, slashedEntries } from '../common/pictures.ts'

export interface Table {
  readonly entry: string
  /** What stands before its name, `oidv6-` left out; undefined where nothing does. */
  readonly subset: string | undefined
  readonly sizeBytes: number
}

export interface OpenImagesLayout {
  readonly images: readonly Table[]
  readonly labels: readonly Table[]
  readonly boxes: readonly Table[]
  readonly masks: readonly Table[]
  /** Entry of the names of the classes, the best there is. */
  readonly classes: string | null
  /** Entry of the sizes of the pictures. */
  readonly sizes: string | null
  /** PNG entries by their base name, lower case. */
  readonly pictures: ReadonlyMap<string, readonly SlashedEntry[]>
}

/** One list of all images, or one for each subset; CVAT's manual puts the subset before the name of the former. */
const IMAGES =
  /^(?:(.*)-)?(?:image_ids_and_rotation|images(?:-with-labels)?-with-rotation|images-boxable(?:-with-rotation)?)\.csv$/i
const LABELS = /^(?:(.*)-)?annotations-human-imagelabels(?:-boxable)?\.csv$/i
const BOXES = /^(?:(.*)-)?annotations-bbox\.csv$/i
const MASKS = /^(?:(.*)-)?annotations-object-segmentation\.csv$/i
/** Best first. */
const CLASSES = [
  /^oidv\d+-class-descriptions\.csv$/i,
  /^(?:oidv\d+-)?class-descriptions-boxable\.csv$/i,
  /^class-descriptions\.csv$/i,
]

/** @throws DATASET_NOT_THIS_FORMAT for an archive without any of the tables */
export function readLayout(input: DatasetInput): OpenImagesLayout {
  const entries = slashedEntries(input)
  const tables = (pattern: RegExp): Table[] =>
    entries.flatMap(({ path, name, sizeBytes }) => {
      const found = pattern.exec(baseName(path))
      if (found === null) return []
      const subset = found[1]?.replace(/^oidv\d+-?/i, '')
      return { entry: name, subset: subset === '' ? undefined : subset, sizeBytes }
    })
  const first = (pattern: RegExp) =>
    entries.find(({ path }) => pattern.test(baseName(path)))?.name ?? null
  const layout = {
    images: tables(IMAGES),
    labels: tables(LABELS),
    boxes: tables(BOXES),
    masks: tables(MASKS),
  }
  if (Object.values(layout).every((list) => list.length === 0)) {
    const expected = 'it holds no list of images, as "train-images-with-rotation.csv" is one'
    const { file } = input
    throw new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'Open Images V6 1.0', expected })
  }
  const masks = entries.filter(({ path }) => /\.png$/i.test(path) && !/^images\//i.test(path))
  return {
    ...layout,
    classes: CLASSES.map(first).find((found) => found !== null) ?? null,
    sizes: first(/^images\.meta$/i),
    pictures: Map.groupBy(masks, ({ path }) => baseName(path).toLowerCase()),
  }
}

/** Text in a file's name as Datumaro makes it: plain letters, digits, underscores, and a hyphen for blanks. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-')
}

/** Whether a text may stand in the name of a file. */
export function isPlainName(text: string): boolean {
  return /^[^/\\\p{Cc}]+$/u.test(text) && !/^\.+$/.test(text)
}
