import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { isVideoName } from '#shared/media/video-names.ts'
import type { MediaSource } from '../../core/ports.ts'
import { isPictureName } from '../picture-format.ts'
import { isGlob, parseGlob } from './glob.ts'

/** A path as it was given, understood. */
export interface GivenSource {
  readonly source: MediaSource
  /**
   * A single file of `source`, its folder: ten thousand files named one by one are one source, not ten thousand. Null
   * for anything that is listed.
   */
  readonly file: {
    readonly entry: string
    readonly sizeBytes: number
    readonly mtimeMs: number
  } | null
  readonly accept: ((entry: string) => boolean) | null
}

/**
 * Tell folder, glob, archive, video and picture apart; null for a single file that is none of them. A name that exists is
 * taken as it is, even when it holds `[` or `*`.
 * @throws MEDIA_NOT_FOUND
 */
export async function resolveSource(path: string): Promise<GivenSource | null> {
  const absolute = resolve(path)
  const stats = await stat(absolute).catch((cause: unknown) => {
    if (isGlob(path)) return null
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
  if (!stats) return resolveGlob(path, absolute)
  if (stats.isDirectory()) return folder(absolute, null)
  // Opening a pipe would wait for somebody who writes to it.
  if (!stats.isFile()) return null
  const entry = basename(absolute)
  if (/\.zip$/i.test(entry)) return archive('zip', absolute)
  if (/\.(tar|tgz|tar\.gz)$/i.test(entry)) return archive('tar', absolute)
  if (isVideoName(entry))
    return { source: { kind: 'video', path: absolute }, file: null, accept: null }
  if (!isPictureName(entry)) return null
  const file = { entry, sizeBytes: stats.size, mtimeMs: stats.mtimeMs }
  return { source: { kind: 'folder', path: dirname(absolute) }, file, accept: null }
}

async function resolveGlob(given: string, absolute: string): Promise<GivenSource> {
  const { base, matches } = parseGlob(absolute)
  const stats = await stat(base).catch(() => null)
  if (!stats?.isDirectory()) throw new AppError('MEDIA_NOT_FOUND', { path: given })
  return folder(resolve(base), matches)
}

function folder(path: string, accept: GivenSource['accept']): GivenSource {
  return { source: { kind: 'folder', path }, file: null, accept }
}

function archive(kind: 'zip' | 'tar', path: string): GivenSource {
  return { source: { kind, path }, file: null, accept: null }
}
