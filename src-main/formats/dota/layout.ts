/** Where a DOTA archive keeps its texts: in `labelTxt/` (or what tools call it), with folders of subsets around it or not. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { baseName, isPicture, type SlashedEntry, slashedEntries } from '../common/pictures.ts'
import { withoutExtension } from '../frame-matcher.ts'

export interface DotaItem {
  /** Path of its picture inside its folder, without extension. */
  readonly name: string
  /** Its text; null for a picture without one. */
  readonly entry: string | null
  readonly subset?: string
}

/** `labelTxt`, `labelTxt-v1.5/DOTA-v1.5_train`, `trainset_reclabelTxt`; `annfiles` in what MMRotate splits. */
const FOLDER =
  /^(?:(.*)\/)?(?:[^/]*labelTxt[^/]*|annfiles|annotations?|labels?)\/(?:(?:[^/]*labelTxt|DOTA-v)[^/]*\/)?(.+)$/i
/** The same objects as upright boxes lie beside the folder of those that are turned. */
const UPRIGHT = /_hbb\/[^/]+$/i
const IMAGES = /^(?:(.*)\/)?images?\/(.+)$/i
const NO_ITEM = /^(?:classes|labels|read[-_ ]?me|licen[cs]e|trainval|train|val|test|notes).*\.txt$/i

export function findLayout(input: DatasetInput): { items: DotaItem[]; classes: string | null } {
  const entries = slashedEntries(input)
  const classes = entries.find(({ path }) => /^classes\.txt$/i.test(baseName(path)))?.name ?? null
  const texts = entries.filter(({ path }) => /\.txt$/i.test(path) && path !== classes)
  const inAnyFolder = texts.filter(({ path }) => FOLDER.test(path))
  const turned = inAnyFolder.filter(({ path }) => !UPRIGHT.test(path))
  const inFolders = turned.length > 0 ? turned : inAnyFolder
  const found = inFolders.length > 0 ? inFolders : texts.filter(isItem)
  if (found.length === 0) throw notDota(input.file, 'it needs text files in a folder "labelTxt"')
  const items = found.map((entry) => toItem(entry, FOLDER))
  const withText = new Set(items.map(({ name, subset = '' }) => `${subset}/${name}`))
  const alone = entries
    .filter(({ path }) => isPicture(path) && IMAGES.test(path))
    .map((entry) => ({ ...toItem(entry, IMAGES), entry: null }))
    .filter(({ name, subset = '' }) => !withText.has(`${subset}/${name}`))
  return { items: [...items, ...alone], classes }
}

function isItem({ path }: SlashedEntry): boolean {
  return !NO_ITEM.test(baseName(path))
}

function toItem({ path, name }: SlashedEntry, folder: RegExp): DotaItem {
  const [, before = '', inside = path] = folder.exec(path) ?? []
  const subset = baseName(before)
  return { name: withoutExtension(inside), entry: name, ...(subset === '' ? {} : { subset }) }
}

export function notDota(file: string, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'DOTA 1.0', expected })
}
