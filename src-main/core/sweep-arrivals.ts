import { rm } from 'node:fs/promises'
import { ownFolders } from './data-layout.ts'
import type { Store } from './ports.ts'

/**
 * Tasks and projects that a crash kept from arriving, with the media that were taken out of archives for them: gone before
 * anything runs. The request that made them is taken up again and begins from the start. Files go first: a crash in here
 * leaves the rows, and with them the next start knows what to remove.
 */
export async function sweepArrivals(store: Store, dataDir: string): Promise<void> {
  const left = store.arrivals.left()
  for (const folder of ownFolders(dataDir, left)) await rm(folder, { recursive: true, force: true })
  if (left.taskIds.length + left.projectIds.length > 0) store.arrivals.drop(left)
}
