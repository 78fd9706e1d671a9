import type { DroppedFile } from './upload.ts'

export interface Drop {
  /** Names of what was dropped, files and folders. */
  readonly roots: readonly string[]
  /** Gone through anew each time it is asked for. */
  readonly files: AsyncIterable<DroppedFile>
}

/**
 * What came with a drop, taken at once: the browser empties its list when the event handler returns. Where it gives no
 * entries (a drop from another page), the plain files are all there is.
 */
export function dropOf(transfer: Pick<DataTransfer, 'items' | 'files'>): Drop {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null)
  if (entries.length > 0)
    return { roots: entries.map(({ name }) => name), files: again(() => walkEntries(entries)) }
  const files = [...transfer.files]
  return { roots: files.map(({ name }) => name), files: again(() => plainFiles(files)) }
}

const again = (walk: () => AsyncIterator<DroppedFile>): AsyncIterable<DroppedFile> => ({
  [Symbol.asyncIterator]: walk,
})

async function* plainFiles(files: readonly File[]): AsyncGenerator<DroppedFile> {
  for (const file of files) yield { path: file.name, file }
}

/** Every file under the dropped entries, folders gone through; hidden ones are left out. */
export async function* walkEntries(
  entries: readonly FileSystemEntry[],
): AsyncGenerator<DroppedFile> {
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory) yield* walkEntries(await childrenOf(entry as FileSystemDirectoryEntry))
    else
      yield {
        path: entry.fullPath.replace(/^\/+/, ''),
        file: await fileOf(entry as FileSystemFileEntry),
      }
  }
}

/** `readEntries` answers at most 100 at a time and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** What to open of an upload: the things that were dropped, where they lie now. */
export function pathsToOpen(uploadFolder: string, roots: readonly string[]): string[] {
  const separator = uploadFolder.includes('\\') ? '\\' : '/'
  return roots.map((name) => `${uploadFolder}${separator}${name}`)
}
