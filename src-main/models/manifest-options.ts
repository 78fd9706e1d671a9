import type { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** What only this family understands of a manifest. @throws MODEL_MANIFEST_INVALID for options it does not know */
export function readOptions<T>(schema: z.ZodType<T>, manifest: ModelManifest): T {
  const parsed = schema.safeParse(manifest.options)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('MODEL_MANIFEST_INVALID', {
    path: manifest.id,
    where: ['options', ...(issue?.path ?? [])].join('.'),
    problem: `is not understood (${issue?.message ?? 'invalid'})`,
  })
}
