import { basename, resolve } from 'node:path'
import type { RequestId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Deps } from '../../usecase.ts'
import { isThere } from '../datasets/ready-task.ts'

/** @throws MEDIA_NOT_FOUND */
export async function restore(
  { queue }: Deps,
  what: 'task' | 'project',
  file: string,
): Promise<{ requestId: RequestId }> {
  const path = resolve(file)
  if (!(await isThere(path))) throw new AppError('MEDIA_NOT_FOUND', { path })
  const title = `Create a ${what} from ${basename(path)}`
  return { requestId: queue.enqueue('restore', null, title, { what, path }).id }
}
