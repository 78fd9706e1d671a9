import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { cacheDir } from '../../data-layout.ts'
import type { ProjectImport } from '../import/import-project.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { inside } from './copy-media.ts'

/**
 * Pictures that lie inside the records of a data set, as files for a while: in a folder of the cache, under their
 * subset's name.
 * @returns the folder, which the caller removes; null where the format keeps pictures as files, or there are none
 * @throws DISK_FULL, CANCELLED, what reading the data set throws
 */
export async function unpackPictures(
  { dataDir }: WorkDeps,
  { format, input, requestId }: ProjectImport,
  hooks: WorkHooks,
): Promise<string | null> {
  if (!format.pictures) return null
  const folder = join(cacheDir(dataDir), `pictures-of-request-${requestId}`)
  // What a killed import left of it.
  await rm(folder, { recursive: true, force: true })
  let count = 0
  try {
    for await (const { name, subset, data } of format.pictures(input, hooks.signal)) {
      const path = inside(join(folder, subset), name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, data)
      count += 1
      hooks.progress(0, null, `${count.toLocaleString('en')} pictures unpacked`)
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw isFull ? new AppError('DISK_FULL', { path: folder }, { cause: error }) : error
  }
  return count === 0 ? null : folder
}
