import { createRequire } from 'node:module'
import type * as OpenCv from '@techstark/opencv-js'

export type Cv = typeof OpenCv

let loading: Promise<Cv> | undefined

/** OpenCV's WebAssembly build, about a quarter of a second at the first call on this thread. */
export function loadOpenCv(): Promise<Cv> {
  loading ??= new Promise((resolve) => {
    const module = createRequire(import.meta.url)('@techstark/opencv-js') as Cv & {
      then?: (ready: (cv: Cv) => void) => void
    }
    module.then?.((cv) => {
      // It answers `then` with itself for ever: awaited as it is, it would never be there.
      delete (cv as { then?: unknown }).then
      resolve(cv)
    })
  })
  return loading
}
