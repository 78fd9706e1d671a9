import type { AVPixelFormat } from 'node-av/constants'
import { AVCOL_SPC_RGB } from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import type { VideoInput } from './open.ts'
import { filtered } from './picture-filter.ts'
import { scaled } from './scaling.ts'

/** Frames as the rest of the program may count on them: of one size, and upright after a turn by right angles. */
export interface Fit {
  /** The frame itself where nothing is to be done; else a picture that is good until the next call. */
  apply(frame: Frame): Frame
  close(): void
}

/**
 * A stream may change its size midway (a camera that switches, a cast). As the ffmpeg program does, later pictures are scaled
 * to the size of the first one: annotations keep to one size of picture. Mirrored files are mirrored back here.
 */
export function createFit({ stream, uprighting }: VideoInput): Fit {
  const { width, height } = stream.codecpar
  let made: Frame | null = null

  function changed(frame: Frame): Frame | null {
    const sized =
      frame.width === width && frame.height === height ? null : resized(frame, { width, height })
    if (!uprighting.filter) return sized
    const upright = filtered(sized ?? frame, [uprighting.filter])
    if (upright) sized?.free()
    return upright ?? sized
  }

  return {
    apply(frame) {
      made?.free()
      made = changed(frame)
      return made ?? frame
    },
    close() {
      made?.free()
      made = null
    },
  }
}

function resized(frame: Frame, size: { readonly width: number; readonly height: number }): Frame {
  const format = frame.format as AVPixelFormat
  const isRgb = frame.colorSpace === AVCOL_SPC_RGB
  const copy = scaled(frame, { ...size, format, isRgb, isFull: isRgb })
  copy.copyProps(frame)
  return copy
}
