import { posix, sep } from 'node:path'

const MAGIC = /[*?[\]{}]/

/** True when a path is a pattern, such as `cam[12]/*.png` or `{a,b}/*.webp`. */
export function isGlob(path: string): boolean {
  return MAGIC.test(path)
}

/**
 * Split a pattern into the folder to walk and a test for paths below it.
 * `*` and `?` stay within one folder, `**` is any number of folders, `[ab]`, `[!ab]` one character, `{a,b}` either.
 */
export function parseGlob(path: string): { base: string; matches: (entry: string) => boolean } {
  const parts = path.split(sep).join('/').split('/')
  const first = parts.findIndex(isGlob)
  const base = parts.slice(0, first).join('/') || (path.startsWith('/') ? '/' : '.')
  const pattern = new RegExp(`^${toRegExp(parts.slice(first).join('/'))}$`, 'u')
  return { base: posix.normalize(base), matches: (entry) => pattern.test(entry) }
}

function toRegExp(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|\*|\?|\[!?[^\]]+\]|\{[^{}]*\}|[\\^$.|+()[\]{}]/gu, (token) =>
    translate(token),
  )
}

function translate(token: string): string {
  if (token === '**/') return '(?:[^/]+/)*'
  if (token === '**') return '.*'
  if (token === '*') return '[^/]*'
  if (token === '?') return '[^/]'
  if (token.length > 1 && token.startsWith('['))
    return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\')
  if (token.length > 1 && token.startsWith('{'))
    return `(?:${token.slice(1, -1).split(',').map(toRegExp).join('|')})`
  return `\\${token}`
}
