/** A manifest as lines of text, without their ends: what CVAT's own tool writes, byte for byte. */
import { posix } from 'node:path'
import type { ImageEntry, ManifestKeyframe, VideoManifest } from './manifest.ts'

const VERSION = '1.1'

export function imageHeadLines(): string[] {
  return [json({ version: VERSION }), json({ type: 'images' })]
}

export function videoHeadLines(video: Omit<VideoManifest, 'keyframes' | 'type' | 'version'>) {
  const { name, width, height, length } = video
  const properties = { name, resolution: [width, height], length }
  return [json({ version: VERSION }), json({ type: 'video' }), json({ properties })]
}

/** Where size or checksum are not known (point clouds, damaged pictures) their keys are left out. */
export function imageLine({ name, width, height, checksum, related }: ImageEntry): string {
  const extension = posix.extname(name)
  return json({
    name: extension === '' ? name : name.slice(0, -extension.length),
    extension,
    ...(width === null || height === null ? {} : { width, height }),
    meta: { related_images: related ?? [] },
    ...(checksum === null ? {} : { checksum }),
  })
}

export function keyframeLine({ number, pts, checksum }: ManifestKeyframe): string {
  return json({ number, pts, ...(checksum === null ? {} : { checksum }) })
}

const NOT_ASCII = /[\u007f-\uffff]/g

/**
 * Compact JSON in ASCII alone: a name such as `ü.jpg` is escaped. The reference reads the file in its system's encoding,
 * so anything else would depend on where it runs.
 */
function json(value: unknown): string {
  return JSON.stringify(value).replace(
    NOT_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
