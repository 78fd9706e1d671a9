/** How frames are named when a task has several sources. A name is what exports write and imports look for. */
import { basename } from 'node:path'
import type { MediaSource } from '../../core/ports.ts'

const ARCHIVE_ENDING = /\.(zip|tar|tgz|tar\.gz)$/i

/**
 * What stands before the entries of each source: nothing for a lone source, else its base name and a slash. Single
 * files have no prefix, their base name is their whole name.
 */
export function sourcePrefixes(sources: readonly MediaSource[]): string[] {
  if (sources.length === 1) return ['']
  const unique = uniqueNames()
  return sources.map((source) => {
    if (source.kind === 'file') return ''
    return `${unique(basename(source.path).replace(ARCHIVE_ENDING, ''))}/`
  })
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
