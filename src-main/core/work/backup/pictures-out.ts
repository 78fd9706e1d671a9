import { posix } from 'node:path'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { SortingMethod } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type {
  BackupFrame,
  DatasetOutput,
  FrameLocation,
  FrameRecord,
  ScannedFrame,
  Store,
} from '../../ports.ts'
import { frameRecords } from '../dataset-task.ts'
import type { ManifestPicture, WorkDeps } from '../work.ts'
import { archiveNames, relatedFolder } from './file-names.ts'
import { openFile, readAhead } from './media-files.ts'
import type { Telling } from './write-task.ts'

type Picture = { -readonly [K in keyof BackupFrame]: BackupFrame[K] }

/** The pictures of a task as the archive has them, in order. */
export interface Pictures {
  /** `isMissing` is known once they are written. */
  readonly frames: Picture[]
  records(): Iterable<FrameRecord>
  manifest(): Iterable<ManifestPicture>
}

const PAGE = 1000

export function createPictures(store: Store, taskId: TaskId): Pictures {
  const fileOf = archiveNames()
  const frames: Picture[] = []
  for (const { name } of frameRecords({ store }, taskId))
    frames.push({ name, file: fileOf(name), related: [], isMissing: false })
  if (store.frames.hasRelated(taskId)) addRelated(store, taskId, frames)
  return {
    frames,
    records: () => frameRecords({ store }, taskId),
    *manifest() {
      for (const { index, width, height } of frameRecords({ store }, taskId)) {
        const { file, related } = frames[index] ?? { file: '', related: [] }
        yield { name: file, width, height, related }
      }
    },
  }
}

function addRelated(store: Store, taskId: TaskId, frames: Picture[]): void {
  for (let from = 0; from < frames.length; from += PAGE) {
    for (const { frame, entries } of store.frames.related(taskId, from, PAGE)) {
      const picture = frames[frame]
      if (!picture) continue
      const folder = relatedFolder(picture.file)
      const nameOf = archiveNames()
      picture.related = entries.map((entry) => posix.join(folder, nameOf(posix.basename(entry))))
    }
  }
}

/** What CVAT is told so that it comes to the same order: whatever needs nothing more; else the manifest says it. */
export function sortingOf(
  { scanner }: Pick<WorkDeps, 'scanner'>,
  { frames }: Pictures,
): SortingMethod {
  const files = frames.map(({ file }): ScannedFrame => {
    return { name: file, sourceIndex: 0, entry: file, offset: null, sizeBytes: null, mtimeMs: null }
  })
  const sorts = (sortingMethod: SortingMethod) => {
    const how = { sortingMethod, startFrame: 0, stopFrame: null, frameStep: 1, seed: 0 }
    return scanner.select([...files], how).every(({ name }, at) => name === frames[at]?.file)
  }
  if (hasOwnOrderOfRelated(frames)) return 'predefined'
  if (sorts('lexicographical')) return 'lexicographical'
  return sorts('natural') && !hasTwins(frames) ? 'natural' : 'predefined'
}

export const needsManifest = (sorting: SortingMethod): boolean => sorting === 'predefined'

/** Without a manifest context images are shown in the order of their names. */
function hasOwnOrderOfRelated(frames: readonly Picture[]): boolean {
  return frames.some(({ related }) =>
    related.some((one, at) => at > 0 && one < (related[at - 1] ?? '')),
  )
}

/** Names that natural sorting takes for the same (`1.jpg` and `01.jpg`): which comes first is then up to the reader. */
function hasTwins(frames: readonly Picture[]): boolean {
  const key = (name: string) =>
    name.normalize('NFD').replace(/\d+/g, (digits) => digits.replace(/^0+(?=.)/, ''))
  return new Set(frames.map(({ file }) => key(file))).size < frames.length
}

interface Writing {
  readonly folder: string
  readonly taskId: TaskId
  readonly pictures: Pictures
}

/**
 * The pictures, byte for byte, with their context images. One that is lost or cannot be read from its disk is replaced by a
 * black one of its size, so that those after it keep their numbers.
 * @returns the names of those
 * @throws DISK_FULL, CANCELLED
 */
export async function writePictures(
  deps: WorkDeps,
  output: DatasetOutput,
  { folder, taskId, pictures }: Writing,
  { hooks, before, total }: Telling,
): Promise<string[]> {
  const lost: string[] = []
  const records = readAhead(pictures.records(), (record) =>
    openFile(deps, record.location, record.name),
  )
  for await (const { item: record, file } of records) {
    if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The backup' })
    const done = before + record.index
    hooks.progress(
      done,
      total,
      `${done.toLocaleString('en')} of ${total.toLocaleString('en')} frames`,
    )
    const picture = pictures.frames[record.index]
    if (!picture) continue
    const name = `${folder}data/${picture.file}`
    if (file) await file.writeTo(output, name)
    else {
      lost.push(record.name)
      picture.isMissing = true
      const { width, height } = record
      await output.bytes(name, deps.backups.blankPicture(width ?? 1, height ?? 1), false)
    }
    picture.related = await writeRelated(deps, output, {
      folder,
      taskId,
      picture,
      frame: record.index,
    })
  }
  return lost
}

/** @returns those that could be read */
async function writeRelated(
  deps: WorkDeps,
  output: DatasetOutput,
  place: { folder: string; taskId: TaskId; picture: Picture; frame: FrameIndex },
): Promise<string[]> {
  const { folder, taskId, picture, frame } = place
  const written: string[] = []
  for (const [position, path] of picture.related.entries()) {
    const location: FrameLocation = deps.store.frames.relatedLocation(taskId, frame, position)
    const file = await openFile(deps, location, location.entry)
    if (!file) continue
    await file.writeTo(output, `${folder}data/${path}`)
    written.push(path)
  }
  return written
}
