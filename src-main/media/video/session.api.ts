import type { Frame } from 'node-av/lib'
import type { VideoIndex } from '#main/core/ports.ts'
import type { RawFrameHeader } from '#shared/media/raw-frame.ts'

/**
 * One open video on one thread. Everything is synchronous, so it lives in a decode worker and never on the thread that
 * answers the screen. The decoder keeps its place: the frame after the last one costs one frame, any other begins at the
 * nearest keyframe that is known to be right.
 */
export interface VideoSession {
  readonly index: VideoIndex
  /** A better index arrived (packets read, or everything decoded). */
  useIndex(index: VideoIndex): void
  /**
   * The picture of frame `n`, equal to a sequential decode's. It belongs to the session until the next call. Null when
   * `cancelled` said so between two packets. `onPassed` sees the frames decoded on the way, in order, for a cache. `alone`: somebody
   * waits for this very frame, so nothing behind it is decoded; afterwards the decoder must enter anew even for its neighbours.
   * @throws VIDEO_FRAME_UNREADABLE, FRAME_MISSING (the file is gone), VIDEO_UNREADABLE
   */
  decode(
    n: number,
    options: {
      cancelled(): boolean
      onPassed?(n: number, frame: Frame): void
      readonly alone?: boolean
    },
  ): Frame | null
  close(): void
}

/** @throws VIDEO_UNREADABLE, VIDEO_NO_PICTURES, FRAME_MISSING */
export type OpenVideoSession = (path: string, index: VideoIndex | null) => VideoSession

/** Planes as a canvas takes them (media/raw-frame.ts), with room for the header in front. */
export interface RawPicture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly header: Pick<
    RawFrameHeader,
    'format' | 'matrix' | 'fullRange' | 'width' | 'height' | 'rotation'
  >
}

/** 8-bit planes of a decoded frame; formats a browser does not know are converted to the nearest it does. */
export type ToRaw = (frame: Frame, rotation: RawFrameHeader['rotation']) => RawPicture

/** Upright RGB, 8 bit, rows without padding: as `ffmpeg -i video -f image2 %d.png` has them, bit for bit. */
export type ToRgb = (
  frame: Frame,
  rotation: RawFrameHeader['rotation'],
) => { readonly width: number; readonly height: number; readonly rgb: Uint8Array }
