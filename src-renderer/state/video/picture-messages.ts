import type { Tone } from '../picture/tone.ts'

/** What the page asks of a picture worker. */
export type PictureRequest =
  | {
      readonly kind: 'load'
      readonly ticket: number
      readonly url: string
      /** The frame that must come: another one is refused rather than shown under the wrong annotations. */
      readonly frame: number
      readonly tone: Pick<Tone, 'equalize' | 'claheClip'>
    }
  | { readonly kind: 'cancel'; readonly ticket: number }

/** What it answers, once for each `load`. */
export type PictureAnswer = { readonly ticket: number } & (
  | {
      readonly kind: 'ready'
      readonly bitmap: ImageBitmap
      /** Upright size of the exact picture, image pixels. */
      readonly width: number
      readonly height: number
      readonly exact: boolean
    }
  /** The core said no; `body` is its JSON, null when it was none. */
  | { readonly kind: 'refused'; readonly status: string; readonly body: unknown }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unreachable'; readonly problem: string }
  | { readonly kind: 'unreadable'; readonly problem: string }
)
