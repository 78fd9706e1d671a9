import { join } from 'node:path'

/** What lies where in a data directory. */
export const databasePath = (dataDir: string) => join(dataDir, 'fieldmark.db')
export const cacheDir = (dataDir: string) => join(dataDir, 'cache')
export const backupsDir = (dataDir: string) => join(dataDir, 'backups')
export const exportsDir = (dataDir: string) => join(dataDir, 'exports')
export const uploadsDir = (dataDir: string) => join(dataDir, 'uploads')
/** Media of a task that was made with "copy data". */
export const copiedMediaDir = (dataDir: string, taskId: number) =>
  join(dataDir, 'media', String(taskId))
