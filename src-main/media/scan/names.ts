/** How frames are named when a task has several sources. A name is what exports write and imports look for. */
import { basename } from 'node:path'
import type { GivenSource } from './resolve-source.ts'

const ARCHIVE_ENDING = /\.(zip|tar|tgz|tar\.gz)$/i

/**
 * What stands before the entries of each thing given: nothing for a lone one, else its base name and a slash. Single
 * files have no prefix, their base name is their whole name.
 */
export function prefixesOf(given: readonly GivenSource[]): string[] {
  if (given.length === 1) return ['']
  const unique = uniqueNames()
  return given.map(({ source, file }) =>
    file ? '' : `${unique(basename(source.path).replace(ARCHIVE_ENDING, ''))}/`,
  )
}

/** Remembers what it gave out and says `a_2.jpg` for the second `a.jpg`. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    let unique = name
    for (let n = 2; taken.has(unique); n += 1) unique = numbered(name, n)
    taken.add(unique)
    return unique
  }
}

function numbered(name: string, n: number): string {
  const dot = name.lastIndexOf('.')
  const slash = name.lastIndexOf('/')
  return dot > slash + 1 ? `${name.slice(0, dot)}_${n}${name.slice(dot)}` : `${name}_${n}`
}
