import { createHash } from 'node:crypto'
import type { FrameReader, FrameRecord, FunctionPicture, RgbPicture } from '../ports.ts'

/** The upright picture of a frame, read when somebody asks, and once. */
export function framePicture(reader: FrameReader, frame: FrameRecord): FunctionPicture {
  let pixels: Promise<RgbPicture> | undefined
  return {
    key: pictureKey(frame),
    what: `frame ${frame.index}, ${frame.name}`,
    pixels(signal) {
      pixels ??= reader.pixels(frame, signal)
      return pixels
    },
    async encoded(signal) {
      const { contentType, body } = await reader.read(frame, 'upright', signal)
      return { contentType, bytes: body }
    },
  }
}

/** Names the bytes the picture is made of, as far as that can be told without reading them. */
export function pictureKey({ location, fingerprint, orientation }: FrameRecord): string {
  const { source, entry, offset, sizeBytes } = location
  const facts = [source.path, entry, offset, sizeBytes, fingerprint, orientation]
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
