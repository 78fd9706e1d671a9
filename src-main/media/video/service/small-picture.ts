import { AV_PIX_FMT_RGB24, AVCOL_RANGE_JPEG, AVCOL_SPC_RGB } from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'
import { scaleWhole } from '../scaling.ts'
import type { DecoderParts } from './job-runner.ts'
import type { Box } from './protocol.ts'

/** Upright RGB of a frame that fits into a box, never enlarged. For the eye: not bit for bit what a full decode scales to. */
export const toSmall: DecoderParts['toSmall'] = (frame, rotation, box) => {
  const isTurned = rotation === 90 || rotation === 270
  const target = fitted(frame, isTurned ? { width: box.height, height: box.width } : box)
  using scaler = new SoftwareScaleContext()
  scaler.allocContext()
  scaler.setOption('sws_flags', 'area')
  using small = new Frame()
  small.alloc()
  Object.assign(small, target, {
    format: AV_PIX_FMT_RGB24,
    colorSpace: AVCOL_SPC_RGB,
    colorRange: AVCOL_RANGE_JPEG,
  })
  small.getBuffer()
  if (!scaleWhole(scaler, small, frame)) throw new Error('it could not be made smaller')
  const plane = small.data?.[0]
  const stride = small.linesize[0]
  if (!plane || !stride) throw new Error('it could not be made smaller')
  return turned({ ...target, rgb: plane, stride }, rotation)
}

function fitted({ width, height }: Box, box: Box): Box {
  const scale = Math.min(1, box.width / width, box.height / height)
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

interface Strided extends Box {
  readonly rgb: Uint8Array
  readonly stride: number
}

/** Rows without padding, turned clockwise. */
function turned({ width, height, rgb, stride }: Strided, rotation: 0 | 90 | 180 | 270) {
  const isTurned = rotation === 90 || rotation === 270
  const out = new Uint8Array(3 * width * height)
  const outWidth = isTurned ? height : width
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * stride + 3 * x
      const to = 3 * placeOf(x, y, { width, height }, rotation, outWidth)
      out[to] = rgb[from] ?? 0
      out[to + 1] = rgb[from + 1] ?? 0
      out[to + 2] = rgb[from + 2] ?? 0
    }
  }
  return { width: outWidth, height: isTurned ? width : height, rgb: out }
}

function placeOf(x: number, y: number, { width, height }: Box, rotation: number, outWidth: number) {
  if (rotation === 90) return x * outWidth + (height - 1 - y)
  if (rotation === 180) return (height - 1 - y) * outWidth + (width - 1 - x)
  if (rotation === 270) return (width - 1 - x) * outWidth + y
  return y * outWidth + x
}
