import { readdir, rm } from 'node:fs/promises'
import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import { guidesDir, mediaDir, ownFolders } from './data-layout.ts'
import type { Arrived, Store } from './ports.ts'

/**
 * What crashes left, gone before anything runs: tasks and projects that they kept from arriving, with the media that were
 * taken out of archives for them, and folders of deleted ones. The request that made them is taken up again and begins from
 * the start. Files go first: a crash in here leaves the rows, and with them the next start knows what to remove.
 */
export async function sweepArrivals(store: Store, dataDir: string): Promise<void> {
  const left = store.arrivals.left()
  const gone = store.arrivals.gone(await foldersIn(dataDir))
  for (const folder of [...ownFolders(dataDir, left), ...ownFolders(dataDir, gone)])
    await rm(folder, { recursive: true, force: true })
  if (left.taskIds.length + left.projectIds.length > 0) store.arrivals.drop(left)
}

/** Whose folders lie in the data directory, by their names. */
async function foldersIn(dataDir: string): Promise<Arrived> {
  const namesIn = (folder: string) => readdir(folder).catch(() => [] as string[])
  const [media, guides] = [await namesIn(mediaDir(dataDir)), await namesIn(guidesDir(dataDir))]
  const ids = (names: readonly string[], name: RegExp) =>
    names.flatMap((each) => (name.exec(each) ? [Number(name.exec(each)?.[1])] : []))
  const taskIds = new Set([...ids(media, /^(\d{1,15})$/), ...ids(guides, /^task-(\d{1,15})$/)])
  return {
    taskIds: [...taskIds] as TaskId[],
    projectIds: ids(guides, /^project-(\d{1,15})$/) as ProjectId[],
  }
}
