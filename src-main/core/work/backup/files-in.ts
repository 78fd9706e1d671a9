import { mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { BackupFile, DatasetInput } from '../../ports.ts'
import type { WorkHooks } from '../work.ts'

/** Smaller ones are read whole. */
const WHOLE_BYTES = 2 ** 16
const MIB = 2 ** 20

/**
 * Files of an archive into a folder, piece by piece, under their paths.
 * @throws ARCHIVE_UNSAFE for a path that would leave it, ARCHIVE_UNREADABLE, BACKUP_INVALID for one that cannot be a file's,
 *   DISK_FULL, CANCELLED
 */
export async function takeOut(
  input: DatasetInput,
  files: readonly BackupFile[],
  root: string,
  hooks: Pick<WorkHooks, 'signal' | 'progress'>,
): Promise<void> {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const made = new Set<string>()
  let done = 0
  for (const file of files) {
    const target = inside(root, file, input)
    try {
      await makeOnce(dirname(target), made)
      for await (const bytes of copied(input, file, target)) {
        if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The restore' })
        done += bytes
        const message = `${Math.round(done / MIB)} of ${Math.round(total / MIB)} MiB of media`
        hooks.progress(done, total, message)
      }
    } catch (error) {
      throw readable(error, file, input, target)
    }
  }
}

async function makeOnce(folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return
  await mkdir(folder, { recursive: true })
  made.add(folder)
}

/** Copies while it is walked. @returns how many bytes each step copied */
async function* copied(
  input: DatasetInput,
  { entry, sizeBytes }: BackupFile,
  target: string,
): AsyncGenerator<number> {
  if (sizeBytes <= WHOLE_BYTES) {
    await writeFile(target, await input.bytes(entry), { flag: 'wx' })
    yield sizeBytes
    return
  }
  const handle = await open(target, 'wx')
  try {
    for await (const piece of input.pieces(entry)) {
      await handle.write(piece)
      yield piece.length
    }
  } finally {
    await handle.close()
  }
}

function inside(root: string, { entry, path }: BackupFile, { file }: DatasetInput): string {
  const target = join(root, path)
  const parts = path.split(/[/\\]/)
  if (target.startsWith(root + sep) && !parts.includes('..') && !path.includes('\0')) return target
  throw new AppError('ARCHIVE_UNSAFE', { path: file, entry, why: 'would leave its folder' })
}

const CLAUSES: Readonly<Record<string, string>> = {
  EEXIST: 'another file of the archive has that name, or that of one of its folders',
  EISDIR: 'another file of the archive lies in a folder of that name',
  ENOTDIR: 'one of its folders is another file of the archive',
  ENAMETOOLONG: 'its name is too long for this disk',
  EINVAL: 'this system cannot have a file of that name',
  ENOENT: 'this system cannot have a file of that name',
  EILSEQ: 'this system cannot have a file of that name',
}

function readable(
  error: unknown,
  { entry }: BackupFile,
  { file }: DatasetInput,
  target: string,
): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('DISK_FULL', { path: target }, { cause: error })
  const problem = CLAUSES[code]
  if (problem === undefined) return error
  return new AppError('BACKUP_INVALID', { file, where: entry, problem }, { cause: error })
}
