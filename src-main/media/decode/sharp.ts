import { availableParallelism } from 'node:os'
import type { Sharp, SharpOptions } from 'sharp'
import { MAX_PIXELS } from '../headers/pixel-limit.ts'

type MakeSharp = (input: Uint8Array, options?: SharpOptions) => Sharp

let loading: Promise<MakeSharp> | undefined

/**
 * sharp, loaded when first needed (30 ms a worker thread that only lists files can do without), with our limits: no
 * more pixels than can be shown, and damaged data is an error, never a half-grey picture.
 */
export function loadSharp(): Promise<MakeSharp> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // Each picture is decoded once and kept by our own cache; libvips's would hold it a second time.
    sharp.cache(false)
    sharp.concurrency(Math.max(1, Math.floor(availableParallelism() / 2)))
    return (input, options) =>
      sharp(input, { limitInputPixels: MAX_PIXELS, failOn: 'error', ...options })
  })
  return loading
}
