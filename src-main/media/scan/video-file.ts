/** What is a video among files, before FFmpeg is asked: by extension in a listing, by what is left for a lone file. */
import { stat } from 'node:fs/promises'
import { AppError } from '#shared/errors/app-error.ts'
import type { FoundVideo } from '../../core/ports.ts'
import { withFile } from '../headers/bytes.ts'
import { fingerprintOf } from '../headers/fingerprint.ts'

const EXTENSIONS = new Set(
  `3g2 3gp asf avi av1 divx dv f4v flv gxf h264 h265 hevc ivf m1v m2t m2ts m2v m4v mjpeg mjpg mkv mov mp4 mpe mpeg
  mpg mts mxf nut obu ogm ogv qt rm rmvb ts vob webm wmv y4m`.split(/\s+/),
)
/** TypeScript is called so too: its first byte tells. */
const SHARED = new Set(['ts', 'mts'])
const SYNC_BYTE = 0x47

/** True for a file name whose extension is a video's, in any case. */
export function isVideoName(name: string): boolean {
  return EXTENSIONS.has(extensionOf(name))
}

/**
 * Size, time and fingerprint of what may be a video; null for a file whose extension only looks like one.
 * @param certain  whether its name says that it is one
 * @throws MEDIA_NOT_FOUND
 */
export async function videoFile(path: string, certain: boolean): Promise<FoundVideo | null> {
  try {
    const { size } = await stat(path)
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
