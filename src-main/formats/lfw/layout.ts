import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { slashedEntries } from '../common/pictures.ts'

/** The lists of one subset, by the names of their entries. */
export interface LfwLists {
  readonly subset?: string
  readonly pairs?: string
  readonly people?: string
  readonly landmarks?: string
}

const LIST = /^(?:(.*)\/)?(pairs|people|landmarks)\.txt$/i

/** With and without `annotations/`, with and without the folder of a subset around it. */
export function findLists(input: DatasetInput): LfwLists[] {
  const folders = new Map<string, LfwLists>()
  for (const { path, name } of slashedEntries(input)) {
    const [, folder = '', kind] = LIST.exec(path) ?? []
    if (kind === undefined) continue
    const subset = folder
      .replace(/(?:^|\/)annotations$/i, '')
      .split('/')
      .at(-1)
    const known = folders.get(folder) ?? (subset ? { subset } : {})
    folders.set(folder, { ...known, [kind.toLowerCase()]: name })
  }
  const lists = [...folders.values()].filter(({ pairs, landmarks }) => pairs ?? landmarks)
  if (lists.length > 0) return lists
  const expected = 'it needs annotations/pairs.txt'
  throw new AppError('DATASET_NOT_THIS_FORMAT', { file: input.file, format: 'LFW 1.0', expected })
}
