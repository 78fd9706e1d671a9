import { open } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import type { MediaSource, ScanResult } from '../../core/ports.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { readPicture } from '../reader/read-picture.ts'
import { MANIFEST_NAME, type Manifest } from './manifest.ts'
import { parseManifest, readManifest } from './read-manifest.ts'

/** A manifest that lies with media. */
export interface FoundManifest {
  readonly manifest: Manifest
  /** How people know it. */
  readonly path: string
  readonly folder: string
  /** Given by name: then it has to fit. One that merely lies about is passed over when it is of other media. */
  readonly isGiven: boolean
}

interface Place {
  readonly path: string
  readonly isGiven: boolean
  /** Inside an archive. */
  readonly archive?: MediaSource
}

interface Search {
  readonly shelf: ArchiveShelf
  readonly signal: AbortSignal
}

/** True for what can only be a manifest among the paths of a task. */
export function isManifestPath(path: string): boolean {
  return /\.jsonl$/i.test(path)
}

/**
 * The manifests given by name, and those called `manifest.jsonl` at the top of a folder or archive that was given, or beside an
 * archive or a video.
 * @throws MANIFEST_INVALID, MEDIA_NOT_FOUND, CANCELLED, ARCHIVE_*
 */
export async function findManifests(
  paths: readonly string[],
  scan: ScanResult,
  search: Search,
): Promise<FoundManifest[]> {
  const given = paths.filter(isManifestPath).map((path) => resolve(path))
  const places = new Map<string, Place>()
  for (const path of given) places.set(path, { path, isGiven: true })
  for (const place of await placesOf(paths, scan, search))
    if (!places.has(place.path)) places.set(place.path, place)
  const found: FoundManifest[] = []
  for (const place of places.values()) {
    const manifest = await manifestAt(place, search)
    const { path, isGiven } = place
    if (manifest) found.push({ manifest, path, isGiven, folder: dirname(path) })
  }
  return found
}

async function placesOf(
  paths: readonly string[],
  { sources, video }: ScanResult,
  { shelf, signal }: Search,
): Promise<Place[]> {
  const given = new Set(paths.map((path) => resolve(path)))
  const beside = (path: string): Place => ({
    path: join(dirname(path), MANIFEST_NAME),
    isGiven: false,
  })
  const places: Place[] = []
  if (video) places.push(beside(video.path))
  for (const source of sources) {
    if (source.kind === 'folder' && given.has(source.path))
      places.push({ path: join(source.path, MANIFEST_NAME), isGiven: false })
    if (source.kind !== 'zip' && source.kind !== 'tar') continue
    const inside = await shelf.use(source, signal, (archive) => archive.find(MANIFEST_NAME))
    places.push(
      inside
        ? { path: `${source.path}: ${MANIFEST_NAME}`, isGiven: false, archive: source }
        : beside(source.path),
    )
  }
  return places
}

/** Null where there is none, or something else of that name. */
async function manifestAt(place: Place, search: Search): Promise<Manifest | null> {
  const { path, archive, isGiven } = place
  if (archive) {
    const location = { source: archive, entry: MANIFEST_NAME, offset: null, sizeBytes: null }
    const bytes = await readPicture(location, search.shelf, search.signal)
    return looksLikeManifest(bytes) ? parseManifest([bytes], path) : null
  }
  if (!isGiven && !looksLikeManifest(await startOf(path))) return null
  return readManifest(path, search.signal)
}

const LOOKED_AT = 64

/** Other tools have a `manifest.jsonl` too; CVAT's begins with its version. */
function looksLikeManifest(bytes: Uint8Array | null): boolean {
  if (!bytes) return false
  const start = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT))
  return /^\s*\{\s*"version"/.test(start)
}

/** The first bytes; null where no file can be read. */
async function startOf(path: string): Promise<Uint8Array | null> {
  const file = await open(path).catch(() => null)
  if (!file) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0)
    return buffer.subarray(0, bytesRead)
  } catch {
    return null // a folder of that name
  } finally {
    await file.close()
  }
}

/** The one to use; null where none is of these media. @throws MANIFEST_TWICE */
export function theManifest(found: readonly FoundManifest[]): FoundManifest | null {
  const [first = null, second] = found
  if (first && second)
    throw new AppError('MANIFEST_TWICE', { first: first.path, second: second.path })
  return first
}
