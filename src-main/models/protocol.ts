import type { RgbPicture, TrackedBox } from '../core/ports.ts'

/** What the thread of the models is asked, and what it answers. Pictures are copied to it. */
export type ToModels = { readonly ticket: number; readonly picture: RgbPicture } & (
  | { readonly kind: 'begin'; readonly boxes: readonly TrackedBox[] }
  | { readonly kind: 'update'; readonly tokens: readonly string[] }
)

export type FromModels =
  | { readonly ticket: number; readonly result: unknown }
  | { readonly ticket: number; readonly problem: string }
