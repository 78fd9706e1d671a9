import type { DatasetInput } from '#main/core/ports.ts'
import type { Entries } from './entries.ts'
import { OWN_SPEC, OWN_VERSION, ownVersionSchema } from './own-record.ts'
import { readSpec } from './read-value.ts'

/**
 * Whether Fieldmark's own words are there and can be understood. Those of a newer Fieldmark are passed over: CVAT's beside
 * them say nearly as much.
 */
export async function isOwn(
  input: DatasetInput,
  { folder, has }: Entries,
  note: (sentence: string) => void,
): Promise<boolean> {
  if (!has(OWN_SPEC)) return false
  const { fieldmark } = await readSpec(input, `${folder}${OWN_SPEC}`, ownVersionSchema)
  if (fieldmark <= OWN_VERSION) return true
  note('A newer Fieldmark wrote the backup, so only what CVAT knows of was restored.')
  return false
}
