/** A 1080p frame's planes to pixels: the kernel beside its twin, by turns in one run. Usage: node bench/kernels/video.ts */
import { createTwin, loadVideoKernels, type VideoKernels } from '#native/video-kernels.ts'
import { type RawFormat, type RawFrameHeader, rawPlaneBytes } from '#shared/media/raw-frame.ts'

const ROUNDS = 60
const kernels = [createTwin(), loadVideoKernels()].filter(
  (one): one is VideoKernels => one !== null,
)

for (const format of ['I420', 'NV12', 'I444'] as const) {
  const header = headerOf(format)
  const planes = new Uint8Array(rawPlaneBytes(format, header.width, header.height))
  for (let at = 0; at < planes.length; at += 1) planes[at] = (at * 7919) & 255
  const best = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round += 1)
    for (const kernel of kernels) {
      const began = performance.now()
      kernel.yuvToRgba(header, planes)
      const ms = performance.now() - began
      best.set(kernel.name, Math.min(ms, best.get(kernel.name) ?? ms))
    }
  const cells = [...best].map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`)
  console.log(`${format}, 1920 x 1080, best of ${ROUNDS}: ${cells.join(', ')}`)
}

function headerOf(format: RawFormat): RawFrameHeader {
  return {
    ...{ format, matrix: 'bt709', fullRange: false, width: 1920, height: 1080, rotation: 0 },
    ...{ exact: true, frame: 0, uprightWidth: 1920, uprightHeight: 1080 },
  }
}
