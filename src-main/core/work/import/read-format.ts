import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetFormat, DatasetInput, FormatRegistry } from '../../ports.ts'

/**
 * The format a file is read in: the one that was named, else what its content looks like.
 * @throws FORMAT_UNKNOWN, DATASET_FORMAT_UNCLEAR
 */
export async function formatOf(
  formats: FormatRegistry,
  name: string | null,
  input: DatasetInput,
): Promise<{ format: DatasetFormat; alternatives: string[] }> {
  if (name !== null) return { format: formats.get(name), alternatives: [] }
  const [best, ...alternatives] = await formats.detect(input)
  if (best === undefined) throw new AppError('DATASET_FORMAT_UNCLEAR', { file: input.file })
  return { format: formats.get(best), alternatives }
}

/** Whether reading ended because the file and the task have nothing in common: a refusal of an import, an answer of a preview. */
export function matchesNothing(error: unknown): boolean {
  return error instanceof AppError && error.code === 'DATASET_MATCHES_NOTHING'
}
