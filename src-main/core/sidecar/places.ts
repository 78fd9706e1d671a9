/** Where the files of a task's frames lie. */

import { join } from 'node:path'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { SidecarFormat } from '#shared/domain/sidecar.ts'
import type { FrameLocation, FrameRecord, Store } from '../ports.ts'
import { frameRecords } from '../work/dataset-task.ts'
import { filePathOf } from './dialects.ts'

export interface Place {
  readonly frame: FrameIndex
  /** Absolute path of the file. */
  readonly path: string
  /** And of its picture. */
  readonly picture: string
}

const BREATH = 1000

export interface Places {
  /** By frame, ascending: those that have a place. */
  readonly byFrame: ReadonlyMap<FrameIndex, Place>
  /** The same by path: which frame a file is of. */
  readonly byPath: ReadonlyMap<string, FrameIndex>
  /** How many have none: their picture is in an archive, or another one before has its name but for the extension. */
  readonly withoutPlace: number
}

/** Reads every frame's place, letting others go first every thousand. */
export async function placesOf(
  { store }: { readonly store: Store },
  taskId: TaskId,
  format: SidecarFormat,
): Promise<Places> {
  const byFrame = new Map<FrameIndex, Place>()
  const byPath = new Map<string, FrameIndex>()
  let withoutPlace = 0
  for (const { index, location } of frameRecords({ store }, taskId)) {
    if (index % BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
    const picture = picturePath(location)
    const path = picture === null ? null : filePathOf(format, picture)
    if (picture === null || path === null || path === picture || byPath.has(path)) withoutPlace += 1
    else {
      byPath.set(path, index)
      byFrame.set(index, { frame: index, path, picture })
    }
  }
  return { byFrame, byPath, withoutPlace }
}

/** Null for one inside an archive or a video. */
function picturePath({ source, entry }: FrameLocation): string | null {
  if (source.kind === 'file') return source.path
  return source.kind === 'folder' ? join(source.path, entry) : null
}

export function hasPlace({ location }: Pick<FrameRecord, 'location'>): boolean {
  return picturePath(location) !== null
}
