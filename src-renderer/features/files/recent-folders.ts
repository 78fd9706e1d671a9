const KEY = 'fieldmark.recent-folders'
const KEPT = 6

/** Folders picked lately, newest first; a convenience, so damaged storage is simply empty. */
export function recentFolders(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((path) => typeof path === 'string') : []
  } catch {
    return []
  }
}

export function rememberFolder(path: string): void {
  if (path === '') return
  const next = [path, ...recentFolders().filter((other) => other !== path)].slice(0, KEPT)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Storage full or blocked: the next pick starts at home again.
  }
}

export function lastFolder(): string | undefined {
  return recentFolders()[0]
}
