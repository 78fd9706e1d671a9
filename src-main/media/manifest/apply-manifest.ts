import { posix, relative, sep } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { RelatedFile, ScannedFrame, ScanResult } from '../../core/ports.ts'
import { manifestNames } from './data-root.ts'
import type { ImageEntry, ImageManifest } from './manifest.ts'

/** A manifest of pictures, and how it came to be used. */
export interface AppliedManifest {
  readonly manifest: ImageManifest
  /** How people know it. */
  readonly path: string
  /** The folder it lies in. */
  readonly folder: string
  /** Whether it may list pictures that are not there: those who name single files need not name all. */
  readonly mayListMore: boolean
}

/**
 * What a manifest knows, put upon a scan: the frames in its order, with its sizes and its context images.
 * @throws MANIFEST_MISMATCH when the two do not speak of the same pictures
 */
export function applyManifest(scan: ScanResult, applied: AppliedManifest): ScanResult {
  const { entries } = applied.manifest
  const byName = bestNames(scan, applied)
  const context = new Set(entries.flatMap(({ related }) => related ?? []))
  const listed = new Set(entries.map(({ name }) => name))
  const missing = entries.filter(({ name }) => !byName.has(name)).map(({ name }) => name)
  const extra = [...byName.keys()].filter((name) => !listed.has(name) && !context.has(name))
  if ((missing.length > 0 && !applied.mayListMore) || extra.length > 0)
    throw mismatch(applied.path, missing, extra)
  const frames = entries.flatMap((entry) => {
    const frame = byName.get(entry.name)
    return frame ? [describedBy(frame, entry)] : []
  })
  return { ...scan, frames }
}

/** How frames may be called in the manifest: whichever way it knows most of them. */
function bestNames(
  scan: ScanResult,
  { manifest, folder }: AppliedManifest,
): Map<string, ScannedFrame> {
  const listed = new Set(manifest.entries.map(({ name }) => name))
  const ways = [
    manifestNames(scan).frame,
    ({ name }: ScannedFrame) => name,
    (frame: ScannedFrame) => belowFolder(scan, frame, folder),
  ]
  let best = new Map<string, ScannedFrame>()
  let mostKnown = -1
  for (const way of ways) {
    const names = new Map(scan.frames.map((frame) => [way(frame), frame]))
    const known = [...names.keys()].filter((name) => listed.has(name)).length
    if (known > mostKnown) best = names
    mostKnown = Math.max(known, mostKnown)
    if (known === scan.frames.length) break
  }
  return best
}

/** For files named one by one: their place below the folder that holds the manifest. */
function belowFolder(
  { sources }: ScanResult,
  { sourceIndex, entry, name }: ScannedFrame,
  folder: string,
): string {
  const source = sources[sourceIndex]
  if (source?.kind !== 'folder') return name
  const above = relative(folder, source.path).split(sep).join('/')
  return posix.normalize(posix.join(above, entry))
}

function describedBy(frame: ScannedFrame, { name, width, height, related }: ImageEntry) {
  const files = (related ?? []).flatMap((path): RelatedFile[] => {
    const entry = entryBeside(frame.entry, name, path)
    return entry === null ? [] : [{ entry, offset: null, sizeBytes: null }]
  })
  const size = width !== null && height !== null ? { width, height } : null
  return {
    ...frame,
    ...(size && { size }),
    ...(files.length > 0 && { related: files }),
  }
}

/**
 * Where in the frame's own source a file is that the manifest names; null when it lies elsewhere. Manifest and source may count
 * from different folders, one above the other.
 * @param entry  the frame in its source
 * @param name  the same frame in the manifest
 * @param path  the other file in the manifest
 */
function entryBeside(entry: string, name: string, path: string): string | null {
  if (path.startsWith('/') || path.split('/').includes('..')) return null
  if (entry.endsWith(name)) return entry.slice(0, entry.length - name.length) + path
  const prefix = name.slice(0, name.length - entry.length)
  return name.endsWith(entry) && path.startsWith(prefix) ? path.slice(prefix.length) : null
}

const NAMED = 10

function mismatch(path: string, missing: readonly string[], extra: readonly string[]): AppError {
  const clauses: string[] = []
  let room = NAMED
  const named = (names: readonly string[]) => {
    const shown = names.slice(0, room)
    room -= shown.length
    const rest = names.length - shown.length
    return shown.join(', ') + (rest > 0 ? ` and ${rest.toLocaleString('en')} more` : '')
  }
  if (missing.length > 0) clauses.push(`it lists pictures that are not there (${named(missing)})`)
  if (extra.length > 0) clauses.push(`there are pictures it does not list (${named(extra)})`)
  return new AppError('MANIFEST_MISMATCH', { path, differences: clauses.join('; ') })
}
