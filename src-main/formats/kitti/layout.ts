import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { slashedEntries } from '../common/pictures.ts'

export interface KittiItem {
  /** Path of the picture below its folder, without extension. */
  readonly id: string
  /** Folder above `label_2`; undefined at the root. */
  readonly subset: string | undefined
  /** Entries that say something of it. */
  boxes?: string
  instances?: string
  classes?: string
}

export interface KittiLayout {
  readonly items: readonly KittiItem[]
  /** Entry of the list of classes. */
  readonly colors: string | null
}

/** Folders of an archive, and what their files say of an item. Pictures of the other cameras are left alone. */
const FOLDERS: Readonly<Record<string, 'boxes' | 'instances' | 'classes' | 'picture' | undefined>> =
  {
    label_2: 'boxes',
    instance: 'instances',
    semantic: 'classes',
    semantic_rgb: 'picture',
    image_2: 'picture',
  }

/** @throws DATASET_NOT_THIS_FORMAT for an archive without any of KITTI's folders and files */
export function readLayout(input: DatasetInput): KittiLayout {
  const items = new Map<string, KittiItem>()
  let colors: string | null = null
  for (const { path, name } of slashedEntries(input)) {
    if (/(?:^|\/)label_colors?\.txt$/i.test(path)) colors ??= name
    const found =
      /^(?:(?:.*\/)?([^/]+)\/)?(label_2|instance|semantic|semantic_rgb|image_2)\/(.+)\.([^./]+)$/i.exec(
        path,
      )
    if (found === null) continue
    const [, subset, folder = '', id = '', extension = ''] = found
    const kind = FOLDERS[folder.toLowerCase()]
    if (
      kind === 'boxes' ? !/^txt$/i.test(extension) : kind !== 'picture' && !/^png$/i.test(extension)
    )
      continue
    const key = `${subset ?? ''}/${id}`
    const item = items.get(key) ?? { id, subset }
    items.set(key, item)
    if (kind !== undefined && kind !== 'picture') item[kind] = name
  }
  if (items.size === 0 && colors === null) {
    const expected = 'it needs a folder "label_2" of text files or "instance" of PNG files'
    const { file } = input
    throw new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'KITTI 1.0', expected })
  }
  return { items: [...items.values()], colors }
}
