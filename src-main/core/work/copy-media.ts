import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copiedMediaDir } from '../data-layout.ts'
import type { MediaSource, ScannedFrame } from '../ports.ts'
import type { WorkDeps, WorkHooks } from './work.ts'

/** "Copy data" of the task dialog: the chosen pictures go into the data directory, under their names. */
export async function copyMedia(
  deps: WorkDeps,
  taskId: TaskId,
  sources: readonly MediaSource[],
  frames: readonly ScannedFrame[],
  hooks: WorkHooks,
): Promise<{ sources: MediaSource[]; frames: ScannedFrame[] }> {
  const root = copiedMediaDir(deps.dataDir, taskId)
  for (const [done, frame] of frames.entries()) {
    hooks.progress(done, frames.length, `${done} of ${frames.length} pictures copied`)
    await copyOne(deps, sources, frame, inside(root, frame.name))
  }
  const copies = frames.map((frame) => ({
    ...frame,
    sourceIndex: 0,
    entry: frame.name,
    offset: null,
  }))
  return { sources: [{ kind: 'folder', path: root }], frames: copies }
}

async function copyOne(
  deps: WorkDeps,
  sources: readonly MediaSource[],
  frame: ScannedFrame,
  target: string,
): Promise<void> {
  const source = sources[frame.sourceIndex]
  if (!source) throw new AppError('INTERNAL', { detail: `frame ${frame.name} has no source` })
  await mkdir(dirname(target), { recursive: true })
  if (source.kind === 'file') return copyFile(source.path, target)
  if (source.kind === 'folder') return copyFile(join(source.path, frame.entry), target)
  const { body } = await deps.reader.readLocation({ ...frame, source }, frame.name, 'file')
  await writeFile(target, body)
}

/** @throws ARCHIVE_UNSAFE if a name would leave the folder */
function inside(root: string, name: string): string {
  const target = join(root, name)
  if (target.startsWith(root + sep)) return target
  throw new AppError('ARCHIVE_UNSAFE', { path: root, entry: name, why: 'would leave its folder' })
}
