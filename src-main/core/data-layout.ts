import { join, relative, sep } from 'node:path'

/** What lies where in a data directory. */
export const databasePath = (dataDir: string) => join(dataDir, 'fieldmark.db')
export const cacheDir = (dataDir: string) => join(dataDir, 'cache')
export const backupsDir = (dataDir: string) => join(dataDir, 'backups')
/** Passwords of connections, readable by their owner alone. */
export const secretsPath = (dataDir: string) => join(dataDir, 'secrets.json')
export const exportsDir = (dataDir: string) => join(dataDir, 'exports')
export const uploadsDir = (dataDir: string) => join(dataDir, 'uploads')
/** The folder of the drop that a path lies in; null for a path that was not dropped. */
export function uploadOf(dataDir: string, path: string): string | null {
  const root = uploadsDir(dataDir)
  const [drop] = relative(root, path).split(sep)
  return path.startsWith(root + sep) && drop ? join(root, drop) : null
}
export const mediaDir = (dataDir: string) => join(dataDir, 'media')
/** Model packs that were installed, and what people chose about models. */
export const modelsDir = (dataDir: string) => join(dataDir, 'models')
export const guidesDir = (dataDir: string) => join(dataDir, 'guides')
/** Media of a task that was made with "copy data". */
export const copiedMediaDir = (dataDir: string, taskId: number) =>
  join(mediaDir(dataDir), String(taskId))
/** The annotation guide of a task that was restored, with what it shows: kept for its next backup. */
export const taskGuideDir = (dataDir: string, taskId: number) =>
  join(guidesDir(dataDir), `task-${taskId}`)
export const projectGuideDir = (dataDir: string, projectId: number) =>
  join(guidesDir(dataDir), `project-${projectId}`)

/** Everything that lies in the data directory for these tasks and projects alone. */
export const ownFolders = (
  dataDir: string,
  { taskIds, projectIds = [] }: { taskIds: readonly number[]; projectIds?: readonly number[] },
): string[] => [
  ...taskIds.flatMap((id) => [copiedMediaDir(dataDir, id), taskGuideDir(dataDir, id)]),
  ...projectIds.map((id) => projectGuideDir(dataDir, id)),
]
