import type { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** What only this family understands of a manifest. @throws MODEL_MISFIT for options it does not know */
export function optionsOf<T>(manifest: ModelManifest, schema: z.ZodType<T>): T {
  const read = schema.safeParse(manifest.options)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.')
  const problem = `its option ${keys || 'list'} is none this family takes`
  throw new AppError('MODEL_MISFIT', { id: manifest.id, problem })
}
