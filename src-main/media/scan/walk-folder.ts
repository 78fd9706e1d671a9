/**
 * Lists the pictures under a folder. The whole cost of opening 50,000 files is this walk, so it asks the system for
 * nothing but folder listings: no stat and no open, several folders at a time. Only a symbolic link needs a look at its
 * target. Links are followed last, each real folder is walked once: a loop ends, and nothing is listed twice.
 */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { isVideoName } from '#shared/media/video-names.ts'
import { throwIfCancelled } from '../cancelled.ts'
import { isPictureName } from '../picture-format.ts'
import { isHidden } from './hidden.ts'
import { isRelatedEntry, RELATED_FOLDER } from './related.ts'

/** Enough to hide a network disk's latency; a local disk needs no more than two. */
const FOLDERS_AT_ONCE = 8

export interface FolderListing {
  /** Paths relative to the root, forward slashes; folders in code point order, files in the order of their folder. */
  readonly entries: string[]
  /** Context images: what lies in `related_images/<folder>`. */
  readonly related: string[]
  /** Videos, as `entries`. They count as other files too. */
  readonly videos: string[]
  readonly otherFiles: number
  /** Subfolders that could not be listed (permissions, vanished), and links called as pictures that lead nowhere. */
  readonly unreadable: string[]
}

export interface WalkOptions {
  readonly signal: AbortSignal
  /** Called with the pictures of each folder as it has been read. */
  readonly onFolder?: (entries: readonly string[]) => void
  /** For a glob: which pictures count. */
  readonly accept?: (entry: string) => boolean
  /** How a folder is listed; tests put a folder in here that may not be read. */
  readonly readFolder?: (path: string) => Promise<Dirent[]>
}

interface Folder {
  readonly entry: string
  readonly realPath: string
}

interface Listed {
  readonly entry: string
  readonly pictures: string[]
}

/** @throws CANCELLED, and the system's error when the root itself cannot be listed */
export async function walkFolder(root: string, options: WalkOptions): Promise<FolderListing> {
  const readFolder = options.readFolder ?? ((path) => readdir(path, { withFileTypes: true }))
  const listed: Listed[] = []
  const unreadable: string[] = []
  const links: string[] = []
  const relatedFolders: string[] = []
  const videos: string[] = []
  const walked = new Set<string>()
  let otherFiles = 0

  function sort(folder: Folder, files: readonly Dirent[]): Folder[] {
    const below: Folder[] = []
    const pictures: string[] = []
    for (const file of files) {
      if (file.name === RELATED_FOLDER && file.isDirectory())
        relatedFolders.push(posix.join(folder.entry, file.name))
      if (isHidden(file.name)) continue
      const entry = folder.entry === '' ? file.name : `${folder.entry}/${file.name}`
      if (file.isFile()) keep(entry, file.name, pictures)
      else if (file.isDirectory()) below.push({ entry, realPath: join(folder.realPath, file.name) })
      else if (file.isSymbolicLink()) links.push(entry)
    }
    found(folder.entry, pictures)
    return below
  }

  function keep(entry: string, name: string, pictures: string[]): void {
    const isWanted = options.accept?.(entry) !== false
    if (isWanted && isPictureName(name)) pictures.push(entry)
    else {
      otherFiles += 1
      if (isWanted && isVideoName(name)) videos.push(entry)
    }
  }

  function found(entry: string, pictures: string[]): void {
    if (pictures.length === 0) return
    listed.push({ entry, pictures })
    options.onFolder?.(pictures)
  }

  async function list(folder: Folder): Promise<Folder[]> {
    throwIfCancelled(options.signal, 'The scan')
    if (walked.has(folder.realPath)) return []
    walked.add(folder.realPath)
    try {
      return sort(folder, await readFolder(join(root, folder.entry)))
    } catch (error) {
      if (folder.entry === '') throw error
      unreadable.push(folder.entry)
      return []
    }
  }

  async function follow(entry: string): Promise<Folder[]> {
    const target = await resolveLink(join(root, entry))
    if (target?.isFolder) return [{ entry, realPath: target.realPath }]
    const pictures: string[] = []
    if (target) keep(entry, entry, pictures)
    else if (isPictureName(entry)) unreadable.push(entry)
    else otherFiles += 1
    found(entry, pictures)
    return []
  }

  await inParallel([{ entry: '', realPath: await realpath(root) }], list)
  while (links.length > 0) {
    throwIfCancelled(options.signal, 'The scan')
    const folders = await follow(links.shift() ?? '')
    await inParallel(folders, list)
  }
  const related = await listRelated(root, relatedFolders, readFolder, options.signal)
  listed.sort((a, b) => (a.entry < b.entry ? -1 : 1))
  const entries = listed.flatMap((folder) => folder.pictures)
  return { entries, related, videos, otherFiles, unreadable }
}

/** The pictures two levels below; a folder that cannot be listed has none, for it holds nothing to annotate. */
async function listRelated(
  root: string,
  folders: readonly string[],
  readFolder: (path: string) => Promise<Dirent[]>,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = []
  const list = async (folder: string): Promise<string[]> => {
    throwIfCancelled(signal, 'The scan')
    const inside = await readFolder(join(root, folder)).catch((): Dirent[] => [])
    const entries = inside.map((file) => ({ file, entry: `${folder}/${file.name}` }))
    const pictures = entries.filter(
      ({ file, entry }) => !file.isDirectory() && isRelatedEntry(entry),
    )
    found.push(...pictures.map(({ entry }) => entry))
    const isTop = posix.basename(folder) === RELATED_FOLDER
    const below = entries.filter(({ file }) => isTop && file.isDirectory() && !isHidden(file.name))
    return below.map(({ entry }) => entry)
  }
  await inParallel([...folders], list)
  return found
}

/** Null for a link that leads nowhere, or round in a circle. */
async function resolveLink(path: string): Promise<{ isFolder: boolean; realPath: string } | null> {
  try {
    return { isFolder: (await stat(path)).isDirectory(), realPath: await realpath(path) }
  } catch {
    return null
  }
}

/** Depth first from a shared stack; each piece of work may add more. */
async function inParallel<T>(start: T[], work: (item: T) => Promise<T[]>): Promise<void> {
  const stack = start
  const busy = new Set<Promise<void>>()
  const run = async (item: T) => {
    for (const next of (await work(item)).reverse()) stack.push(next)
  }
  while (stack.length > 0 || busy.size > 0) {
    while (stack.length > 0 && busy.size < FOLDERS_AT_ONCE) {
      const running: Promise<void> = run(stack.pop() as T).finally(() => busy.delete(running))
      busy.add(running)
    }
    await Promise.race(busy)
  }
}
