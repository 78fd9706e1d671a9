import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scratch } from '../source/open-source.ts'

/** What lies in the models folder of a data directory beside the packs. All of it on one drive, so that packs can be renamed into place. */
export interface ModelFolders {
  /** Packs, in folders called by their ids. */
  readonly packs: string
  /** Parts of downloads; they outlive the process. */
  readonly downloads: string
  /** Packs that are being put together. */
  readonly staging: string
  /** Packs on their way out. */
  readonly trash: string
}

export const modelFolders = (packs: string): ModelFolders => ({
  packs,
  downloads: join(packs, '.downloads'),
  staging: join(packs, '.staging'),
  trash: join(packs, '.trash'),
})

/** An empty folder of our own, gone when its user is done, or at the next start. */
export async function makeScratch({ staging }: ModelFolders): Promise<Scratch> {
  await mkdir(staging, { recursive: true })
  const folder = await mkdtemp(join(staging, 'pack-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
