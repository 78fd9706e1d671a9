import { copyFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, posix, sep } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copiedMediaDir } from '../../data-layout.ts'
import type { MediaSource, RelatedFile, ScannedFrame } from '../../ports.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { makeFolder } from './make-folder.ts'

/**
 * "Copy data" of the task dialog: the chosen pictures go into the data directory, under their names. Copied whole or not
 * at all: a full disk or a cancel takes the folder away again. A picture that cannot be read is no reason to stop: its
 * frame will be named as missing.
 * @throws DISK_FULL, CANCELLED
 */
export async function copyMedia(
  deps: WorkDeps,
  taskId: TaskId,
  sources: readonly MediaSource[],
  frames: readonly ScannedFrame[],
  hooks: WorkHooks,
): Promise<{ sources: MediaSource[]; frames: ScannedFrame[] }> {
  const root = copiedMediaDir(deps.dataDir, taskId)
  try {
    for (const [done, frame] of frames.entries()) {
      if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'Copying the pictures' })
      hooks.progress(done, frames.length, `${done} of ${frames.length} pictures copied`)
      await copyOne(deps, sources, frame, inside(root, frame.name))
      for (const file of frame.related ?? [])
        await copyOne(deps, sources, { ...frame, ...file }, inside(root, relatedName(frame, file)))
    }
  } catch (error) {
    await rm(root, { recursive: true, force: true })
    throw error
  }
  const copies = frames.map((frame) => ({
    ...frame,
    sourceIndex: 0,
    entry: frame.name,
    offset: null,
    ...(frame.related && { related: frame.related.map((file) => relatedCopy(frame, file)) }),
  }))
  return { sources: [{ kind: 'folder', path: root }], frames: copies }
}

/** A frame may have got another name than its file, and context images lie beside the name. */
function relatedName(frame: ScannedFrame, { entry }: RelatedFile): string {
  const [folder = '', name = ''] = entry.split('/').slice(-2)
  return posix.join(posix.dirname(frame.name), 'related_images', folder, name)
}

function relatedCopy(frame: ScannedFrame, file: RelatedFile): RelatedFile {
  return { entry: relatedName(frame, file), offset: null, sizeBytes: file.sizeBytes }
}

async function copyOne(
  deps: WorkDeps,
  sources: readonly MediaSource[],
  frame: ScannedFrame,
  target: string,
): Promise<void> {
  const source = sources[frame.sourceIndex]
  if (!source) throw new AppError('INTERNAL', { detail: `frame ${frame.name} has no source` })
  await makeFolder(dirname(target))
  try {
    if (source.kind === 'folder') return await copyFile(join(source.path, frame.entry), target)
    if (source.kind === 'file') return await copyFile(source.path, target)
    const { body } = await deps.reader.readLocation({ ...frame, source }, frame.name, 'file')
    await writeFile(target, body)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (FULL.has(code)) throw new AppError('DISK_FULL', { path: target }, { cause })
    if (!UNREADABLE.has(code)) throw cause
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'DISK_FULL'])
const UNREADABLE = new Set([
  ...['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'EIO'],
  ...['FRAME_MISSING', 'IMAGE_UNREADABLE'],
])

/** @throws ARCHIVE_UNSAFE if a name would leave the folder */
export function inside(root: string, name: string): string {
  const target = join(root, name)
  if (target.startsWith(root + sep)) return target
  throw new AppError('ARCHIVE_UNSAFE', { path: root, entry: name, why: 'would leave its folder' })
}
