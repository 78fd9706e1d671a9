import type { BackupFile, DatasetInput } from '#main/core/ports.ts'

/** The files of one task's, or the project's, part of an archive. */
export interface Entries {
  readonly folder: string
  has(name: string): boolean
  /** Everything in `data/`. */
  readonly data: readonly BackupFile[]
  /** `annotation_guide.md` and what it shows. */
  readonly guide: readonly BackupFile[]
}

/** `annotation_guide.md` and `assets/…` */
const GUIDE = /^(annotation_guide\.md|assets\/.+)$/

/** @returns by folder ('' and `task_0/`, `task_1/` …) in ascending order of their numbers */
export function sortEntries({ entries }: DatasetInput): Map<string, Entries> {
  const found = new Map<string, { names: Set<string>; data: BackupFile[]; guide: BackupFile[] }>()
  for (const { name, sizeBytes } of entries) {
    const [folder = ''] = /^task_\d+\//.exec(name) ?? []
    const place = found.get(folder) ?? { names: new Set(), data: [], guide: [] }
    found.set(folder, place)
    const inside = name.slice(folder.length)
    place.names.add(inside)
    if (inside.startsWith('data/'))
      place.data.push({ entry: name, path: inside.slice('data/'.length), sizeBytes })
    else if (GUIDE.test(inside)) place.guide.push({ entry: name, path: inside, sizeBytes })
  }
  const number = (folder: string) => Number(/\d+/.exec(folder)?.[0] ?? -1)
  return new Map(
    [...found]
      .sort(([a], [b]) => number(a) - number(b))
      .map(([folder, { names, data, guide }]) => [
        folder,
        { folder, has: (name: string) => names.has(name), data, guide },
      ]),
  )
}
