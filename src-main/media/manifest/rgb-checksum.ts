import { createHash } from 'node:crypto'
import { AV_PIX_FMT_RGB24, type AVPixelFormat, SWS_BILINEAR } from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'

/**
 * MD5 of decoded frames as RGB, 8 bit, rows without padding, not turned. Converted as CVAT's tool (PyAV) has it, swscale's quick way, so
 * that both write the same sums. It is not the picture the screen shows: that one is converted with full accuracy.
 */
export function createRgbChecksum(): { of(frame: Frame): string; close(): void } {
  const rgb = new Frame()
  rgb.alloc()
  const scaler = new SoftwareScaleContext()
  let kind = ''
  return {
    of(frame) {
      const { width, height, format } = frame
      if (kind !== `${width} ${height} ${format}`) {
        kind = `${width} ${height} ${format}`
        const size = [width, height] as const
        const pixels = format as AVPixelFormat
        scaler.getContext(...size, pixels, ...size, AV_PIX_FMT_RGB24, SWS_BILINEAR)
        rgb.unref()
        Object.assign(rgb, { format: AV_PIX_FMT_RGB24, width, height })
        rgb.getBuffer()
      }
      const converted = scaler.scaleFrameSync(rgb, frame)
      const plane = rgb.data?.[0]
      const stride = rgb.linesize[0]
      if (converted < 0 || !plane || !stride) throw new Error('a frame could not be converted')
      return md5OfRows(plane, stride, width * 3, height)
    },
    close() {
      rgb.free()
      scaler.freeContext()
    },
  }
}

function md5OfRows(plane: Uint8Array, stride: number, bytes: number, rows: number): string {
  const hash = createHash('md5')
  for (let row = 0; row < rows; row += 1)
    hash.update(plane.subarray(row * stride, row * stride + bytes))
  return hash.digest('hex')
}
