import type { Label } from '#shared/domain/label.ts'

/**
 * Labels as names of folders. What would make another folder of it, or none at all, becomes an underscore; of names that
 * are the same then the later ones are numbered.
 * @returns the folder of a name of the list
 */
export function folderNames(names: readonly string[]): Map<string, string> {
  const folders = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    if (folders.has(name)) continue
    const plain = name.replace(/[/\\\p{Cc}]/gu, '_').replace(/^[\s.]+$|^$/, '_')
    let folder = plain
    for (let n = 2; taken.has(folder); n++) folder = `${plain}_${n}`
    taken.add(folder)
    folders.set(name, folder)
  }
  return folders
}

/** The folder of each label, by its id. */
export function labelFolders(labels: readonly Pick<Label, 'id' | 'name'>[]): Map<number, string> {
  const folders = folderNames(labels.map(({ name }) => name))
  return new Map(labels.map(({ id, name }) => [id, folders.get(name) ?? '_']))
}
