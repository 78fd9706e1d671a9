import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ModelFolders } from './folders.ts'

/**
 * Put a pack that is complete in its place, by one rename. One that lies there goes first, and comes back should this fail or the
 * process die between the two.
 */
export async function putInPlace(folders: ModelFolders, id: string, staged: string): Promise<void> {
  const place = join(folders.packs, id)
  const old = await moveAway(folders, id)
  try {
    await patiently(() => rename(staged, place))
  } catch (error) {
    if (old !== null) await rename(old, place)
    throw error
  }
  if (old !== null) await rm(old, { recursive: true, force: true })
}

/** Take a pack off the shelf at once; its bytes go after it. */
export async function takeAway(folders: ModelFolders, id: string): Promise<void> {
  const old = await moveAway(folders, id)
  if (old === null) return
  const gone = `${old}.gone`
  await rename(old, gone)
  await rm(gone, { recursive: true, force: true })
}

async function moveAway({ packs, trash }: ModelFolders, id: string): Promise<string | null> {
  const place = join(packs, id)
  if ((await stat(place).catch(() => null)) === null) return null
  await mkdir(trash, { recursive: true })
  const old = join(trash, id)
  await rm(old, { recursive: true, force: true })
  await patiently(() => rename(place, old))
  return old
}

/** Windows lets go of a file a moment after its user did. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const mayPass = code === 'EBUSY' || (process.platform === 'win32' && code === 'EPERM')
      if (!mayPass || tries >= 20) throw error
      await pause(100)
    }
  }
}

/** What nobody goes on with after so long. */
const OLD_PART_MS = 14 * 24 * 3600 * 1000

/**
 * At the start of the process, when nobody installs: what an earlier one left half done goes, and a pack it was killed in the
 * middle of replacing comes back.
 */
export async function sweep(folders: ModelFolders): Promise<void> {
  await rm(folders.staging, { recursive: true, force: true })
  for (const name of await namesIn(folders.trash)) {
    const place = join(folders.packs, name)
    const isBetween = !name.endsWith('.gone') && (await stat(place).catch(() => null)) === null
    if (isBetween) await rename(join(folders.trash, name), place)
  }
  await rm(folders.trash, { recursive: true, force: true })
  for (const name of await namesIn(folders.downloads)) {
    const path = join(folders.downloads, name)
    const info = await stat(path).catch(() => null)
    if (info && Date.now() - info.mtimeMs > OLD_PART_MS) await rm(path, { force: true })
  }
}

const namesIn = (folder: string) => readdir(folder).catch(() => [])
