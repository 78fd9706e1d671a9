import { AppError } from '#shared/errors/app-error.ts'

/**
 * @param where  the field, such as `files.model.path`
 * @param problem  a clause that goes on from it, without a full stop
 */
export function refuseManifest(path: string, where: string, problem: string): AppError {
  return new AppError('MODEL_MANIFEST_INVALID', { path, where, problem })
}
