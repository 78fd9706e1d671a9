/** What the core and a decode thread say to each other. */
import type { VideoIndex } from '#main/core/ports.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { ErrorCode } from '#shared/errors/catalogue/index.ts'

/** What to make of a decoded frame: planes for the canvas, exact upright RGB, or upright RGB that fits into a box. */
export type DecodeAs = 'raw' | 'rgb' | Box

export interface Box {
  readonly width: number
  readonly height: number
}

export interface DecodeJob {
  readonly id: number
  readonly as: DecodeAs
  /** Ascending: one pass through the decoder. */
  readonly frames: readonly number[]
  /** The one of `frames` somebody waits for: it is handed over before the others are converted. Null: as they come. */
  readonly wanted: number | null
}

export type ToDecoder =
  | { readonly type: 'run'; readonly job: DecodeJob }
  | { readonly type: 'index'; readonly index: VideoIndex }
  | { readonly type: 'close' }

export interface DecoderSettings {
  readonly path: string
  readonly index: VideoIndex | null
  readonly flags: DecoderFlags
  /** Stands back between two packets while somebody looks at a screen and waits. */
  readonly polite: boolean
}

/** Shared memory, for what must reach a thread that is in the middle of a loop. */
export interface DecoderFlags {
  /** [0]: jobs up to this id are no longer wanted. [1]: counts up while the thread is alive and moving. */
  readonly own: Int32Array<SharedArrayBuffer>
  /** [0]: how many people's requests are being decoded at this moment, in all videos. */
  readonly people: Int32Array<SharedArrayBuffer>
}

export const CANCELLED_UP_TO = 0
export const BEATS = 1

/** A frame as it crosses the threads, its bytes moved and not copied. */
export interface DecodedFrame {
  readonly n: number
  /** `raw`: a whole raw frame with its header (media/raw-frame.ts). Otherwise RGB, 8 bit, rows without padding. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** What planning needs to know of an index. */
export interface VideoOutline {
  readonly facts: VideoFacts
  readonly frames: number
  readonly keyframes: Uint32Array
}

export const outlineOf = ({ facts, pts, keyframes }: VideoIndex): VideoOutline => ({
  facts,
  frames: pts.length || (facts.claimedFrames ?? 0),
  keyframes,
})

/** An AppError without its class, which does not cross threads. */
export interface DecodeFailure {
  readonly code: ErrorCode
  readonly params: unknown
}

export type FromDecoder =
  | { readonly type: 'opened'; readonly outline: VideoOutline }
  | { readonly type: 'frame'; readonly jobId: number; readonly frame: DecodedFrame }
  | {
      readonly type: 'failed'
      readonly jobId: number
      /** Null: the video as a whole. */
      readonly n: number | null
      readonly failure: DecodeFailure
    }
  | { readonly type: 'done'; readonly jobId: number }
