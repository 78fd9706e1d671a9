/** What a Classification archive keeps where: lists of CVAT's, or nothing but folders. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { baseName, isPicture, slashedEntries } from '../../common/pictures.ts'
import { SPLITS } from '../../common/wild-labels.ts'
import { FORMAT, LABELS_FILE } from './write.ts'

export interface LabelsList {
  readonly entry: string
  readonly sizeBytes: number
  readonly subset: string | undefined
}

export interface FolderPicture {
  /** The folder that is its label. */
  readonly label: string
  /** Its path inside that folder. */
  readonly rest: string
  readonly subset: string | undefined
}

export interface ClassificationLayout {
  readonly lists: readonly LabelsList[]
  /** Those no list speaks for. */
  readonly pictures: readonly FolderPicture[]
}

/** @throws DATASET_NOT_THIS_FORMAT */
export function findLayout(input: DatasetInput): ClassificationLayout {
  const entries = slashedEntries(input)
  const lists = entries.filter(({ path }) => baseName(path).toLowerCase() === LABELS_FILE)
  const listed = lists.map(({ path }) => path.slice(0, -LABELS_FILE.length))
  const pictures = entries
    .map(({ path }) => path)
    .filter((path) => isPicture(path) && !listed.some((folder) => path.startsWith(folder)))
    .map((path) => path.split('/'))
  if (lists.length === 0 && !pictures.some((parts) => parts.length > 1)) {
    const expected = 'it needs pictures in a folder for each label, inside one for each subset'
    throw new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format: FORMAT, expected })
  }
  return {
    lists: lists.map(({ path, name, sizeBytes }) => ({
      ...{ entry: name, sizeBytes },
      subset: path.split('/').at(-2),
    })),
    pictures: inLabels(pictures),
  }
}

/**
 * Folders named as training tools look for them are subsets, wherever they are; else those at the top, if there are folders
 * in all of them.
 */
function inLabels(pictures: readonly (readonly string[])[]): FolderPicture[] {
  const isSplit = pictures.every((parts) => parts.slice(0, -2).some((part) => SPLITS.test(part)))
  const hasSubsets = pictures.every(({ length }) => length > 2)
  return pictures.flatMap((parts) => {
    const at = isSplit ? parts.findIndex((part) => SPLITS.test(part)) : hasSubsets ? 0 : -1
    const [label, ...rest] = parts.slice(at + 1)
    if (label === undefined || rest.length === 0) return []
    return [{ label, rest: rest.join('/'), subset: parts[at] }]
  })
}
