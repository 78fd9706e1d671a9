/**
 * CVAT's dataset manifest: what is known of the media before they are opened. One JSON object a line: the version, the
 * type, for a video its properties, then the items in the order of the frames.
 * @see docs/manifest.md
 */

/** Accepted when reading; `1.1` is written. */
export const VERSIONS = ['1.0', '1.1'] as const
export type ManifestVersion = (typeof VERSIONS)[number]

export const MANIFEST_NAME = 'manifest.jsonl'
export const INDEX_NAME = 'index.json'

/** One picture, or one point cloud. */
export interface ImageEntry {
  /** Path below the data root with its extension, forward slashes. */
  readonly name: string
  /** Upright pixels; null where the manifest does not say (always for point clouds). */
  readonly width: number | null
  readonly height: number | null
  /** MD5 of the decoded pixels, 32 hexadecimal digits. */
  readonly checksum: string | null
  /** Its context images, paths below the data root. Null where the manifest does not say. */
  readonly related: readonly string[] | null
}

export interface ImageManifest {
  readonly type: 'images'
  readonly version: ManifestVersion
  readonly entries: readonly ImageEntry[]
}

/** A frame at which decoding may begin. */
export interface ManifestKeyframe {
  /** Its number in the order of presentation, from 0. */
  readonly number: number
  /** Presentation time in units of the stream's time base. */
  readonly pts: number
  /** MD5 of the decoded frame as RGB, 8 bit. */
  readonly checksum: string | null
}

export interface VideoManifest {
  readonly type: 'video'
  readonly version: ManifestVersion
  /** Base name of the video file. */
  readonly name: string
  readonly width: number
  readonly height: number
  /** Number of frames. */
  readonly length: number
  /** Ascending by number and by time. */
  readonly keyframes: readonly ManifestKeyframe[]
}

export type Manifest = ImageManifest | VideoManifest
