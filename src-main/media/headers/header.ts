import type { FrameHeader, FrameRecord } from '../../core/ports.ts'
import { ArchiveProblem } from '../archives/archive.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { isMissing, problemOf } from '../problems.ts'
import { readPicture } from '../reader/read-picture.ts'
import { type Bytes, bytesOf } from './bytes.ts'
import { fingerprintOf } from './fingerprint.ts'
import { tooManyPixels } from './pixel-limit.ts'
import { type Probe, probe, upright } from './probe.ts'
import { MAX_SLOW_BYTES, slowSize } from './slow-size.ts'
import { CUT_SHORT, isWhole } from './whole.ts'

/** A header whose picture must be read whole to know its size. */
export interface Slow {
  readonly slow: true
  readonly frame: FrameRecord
  readonly known: FrameHeader
  readonly format: Probe['format']
}

/** What the bytes tell; never throws for their content. */
export function headerOf(
  frame: FrameRecord,
  bytes: Bytes,
  mtimeMs: number | null,
): FrameHeader | Slow {
  const known: FrameHeader = {
    ...failedHeader(frame, null),
    sizeBytes: bytes.size,
    mtimeMs,
    fingerprint: bytes.size > 0 ? fingerprintOf(bytes) : null,
  }
  if (bytes.size === 0) return { ...known, problem: 'the file is empty (0 bytes)' }
  const found = probe(bytes)
  if (!found) return { ...known, problem: 'its content is not a picture of a known format' }
  if (found.width !== null) return withSize(known, found, bytes)
  if (bytes.size > MAX_SLOW_BYTES) return { ...known, problem: 'its header cannot be understood' }
  return { slow: true, frame, known, format: found.format }
}

/** A picture cut short cannot be shown, but what was drawn on it keeps its place: its size is known. */
function withSize(known: FrameHeader, found: Probe, bytes: Bytes): FrameHeader {
  const tooLarge = tooManyPixels(found)
  if (tooLarge) return { ...known, problem: tooLarge }
  const problem = isCutShort(found, bytes) ? CUT_SHORT : null
  const status = problem === null ? 'ok' : 'unreadable'
  return { ...known, status, problem, ...upright(found), orientation: found.orientation }
}

/** The end of a deflated entry is not at hand here: whoever reads that picture learns it then. */
function isCutShort({ format, scanOffset }: Probe, bytes: Bytes): boolean {
  try {
    return !isWhole(format, bytes, scanOffset)
  } catch (error) {
    if (error instanceof ArchiveProblem) return false
    throw error
  }
}

/** Read the whole picture and ask its decoder. */
export async function finishSlowly(
  { frame, known, format }: Slow,
  signal: AbortSignal,
  shelf: ArchiveShelf,
): Promise<FrameHeader> {
  try {
    const picture = await readPicture(frame.location, shelf, signal)
    return withSize(known, await slowSize(picture, format), bytesOf(picture))
  } catch (error) {
    return { ...known, problem: problemOf(error) }
  }
}

/** A frame that cannot be read, and why. */
export function failedHeader(frame: FrameRecord, error: unknown): FrameHeader {
  const missing = isMissing(error)
  return {
    index: frame.index,
    status: missing ? 'missing' : 'unreadable',
    width: null,
    height: null,
    orientation: 1,
    sizeBytes: frame.location.sizeBytes,
    mtimeMs: null,
    fingerprint: null,
    problem: error === null ? null : missing ? 'the file is no longer there' : problemOf(error),
  }
}
