/** The pictures sharp cannot decode (BMP, unusual TIFF), through FFmpeg. */
import { tooManyPixels } from '../headers/pixel-limit.ts'

export interface DecodedPicture {
  readonly width: number
  readonly height: number
  /** RGBA, 8 bit, rows without padding. */
  readonly rgba: Buffer
}

/** The first picture in these bytes. @throws Error when FFmpeg finds none, or it has too many pixels */
export async function decodeWithFfmpeg(picture: Uint8Array): Promise<DecodedPicture> {
  const { Decoder, Demuxer, Scaler } = await loadFfmpeg()
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)
  await using demuxer = await Demuxer.open(bytes)
  const stream = demuxer.video()
  if (!stream) throw new Error('it holds no picture')
  const problem = tooManyPixels(stream.codecpar)
  if (problem) throw new Error(problem)
  using decoder = await Decoder.create(stream)
  for await (using frame of decoder.frames(demuxer.packets(stream.index))) {
    if (!frame) continue
    using scaler = new Scaler()
    const { width, height } = frame
    return { width, height, rgba: await scaler.toBuffer(frame, { format: 'rgba' }) }
  }
  throw new Error('its data ends too early: the file is cut short')
}

/** Loaded when first needed, and silent: it would print every damaged file to the terminal. */
async function loadFfmpeg() {
  const [api, { Log }, { AV_LOG_QUIET }] = await Promise.all([
    import('node-av/api'),
    import('node-av/lib'),
    import('node-av/constants'),
  ])
  Log.setLevel(AV_LOG_QUIET)
  return api
}
