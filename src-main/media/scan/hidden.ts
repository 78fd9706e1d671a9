/** Folders that hold no frames of their own: CVAT's context images, and what macOS adds to its archives. */
const SKIPPED_FOLDERS = new Set(['related_images', '__MACOSX'])

/** True for a file or folder name that is left out of a task. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || SKIPPED_FOLDERS.has(name)
}

/** The same for an archive's entry: hidden when any part of its path is. */
export function isHiddenPath(entry: string): boolean {
  return entry.split('/').some(isHidden)
}
