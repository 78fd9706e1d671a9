import { posix } from 'node:path'

/**
 * What a frame's picture is called in the archive: its name, without what other systems cannot have in one (backslashes,
 * control characters, folders that lead out), and no two alike. For nearly every picture that is the name itself.
 */
export function archiveNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const safe = name
      .toWellFormed()
      .split('/')
      .map((part) => part.replace(/[\p{Cc}\\]/gu, '_').replace(/^\.{0,2}$/, '_'))
      .join('/')
      .replace(/^([A-Za-z]):/, '$1_')
    let unique = safe
    for (let n = 2; taken.has(unique); n += 1) unique = numbered(safe, n)
    taken.add(unique)
    return unique
  }
}

function numbered(name: string, n: number): string {
  const { dir, name: stem, ext } = posix.parse(name)
  return posix.join(dir, `${stem}_${n}${ext}`)
}

/** Where CVAT looks for the context images of a picture: `a/related_images/b_jpg/` of `a/b.jpg`. */
export function relatedFolder(file: string): string {
  const { dir, base } = posix.parse(file)
  return posix.join(dir, 'related_images', base.replace(/\.(?=[^.]*$)/, '_'))
}
