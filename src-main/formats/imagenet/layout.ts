/** Which of its two forms an ImageNet archive has, and where it keeps what. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { baseName, isPicture, type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { NO_LABEL } from './write.ts'

export interface ListEntry {
  readonly entry: string
  readonly subset: string
  readonly sizeBytes: number
}

export interface FolderPicture {
  /** The folder that is its label; '' for a picture in none. */
  readonly folder: string
  /** Its path inside that folder. */
  readonly rest: string
  readonly subset?: string
}

export type Layout =
  | { readonly kind: 'lists'; readonly synsets: string; readonly lists: readonly ListEntry[] }
  | { readonly kind: 'folders'; readonly pictures: readonly FolderPicture[] }

/** Texts that are about a data set, and no part of it. */
const ABOUT = /^(?:read[-_ ]?me|licen[cs]e|notice|copying|changelog)/i
/** What other formats keep their annotations in: pictures beside such a file are in folders for another reason. */
const ANNOTATIONS = /\.(?:json|xml|csv|txt|ya?ml|mat|tfrecord|npz|data|names)$/i
/** Folders that split a data set rather than name a label. */
const SPLIT = /^(?:train|training|val|valid|validation|test|testing)$/i

/**
 * @param isLabel  whether a folder is called like a label that is known: then it is no folder around a whole data set
 * @throws DATASET_NOT_THIS_FORMAT
 */
export function findLayout(input: DatasetInput, isLabel: (name: string) => boolean): Layout {
  const entries = slashedEntries(input).filter(({ path }) => !ABOUT.test(baseName(path)))
  const synsets = entries
    .filter(({ path }) => /^synsets\.txt$/i.test(baseName(path)))
    .sort((a, b) => depth(a) - depth(b))[0]
  return synsets === undefined ? folders(input, entries, isLabel) : lists(synsets, entries)
}

function depth({ path }: SlashedEntry): number {
  return path.split('/').length
}

function lists(synsets: SlashedEntry, entries: readonly SlashedEntry[]): Layout {
  const root = synsets.path.slice(0, -baseName(synsets.path).length)
  const texts = entries.filter(
    ({ path }) => path === root + baseName(path) && /\.txt$/i.test(path) && path !== synsets.path,
  )
  return {
    kind: 'lists',
    synsets: synsets.name,
    lists: texts.map(({ path, name, sizeBytes }) => ({
      entry: name,
      subset: withoutExtension(baseName(path)),
      sizeBytes,
    })),
  }
}

function folders(
  input: DatasetInput,
  entries: readonly SlashedEntry[],
  isLabel: (name: string) => boolean,
): Layout {
  const all = entries.filter(({ path }) => isPicture(path)).map(({ path }) => path)
  const pictures = withoutCover(all, isLabel)
  const other = entries.find(({ path }) => ANNOTATIONS.test(path))
  if (other !== undefined || !pictures.some((path) => path.includes('/'))) {
    throw new AppError('DATASET_NOT_THIS_FORMAT', {
      file: input.file,
      format: 'ImageNet 1.0',
      expected:
        other === undefined
          ? 'it needs pictures in a folder for each label, or lists with a synsets.txt'
          : `beside its pictures it holds ${other.name}, and no synsets.txt`,
    })
  }
  const isSplit = pictures.every((path) => /^[^/]+\/[^/]+\//.test(path) && SPLIT.test(first(path)))
  return {
    kind: 'folders',
    pictures: pictures.map((path) => {
      const inside = isSplit ? path.slice(first(path).length + 1) : path
      const folder = inside.includes('/') ? first(inside) : ''
      const rest = folder === '' ? inside : inside.slice(folder.length + 1)
      return { folder, rest, ...(isSplit ? { subset: first(path) } : {}) }
    }),
  }
}

/**
 * Without folders around the whole, as `ILSVRC/Data/CLS-LOC/`, where several folders are within: one alone within one may as
 * well be a folder of the pictures of one label.
 */
function withoutCover(
  paths: readonly string[],
  isLabel: (name: string) => boolean,
): readonly string[] {
  let inside = paths
  for (;;) {
    const [cover = ''] = inside.map(first)
    const isOwn = cover === NO_LABEL || SPLIT.test(cover) || isLabel(cover)
    const isCover = cover !== '' && !isOwn
    const within = inside.map((path) => path.slice(cover.length + 1))
    const isAround = (path: string, i: number) =>
      path.startsWith(`${cover}/`) && within[i]?.includes('/')
    if (!isCover || !inside.every(isAround)) break
    inside = within
  }
  const folders = new Set(inside.map(first))
  return folders.size > 1 || SPLIT.test(first(inside[0] ?? '')) ? inside : paths
}

function first(path: string): string {
  return path.slice(0, path.indexOf('/'))
}
