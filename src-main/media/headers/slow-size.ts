import { decodeWithFfmpeg } from '../decode/ffmpeg.ts'
import { loadSharp } from '../decode/sharp.ts'
import type { PictureFormat } from '../picture-format.ts'
import type { Probe } from './probe.ts'

/** Files above this are not read whole only to learn their size. */
export const MAX_SLOW_BYTES = 512 * 1024 ** 2

/** A picture's size from its decoder, for headers that cannot be understood from their first bytes. */
export async function slowSize(picture: Buffer, format: PictureFormat): Promise<Probe> {
  try {
    const sharp = await loadSharp()
    const { width, height, orientation } = await sharp(picture, { failOn: 'none' }).metadata()
    return { format, width, height, orientation: format === 'avif' ? 1 : (orientation ?? 1) }
  } catch (cause) {
    if (format !== 'bmp' && format !== 'tiff') throw cause
    const { width, height } = await decodeWithFfmpeg(picture)
    return { format, width, height, orientation: 1 }
  }
}
