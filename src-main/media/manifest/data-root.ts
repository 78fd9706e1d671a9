import { dirname, join, relative, sep } from 'node:path'
import type { MediaSource, ScannedFrame, ScanResult } from '../../core/ports.ts'

/** How the files of a scan are called in a manifest, which knows one data root. */
export interface ManifestNames {
  /** Of a frame. */
  frame(frame: ScannedFrame): string
  /** Of another file of the same source, such as a context image. */
  beside(frame: ScannedFrame, entry: string): string
}

/**
 * A lone folder, glob or archive is the data root itself. Several folders, or files named one by one, have the deepest folder
 * that holds them all. Where archives are among several sources there is no such folder, and names are the task's frame names.
 */
export function manifestNames({ sources }: Pick<ScanResult, 'sources'>): ManifestNames {
  const [only] = sources
  if (sources.length === 1 && only)
    return { frame: ({ entry }) => entry, beside: (_, entry) => entry }
  if (sources.every(({ kind }) => kind === 'folder')) return belowCommonFolder(sources)
  return {
    frame: ({ name }) => name,
    beside: ({ name, entry }, other) => name.slice(0, name.length - entry.length) + other,
  }
}

function belowCommonFolder(sources: readonly MediaSource[]): ManifestNames {
  const root = sources.map(({ path }) => path).reduce(commonFolder)
  const below = ({ sourceIndex }: ScannedFrame, entry: string) =>
    relative(root, join(sources[sourceIndex]?.path ?? root, entry))
      .split(sep)
      .join('/')
  return { frame: (frame) => below(frame, frame.entry), beside: below }
}

function commonFolder(a: string, b: string): string {
  let folder = a
  while (folder !== b && !b.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
    const above = dirname(folder)
    // Two drives of Windows have nothing in common.
    if (above === folder) return folder
    folder = above
  }
  return folder
}
