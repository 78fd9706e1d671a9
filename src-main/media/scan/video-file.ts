/** What is a video among files, before FFmpeg is asked: by extension in a listing, by what is left for a lone file. */
import { stat } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'
import type { FoundVideo } from '../../core/ports.ts'
import { withFile } from '../headers/bytes.ts'
import { fingerprintOf } from '../headers/fingerprint.ts'

/** TypeScript is called so too: its first byte tells. */
const SHARED = new Set(['ts', 'mts'])
const SYNC_BYTE = 0x47

/**
 * Size, time and fingerprint of what may be a video; null for a file whose extension only looks like one, and
 * for a pipe or a device.
 * @param certain  whether its name says that it is one
 * @throws MEDIA_NOT_FOUND
 */
export async function videoFile(path: string, certain: boolean): Promise<FoundVideo | null> {
  try {
    const stats = await stat(path)
    if (!stats.isFile()) return null
    const { size } = stats
    return withFile(path, (bytes, mtimeMs) => {
      if (SHARED.has(extensionOf(path)) && !isTransportStream(bytes.at(0, 5))) return null
      return { path, sizeBytes: size, mtimeMs, fingerprint: fingerprintOf(bytes), certain }
    })
  } catch (cause) {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  }
}

/** A recorder's file carries a time of four bytes in front of each packet. */
function isTransportStream(head: Uint8Array): boolean {
  return head[0] === SYNC_BYTE || head[4] === SYNC_BYTE
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}
