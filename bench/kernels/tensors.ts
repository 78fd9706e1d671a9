/** A picture to a tensor: the kernels beside their twin, by turns in one run. Usage: node bench/kernels/tensors.ts */

import { type PictureTensorRule, pictureTensors } from '#main/models/tensors/picture-tensor.ts'
import { loadTensorKernels } from '#native/tensor-kernels.ts'

const ROUNDS = 20
const kernels = loadTensorKernels()
const yolo = {
  ...{ color: 'rgb', pad: 114, padAfter: null, scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] },
  ...{ type: 'float32', layout: 'chw', batch: [1], rounding: 'even', cropShare: null },
  ...{ fit: 'letterbox' },
} satisfies Partial<PictureTensorRule>

function noise(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < rgb.length; i += 1) rgb[i] = Math.imul(i, 2654435761) >>> 24
  return { width, height, rgb }
}

for (const picture of [noise(640, 480), noise(1920, 1080), noise(3840, 2160)])
  for (const interpolation of ['linear', 'area', 'cubic', 'linear-antialias'] as const)
    for (const side of [320, 640, 1024]) {
      const rule = { ...yolo, width: side, height: side, interpolation }
      const ways = [pictureTensors(rule, null), pictureTensors(rule, kernels)]
      const best = ways.map(() => Number.POSITIVE_INFINITY)
      for (let round = 0; round < ROUNDS; round += 1)
        for (const [i, prepare] of ways.entries()) {
          const began = performance.now()
          prepare(picture).release()
          best[i] = Math.min(best[i] ?? 0, performance.now() - began)
        }
      const [twin = 0, quick = 0] = best
      const what = `${picture.width} x ${picture.height} to ${side}, ${interpolation}`
      const gain = (twin / quick).toFixed(1)
      console.log(
        `${what}: TypeScript ${twin.toFixed(2)} ms, WebAssembly ${quick.toFixed(2)} ms, ${gain}x`,
      )
    }
