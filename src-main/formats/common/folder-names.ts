import type { Label } from '#shared/domain/label.ts'

/**
 * Names as a format can write them, each for one name only: of those that are the same then, the later ones are numbered.
 * @param plain  the name as near as the format comes to it
 * @returns what is written for a name of the list
 */
export function uniqueNames(
  names: readonly string[],
  plain: (name: string) => string,
): Map<string, string> {
  const written = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    if (written.has(name)) continue
    const wanted = plain(name)
    let unique = wanted
    for (let n = 2; taken.has(unique); n++) unique = `${wanted}_${n}`
    taken.add(unique)
    written.set(name, unique)
  }
  return written
}

/** Labels as names of folders: what would make another folder of it, or none at all, becomes an underscore. */
export function folderNames(names: readonly string[]): Map<string, string> {
  return uniqueNames(names, (name) =>
    name.replace(/[/\\\p{Cc}]/gu, '_').replace(/^[\s.]+$|^$/, '_'),
  )
}

/** The folder of each label, by its id. */
export function labelFolders(labels: readonly Pick<Label, 'id' | 'name'>[]): Map<number, string> {
  const folders = folderNames(labels.map(({ name }) => name))
  return new Map(labels.map(({ id, name }) => [id, folders.get(name) ?? '_']))
}
