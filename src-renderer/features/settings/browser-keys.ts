import { desktopShell } from '#renderer/state/shell.ts'

const KEPT = new Set([
  'Ctrl+N',
  'Ctrl+T',
  'Ctrl+W',
  'Ctrl+Shift+N',
  'Ctrl+Shift+T',
  'Ctrl+Shift+W',
  'Ctrl+Tab',
  'Ctrl+Shift+Tab',
])

/** A browser opens and closes its windows and tabs with these and never tells the page; the desktop app gets them. */
export function isKeptByBrowser(key: string): boolean {
  return desktopShell() === null && KEPT.has(key)
}
