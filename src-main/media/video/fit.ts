import type { AVPixelFormat, SwsFlags } from 'node-av/constants'
import { SWS_ACCURATE_RND, SWS_BICUBIC, SWS_FULL_CHR_H_INT } from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'
import type { VideoInput } from './open.ts'
import { createPictureFilter } from './picture-filter.ts'

/** Frames as the rest of the program may count on them: of one size, and upright after a turn by right angles. */
export interface Fit {
  /** The frame itself where nothing is to be done; else a picture that is good until the next call. */
  apply(frame: Frame): Frame
  close(): void
}

/**
 * A stream may change its size midway (a camera that switches, a cast). As the ffmpeg program does, later pictures are scaled
 * to the size of the first one: annotations keep to one size of picture.
 */
export function createFit({ stream, uprighting }: VideoInput): Fit {
  const { width, height } = stream.codecpar
  const filter = uprighting.filter ? createPictureFilter(uprighting.filter) : null
  let scaled: Frame | null = null
  return {
    apply(frame) {
      let fitting = frame
      if (frame.width !== width || frame.height !== height) {
        scaled?.free()
        scaled = scaledTo(frame, width, height)
        fitting = scaled
      }
      return filter ? filter.apply(fitting) : fitting
    },
    close() {
      scaled?.free()
      filter?.close()
    },
  }
}

/** A copy of another size in the same pixel format, as FFmpeg's automatic scaler makes it. */
function scaledTo(frame: Frame, width: number, height: number): Frame {
  const target = new Frame()
  target.alloc()
  target.format = frame.format
  target.width = width
  target.height = height
  target.getBuffer()
  target.copyProps(frame)
  const format = frame.format as AVPixelFormat
  using scaler = new SoftwareScaleContext()
  const flags = (SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT) as SwsFlags
  scaler.getContext(frame.width, frame.height, format, width, height, format, flags)
  scaler.scaleFrameSync(target, frame)
  return target
}
