/** What a library snapshot holds: the names are those of the data directory. */
import { z } from 'zod'

export { SNAPSHOT_SPEC } from '#shared/domain/backup.ts'

export const DATABASE = 'fieldmark.db'
/** Folders that belong to the library. Cache, exports, logs and old backups do not. */
export const FOLDERS = ['media', 'guides', 'uploads'] as const
export const MODELS = 'models'

/** Grows when an older Fieldmark could not restore what a newer one writes. */
const VERSION = 1

export const snapshotSpecSchema = z.object({
  library: z.literal(VERSION),
  /** The database's. */
  schema: z.int().positive(),
  /** Where it was made: paths in the database that begin with it are changed to where it is restored. */
  dataDir: z.string().min(1),
  models: z.boolean(),
})
export type SnapshotSpec = z.infer<typeof snapshotSpecSchema>

export const snapshotSpec = (fields: Omit<SnapshotSpec, 'library'>): SnapshotSpec => ({
  library: VERSION,
  ...fields,
})
