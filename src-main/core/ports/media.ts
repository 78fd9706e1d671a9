import type { SortingMethod } from '#shared/domain/task.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import type { FrameHeader, FrameLocation, FrameRecord, MediaSource, ScannedFrame } from './store.ts'
import type { RgbPicture } from './trackers.ts'
import type { VideoFile } from './video.ts'

export interface ScanResult {
  readonly sources: MediaSource[]
  /** Unsorted, as found. */
  readonly frames: ScannedFrame[]
  /** Files that are no pictures (skipped), counted. */
  readonly otherFiles: number
  /** Subfolders that could not be listed (permissions), relative to their source. Skipped, never fatal. */
  readonly unreadableFolders?: readonly string[]
  /** The one video the task is made of; `sources` and `frames` are then empty, since only FFmpeg knows how many they are. */
  readonly video?: FoundVideo
  /** Videos that lay beside pictures and are no part of the task. */
  readonly videosLeftOut?: number
}

/** A file that is a video, as far as its name tells. */
export interface FoundVideo extends VideoFile {
  /** False for a lone file that is neither picture nor archive: FFmpeg decides. */
  readonly certain: boolean
  /** What a manifest that came with it says; nobody has compared it with the file yet. */
  readonly manifest?: VideoDescription
}

/** A video in the words of its manifest. */
export interface VideoDescription {
  /** Of the manifest, as people know it. */
  readonly path: string
  /** Upright pixels. */
  readonly width: number
  readonly height: number
  /** Number of frames. */
  readonly length: number
  /** At least one, ascending; `number` from 0 in the order of presentation, `pts` in units of the stream's time base. */
  readonly keyframes: readonly { readonly number: number; readonly pts: number }[]
}

export interface MediaScanner {
  /**
   * List the pictures under folders (recursive), globs, single files and archives, without opening any picture. A single
   * video is found as such, and so is the only video of a folder without pictures. A dataset manifest that is given, or lies with
   * them, says their order, sizes and context images.
   * `onFound` is called soon after the first picture and then a few times a second.
   * @throws MEDIA_NOT_FOUND, MEDIA_NONE, MEDIA_MIXED, MANIFEST_*, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
   */
  scan(
    paths: readonly string[],
    options: {
      signal: AbortSignal
      onFound?: (first: FrameLocation & { name: string }, found: number) => void
      /** False where files are only looked for: a manifest that does not fit is then no reason to stop. */
      useManifest?: boolean
    },
  ): Promise<ScanResult>
  /** The videos at or under a path, to find one again that moved. @throws MEDIA_NOT_FOUND, CANCELLED */
  findVideos(path: string, signal: AbortSignal): Promise<FoundVideo[]>
  /** Sort by CVAT's sorting method (random is seeded and repeatable), then keep start … stop (inclusive) by step. */
  select(
    frames: ScannedFrame[],
    how: {
      sortingMethod: SortingMethod
      startFrame: number
      stopFrame: number | null
      frameStep: number
      seed: number
    },
  ): ScannedFrame[]
  /** Headers of many frames, in the order given, read lazily and in parallel. Never throws for one bad file. */
  readHeaders(frames: readonly FrameRecord[], signal: AbortSignal): AsyncIterable<FrameHeader[]>
}

export interface FrameBytes {
  readonly contentType: string
  readonly body: Uint8Array
  /** True when `body` needs its EXIF orientation applied by whoever decodes it (browsers do). */
  readonly exifTurned: boolean
}

/** Small pictures side by side, each as wide as the others. */
export interface FrameStrip {
  readonly contentType: string
  readonly body: Uint8Array
  /** Pixels. */
  readonly tileWidth: number
  readonly tileHeight: number
}

/** See `FrameReader.read`. */
export type FrameQuality =
  | 'original'
  | 'upright'
  | 'display'
  | 'thumbnail'
  | 'deep'
  | 'proxy'
  | 'play'
  | 'compressed'

export interface FrameReader {
  /**
   * A frame's picture. `original`: the file's own bytes where a browser can show them. `upright`: pixels as people see
   * them: the file's own bytes unless EXIF turns it (then re-encoded in the same format, best quality, no EXIF turn).
   * `display`: what the canvas shows: own bytes if a browser can decode them, else converted to PNG or WebP, 8 bit.
   * `thumbnail`: WebP, at most 256 px on the long side.
   * `deep`: all the bits of a single-channel picture that has more than 8 (media/reader/deep.ts); of any other as `display`.
   * `proxy`: as `display`, or at once a small stand-in for it.
   * `play`: as `display`, or the same with half the sides where that is large: for pictures seen for a moment.
   * `compressed`: as `display`, in a file that any program opens: of a video's frame a JPEG.
   *
   * A video's frame: `original` and `upright` are a PNG of its exact upright pixels; `display`, `deep`, `proxy` and `play` a raw
   * frame (src-shared/media/raw-frame.ts), which says in its header whether it is exact.
   * @throws FRAME_MISSING, IMAGE_UNREADABLE; of a video VIDEO_UNREADABLE, VIDEO_FRAME_UNREADABLE, MEDIA_STALLED
   */
  read(frame: FrameRecord, quality: FrameQuality, signal?: AbortSignal): Promise<FrameBytes>
  /**
   * Small pictures of these frames of one task, side by side in this order, for a timeline. A video's may be of the keyframe
   * before, where its own would take long; what of pictures cannot be read stays black.
   * @throws as `read`, of a video
   */
  strip(frames: readonly FrameRecord[], signal?: AbortSignal): Promise<FrameStrip>
  /**
   * The upright picture as RGB, 8 bit, for what computes on pixels: models and trackers.
   * @throws FRAME_MISSING, IMAGE_UNREADABLE
   */
  pixels(frame: FrameRecord, signal?: AbortSignal): Promise<RgbPicture>
  /** Pixels as a file any program opens without losing any: PNG. For what the network is sent of a part of a picture. */
  encode(picture: RgbPicture): Promise<FrameBytes>
  /**
   * A part of the upright picture as WebP, at most 256 px on the long side; what of the box lies outside is cut off.
   * @param box  whole image pixels, `right` and `bottom` excluded
   * @throws FRAME_MISSING, IMAGE_UNREADABLE; INPUT_INVALID when nothing of the box is in the picture
   */
  crop(frame: FrameRecord, box: PixelBox, signal?: AbortSignal): Promise<FrameBytes>
  /** Hint: these will be wanted soon. Bounded and cancellable by the next hint. */
  prefetch(frames: readonly FrameRecord[]): void
  /**
   * A picture that is not in the store yet (preview during a scan). `as` 'file': the file's own bytes whatever they are,
   * for copying it; otherwise as `display`.
   */
  readLocation(location: FrameLocation, name: string, as?: 'display' | 'file'): Promise<FrameBytes>
  /**
   * More is known of this video's frames now: whoever waits for one that is far away need not wait for the way there to be
   * decoded.
   */
  indexStored(path: string): void
  close(): void
}
