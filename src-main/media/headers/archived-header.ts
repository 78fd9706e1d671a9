import type { FrameHeader, FrameRecord } from '../../core/ports.ts'
import { type Archive, ArchiveProblem } from '../archives/archive.ts'
import type { ArchiveShelf } from '../archives/archive-shelf.ts'
import { entryOf } from '../archives/entry-of.ts'
import { zipDataStart, zipHead } from '../archives/zip-read.ts'
import { type Bytes, bytesOf, bytesOfFile, bytesWithHead } from './bytes.ts'
import { failedHeader, headerOf, type Slow } from './header.ts'

/** Headers of frames inside one zip or tar; only the beginning of each entry is read. */
export async function readArchivedHeaders(
  frames: readonly FrameRecord[],
  signal: AbortSignal,
  shelf: ArchiveShelf,
): Promise<(FrameHeader | Slow)[]> {
  const [first] = frames
  if (!first) return []
  try {
    return await shelf.use(first.location.source, signal, (archive) =>
      frames.map((frame) => headerIn(archive, frame)),
    )
  } catch (error) {
    return frames.map((frame) => failedHeader(frame, error))
  }
}

function headerIn(archive: Archive, frame: FrameRecord): FrameHeader | Slow {
  try {
    return headerOf(frame, entryBytes(archive, frame.location.entry), null)
  } catch (error) {
    return failedHeader(frame, error)
  }
}

function entryBytes(archive: Archive, name: string): Bytes {
  const { zip, dataOffset, sizeBytes } = entryOf(archive, name)
  if (!zip) return bytesOfFile(archive.fd, dataOffset ?? 0, sizeBytes)
  if (!zip.deflated)
    return bytesOfFile(archive.fd, zipDataStart(archive.fd, zip.headerOffset), zip.packedBytes)
  return deflatedBytes(zipHead(archive, zip), sizeBytes)
}

/** What lies behind the unpacked head would need everything before it; the slow path reads the entry whole. */
function deflatedBytes(head: Buffer, sizeBytes: number): Bytes {
  if (head.length >= sizeBytes) return bytesOf(head.subarray(0, sizeBytes))
  return bytesWithHead(head, sizeBytes, (offset, length) => {
    if (offset < head.length) return head.subarray(offset, offset + length)
    throw new ArchiveProblem('its header lies behind what was unpacked')
  })
}
