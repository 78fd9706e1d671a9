import type { DroppedFile } from '#renderer/state/upload.ts'

/** Entries that came with a drop, taken at once: the browser empties the list when the event handler returns. */
export function entriesOf(transfer: DataTransfer): FileSystemEntry[] {
  return [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null)
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

/** What to open of an upload: the one folder that was dropped, the files themselves, or all of it. */
export function pathsToOpen(
  uploadFolder: string,
  roots: readonly { readonly name: string; readonly isDirectory: boolean }[],
): string[] {
  const separator = uploadFolder.includes('\\') ? '\\' : '/'
  return roots.map(({ name }) => `${uploadFolder}${separator}${name}`)
}
