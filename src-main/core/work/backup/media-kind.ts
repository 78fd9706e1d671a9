import { join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { isPictureName } from '#shared/media/picture-names.ts'
import { isVideoName } from '#shared/media/video-names.ts'
import type { BackupFile, RestoredTask } from '../../ports.ts'
import { type Notes, named } from './notes.ts'

/** What a task is made of: the files that are taken out of the archive for it. */
export interface ArchivedMedia {
  readonly kind: 'pictures' | 'video' | 'archive'
  readonly files: readonly BackupFile[]
  /** The task's media paths, once its folder is known. */
  paths(root: string): string[]
}

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz)$/i
const POINT_CLOUD = /\.(pcd|bin|ply)$/i

/**
 * Exactly one kind of media makes a task, as in CVAT: pictures, or one video, or one archive of pictures. What else lies
 * there is left out and told.
 * @throws BACKUP_INVALID when there is none that can be read here
 */
export function mediaOf(
  { data, isOwn, numbering }: RestoredTask,
  file: string,
  notes: Notes,
): ArchivedMedia {
  const isPicture = ({ path }: BackupFile) => isPictureName(path)
  // Whatever its pictures are called: we have put them there.
  if (isOwn && numbering) return { kind: 'pictures', files: data, paths: (root) => [root] }
  const videos = data.filter(({ path }) => isVideoName(path))
  const archives = data.filter(({ path }) => ARCHIVE.test(path))
  const pictures = data.filter(isPicture)
  if (pictures.length > 0) {
    leaveOut(notes, [...videos, ...archives])
    return { kind: 'pictures', files: pictures, paths: (root) => [root] }
  }
  const [video, secondVideo] = videos
  if (secondVideo)
    throw refused(file, secondVideo.entry, 'it is a second video, and a task has one')
  const [archive] = archives
  const lone = data.length === 1 && !isKnownAsOther(data[0]) ? data[0] : undefined
  const one = video ?? archive ?? lone
  if (!one) throw refused(file, data[0]?.entry ?? 'data/', nothingIn(data))
  if (archives.length > 1 && !video)
    throw refused(file, archives[1]?.entry ?? '', 'it is a second archive, and a task has one')
  if (video) leaveOut(notes, archives)
  const kind = one === archive ? 'archive' : 'video'
  return { kind, files: [one], paths: (root) => [join(root, one.path)] }
}

function isKnownAsOther(file: BackupFile | undefined): boolean {
  return !file || /\.pdf$/i.test(file.path) || POINT_CLOUD.test(file.path)
}

function nothingIn(data: readonly BackupFile[]): string {
  if (data.some(({ path }) => /\.pdf$/i.test(path)))
    return 'its pages are the pictures of the task, and Fieldmark cannot take pictures out of a PDF'
  if (data.some(({ path }) => POINT_CLOUD.test(path)))
    return 'it is a point cloud, and backups of those cannot be restored yet'
  if (data.length === 0)
    return 'it is empty; a task whose media lie in cloud storage has none in its backup'
  return 'no picture, video or archive is among the files there'
}

function leaveOut(notes: Notes, files: readonly BackupFile[]): void {
  if (files.length === 0) return
  const names = named(files.map(({ path }) => path))
  notes.say(`What lies beside the media of the task was left out: ${names}.`)
}

function refused(file: string, where: string, problem: string): AppError {
  return new AppError('BACKUP_INVALID', { file, where, problem })
}
