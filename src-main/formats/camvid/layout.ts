/**
 * Where a CamVid archive keeps what. Lists of pictures and masks say it; where there are none, masks lie in folders called
 * like those of the pictures with `annot` or `_labels` after it, or are called like the pictures with `_L` after it.
 */
import type { DatasetInput } from '#main/core/ports.ts'
import { readLines } from '../common/lines.ts'
import { isPicture, slashedEntries } from '../common/pictures.ts'
import { refuseIn } from '../common/refuse.ts'
import { withoutExtension } from '../frame-matcher.ts'

export interface CamvidItem {
  /** What the picture may be called, best first. */
  readonly names: readonly [string, ...string[]]
  readonly subset: string | undefined
  /** Entry of its mask; null where it has none. */
  readonly mask: string | null
}

export interface CamvidLayout {
  readonly items: readonly CamvidItem[]
  /** Entry of `label_colors.txt`, or `labelmap.txt`, as the manual calls it. */
  readonly labelColors: string | null
  /** Entry of `class_dict.csv`, as it goes round with the data set. */
  readonly classTable: string | null
}

interface Entry {
  readonly path: string
  readonly name: string
}

const LABELS = /(?:^|\/)(?:label_colou?rs|label_colou?r|labelmap)\.txt$/i
const TABLE = /(?:^|\/)class_dict\.csv$/i
const OTHER_TEXTS = /(?:^|\/)(?:readme[^/]*|license[^/]*|classes|requirements)\.txt$/i

/** @throws DATASET_INVALID */
export async function readLayout(input: DatasetInput): Promise<CamvidLayout> {
  const entries = slashedEntries(input)
  const find = (pattern: RegExp) => entries.find(({ path }) => pattern.test(path))?.name ?? null
  const masks = entries.filter(({ path }) => /\.png$/i.test(path))
  const lists = entries.filter(
    ({ path }) => /\.txt$/i.test(path) && !LABELS.test(path) && !OTHER_TEXTS.test(path),
  )
  const listed = (
    await Promise.all(lists.map((list) => readList(input, list, bySuffix(masks))))
  ).flat()
  return {
    items: listed.length > 0 ? listed : unlisted(entries),
    labelColors: find(LABELS),
    classTable: find(TABLE),
  }
}

/** Entries by their path and by the end of it: lists tell paths of the machine they were made on. */
function bySuffix(entries: readonly Entry[]): (path: string) => string | null {
  const byPath = new Map<string, string>()
  for (const { path, name } of entries) {
    const parts = path.split('/')
    for (let i = parts.length - 2; i >= 0; i -= 1) {
      const suffix = parts.slice(i).join('/')
      if (!byPath.has(suffix)) byPath.set(suffix, name)
    }
    byPath.set(path, name)
  }
  return (path) => {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    for (let i = 0; i < Math.max(1, parts.length - 1); i += 1) {
      const found = byPath.get(parts.slice(i).join('/'))
      if (found !== undefined) return found
    }
    return null
  }
}

async function readList(
  input: DatasetInput,
  { path, name }: Entry,
  maskAt: (path: string) => string | null,
): Promise<CamvidItem[]> {
  const items: CamvidItem[] = []
  const subset = withoutExtension(path.slice(path.lastIndexOf('/') + 1))
  const refuse = refuseIn(input.file, name)
  for (const [index, line] of (await readLines(input, name)).entries()) {
    if (line === '') continue
    const where = `line ${index + 1}`
    const [picture = '', said = ''] = pathsOf(line) ?? refuse(where, 'it must hold two paths')
    const mask = said === '' ? null : maskAt(said)
    if (said !== '' && mask === null) refuse(where, `it names ${said}, which is not there`)
    items.push({ names: namesOf(picture, subset), subset, mask })
  }
  return items
}

/** The paths of a picture and its mask, in quotes where they hold blanks; null for what is no such line. */
function pathsOf(line: string): [string, string] | null {
  const text = line.replaceAll('\\', '/')
  const quoted = /^"([^"]*)"(?:\s+"([^"]*)")?$/.exec(text)
  if (quoted !== null) return [quoted[1] ?? '', quoted[2] ?? '']
  const plain = /^(\S+)(?:\s+(\S+))?$/.exec(text)
  return plain === null ? null : [plain[1] ?? '', plain[2] ?? '']
}

/** The first folder is the subset's; lists of other tools have longer paths, of which the last folder is. */
function namesOf(picture: string, subset: string): [string, ...string[]] {
  const path = picture.replace(/^[./]+/, '')
  const first = path.slice(path.indexOf('/') + 1)
  const at = path.lastIndexOf(`${subset}/`)
  return [first, ...(at > 0 ? [path.slice(at + subset.length + 1)] : []), path]
}

const MASK_FOLDER = /^((?:.*\/)?)([^/]*?)(?:annot|_labels|LabeledApproved_full|labels)\/(.+)$/i

/** Without a list every picture in a folder of masks is one. */
function unlisted(entries: readonly Entry[]): CamvidItem[] {
  return entries.flatMap(({ path, name }): CamvidItem[] => {
    const [, root = '', subset = '', rest] = MASK_FOLDER.exec(path) ?? []
    if (rest === undefined || !isPicture(rest) || !/\.png$/i.test(rest)) return []
    const id = withoutExtension(rest)
    const plain = id.replace(/_L$/, '')
    const names = [...new Set([`${plain}`, id, `${root}${subset}/${plain}`])]
    return [
      {
        names: names as [string, ...string[]],
        subset: subset === '' ? undefined : subset,
        mask: name,
      },
    ]
  })
}
