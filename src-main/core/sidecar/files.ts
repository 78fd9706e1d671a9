/** The files themselves: looked at, written whole, copies kept. Pictures are never touched. */
import { constants, copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SidecarFile } from '../ports.ts'
import { hashOf } from './frame-view.ts'

/** A file as it is now. */
export interface Seen {
  readonly sizeBytes: number
  readonly mtimeMs: number
  readonly checkedMs: number
  readonly hash: string
  /** Null: not read, since it is the one that is known. */
  readonly bytes: Uint8Array | null
}

/** A file changed within so many milliseconds before it was looked at may be changed again without its time telling. */
const COARSEST_CLOCK_MS = 2000
/** No label file is as large. */
const LARGEST = 2 ** 28

/** Null: there is none. @throws what the file system says when it cannot be read */
export async function look(path: string, known: SidecarFile | null): Promise<Seen | null> {
  const checkedMs = Date.now()
  const facts = await stat(path).catch(absent)
  if (facts === null || !facts.isFile()) return null
  const { size: sizeBytes, mtimeMs } = facts
  const isOld = known !== null && isSettled(known)
  if (isOld && known.hash !== '' && known.sizeBytes === sizeBytes && known.mtimeMs === mtimeMs) {
    return { sizeBytes, mtimeMs, checkedMs: known.checkedMs, hash: known.hash, bytes: null }
  }
  if (sizeBytes > LARGEST) throw new Error('it is larger than any file of labels is')
  const bytes = await readFile(path).catch(absent)
  return bytes && { sizeBytes, mtimeMs, checkedMs, hash: hashOf(bytes), bytes }
}

/** Whether its time would tell if it changed again. */
function isSettled({ mtimeMs, checkedMs }: Pick<Seen, 'mtimeMs' | 'checkedMs'>): boolean {
  return mtimeMs < checkedMs - COARSEST_CLOCK_MS
}

/** Whether it is worth remembering that a file that had just been written was looked at again. */
export function settles(known: SidecarFile, seen: Seen): boolean {
  return !isSettled(known) && isSettled(seen)
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
  throw error
}

/** Beside its name first, then in its place: whoever reads it meets the old file or the new one, never half of one. */
export async function writeWhole(path: string, text: string): Promise<Seen> {
  await mkdir(dirname(path), { recursive: true })
  // Always the same name: what a killed process left of it goes with the next try, and no second one lies beside it.
  const temporary = `${path}.fieldmark.tmp`
  try {
    await rm(temporary, { force: true })
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  const { size: sizeBytes, mtimeMs } = await stat(path)
  return { sizeBytes, mtimeMs, checkedMs: Date.now(), hash: hashOf(text), bytes: null }
}

/**
 * A copy beside the file, `<name>.orig`, `<name>.orig2` … What is there already is not written over.
 * @returns path of the copy
 */
export async function keepCopy(path: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const copy = `${path}.orig${n === 1 ? '' : n}`
    try {
      await copyFile(path, copy, constants.COPYFILE_EXCL)
      return copy
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [here, there] = [await readFile(path), await readFile(copy).catch(() => null)]
      if (there !== null && hashOf(here) === hashOf(there)) return copy
    }
  }
}
