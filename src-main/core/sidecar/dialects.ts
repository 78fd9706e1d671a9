/** The formats that can be kept beside pictures: which of ours writes and reads them, and where their files lie. */
import { dirname, join, sep } from 'node:path'
import type { SidecarFormat } from '#shared/domain/sidecar.ts'

export interface SidecarDialect {
  /** Name of the dataset format. */
  readonly format: string
  readonly extension: '.json' | '.txt'
  /** Files that number their labels need a list of names somewhere. */
  readonly hasClassList: boolean
}

export const DIALECTS: Readonly<Record<SidecarFormat, SidecarDialect>> = {
  labelme: { format: 'labelme JSON', extension: '.json', hasClassList: false },
  'x-anylabeling': { format: 'X-AnyLabeling JSON', extension: '.json', hasClassList: false },
  yolo: { format: 'YOLO 1.1', extension: '.txt', hasClassList: true },
}

/**
 * Where the file of a picture lies: beside it; of YOLO in the folder `labels` that stands where the picture's path has
 * `images`, as Ultralytics looks for it.
 * @param picture  absolute path
 */
export function filePathOf(format: SidecarFormat, picture: string): string {
  const { extension } = DIALECTS[format]
  const folder = dirname(picture)
  const base = picture.slice(folder.length + (folder.endsWith(sep) ? 0 : 1))
  const dot = base.lastIndexOf('.')
  const name = (dot > 0 ? base.slice(0, dot) : base) + extension
  return join(format === 'yolo' ? labelsFolder(folder) : folder, name)
}

function labelsFolder(folder: string): string {
  const parts = folder.split(sep)
  const at = parts.lastIndexOf('images')
  return at < 0 ? folder : parts.with(at, 'labels').join(sep)
}
