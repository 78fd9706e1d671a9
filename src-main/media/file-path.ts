import { join } from 'node:path'
import type { FrameLocation } from '../core/ports.ts'

/** The path of a frame that is a file of its own; null for one inside an archive. */
export function filePath({ source, entry }: FrameLocation): string | null {
  if (source.kind === 'file' || source.kind === 'video') return source.path
  return source.kind === 'folder' ? join(source.path, entry) : null
}

/** How a location is named to people. */
export function shownPath(location: FrameLocation): string {
  return filePath(location) ?? `${location.source.path}: ${location.entry}`
}
