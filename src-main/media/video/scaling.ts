import type { AVPixelFormat } from 'node-av/constants'
import {
  AV_FRAME_FLAG_INTERLACED,
  AVCHROMA_LOC_UNSPECIFIED,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_RGB,
} from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'

interface ScaleTarget {
  readonly width: number
  readonly height: number
  readonly format: AVPixelFormat
  /** RGB has a matrix of its own; other formats keep the frame's. */
  readonly isRgb: boolean
  /** Full range; else the frame's own. */
  readonly isFull: boolean
}

/**
 * A copy in another pixel format or size, by the scaler the ffmpeg program puts in by itself (bicubic, its quick rounding):
 * bit for bit what it would give.
 * @returns a picture of the caller's, to be freed
 * @throws Error when FFmpeg cannot convert
 */
export function scaled(frame: Frame, { width, height, format, isRgb, isFull }: ScaleTarget): Frame {
  const target = new Frame()
  target.alloc()
  target.width = width
  target.height = height
  target.format = format
  target.colorSpace = isRgb ? AVCOL_SPC_RGB : frame.colorSpace
  target.colorRange = isFull ? AVCOL_RANGE_JPEG : frame.colorRange
  target.getBuffer()
  using scaler = new SoftwareScaleContext()
  scaler.allocContext()
  scaler.setOption('sws_flags', 'bicubic')
  // Its filters leave the place of the chroma samples open, and so must we to get the same picture.
  const { chromaLocation } = frame
  frame.chromaLocation = AVCHROMA_LOC_UNSPECIFIED
  const isScaled = scaleWhole(scaler, target, frame)
  frame.chromaLocation = chromaLocation
  if (isScaled) return target
  target.free()
  throw new Error('its pixel format cannot be converted')
}

/**
 * Scale `frame` into `target`. Interlaced pictures are taken as a whole, as FFmpeg's filters do: the scaler itself would
 * refuse many sizes of them.
 * @returns whether FFmpeg could
 */
export function scaleWhole(scaler: SoftwareScaleContext, target: Frame, frame: Frame): boolean {
  const { flags } = frame
  frame.flags = flags & ~AV_FRAME_FLAG_INTERLACED
  const result = scaler.scaleFrameSync(target, frame)
  frame.flags = flags
  return result >= 0
}
