import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Family, Interactor, ModelRuntime } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { fillClickMap } from './click-map.ts'
import {
  cropInput,
  cropOptions,
  maskThreshold,
  planesOf,
  pointsIn,
  probabilities,
  regionAround,
  thresholdOf,
} from './crop-interactor.ts'
import { largestPart, maskOfRegion } from './region-mask.ts'

const CHANNELS = 4
/** Image pixels around the four points. */
const MARGIN = 50
const threshold = maskThreshold(0.8)

/**
 * Deep Extreme Cut: an object from its leftmost, topmost, rightmost and bottommost point, drawn as a fourth plane.
 * @see Maninis et al. 2018, arXiv:1711.09081
 */
export const dextr: Family = {
  id: 'dextr',
  name: 'DEXTR (extreme points)',
  kind: 'interactor',
  roles: ['model'],
  parameters: [threshold],
  prompts: { minPositive: 4, minNegative: null, box: 'none', preparable: false },
  recognise({ model }) {
    const isOne = model?.inputs.length === 1 && model.inputs[0]?.dims[1] === CHANNELS
    return isOne && model.inputs[0]?.dims.length === 4
      ? { certainty: 0.7, manifest: {}, missing: [], classes: null }
      : null
  },
  open: openDextr,
}

function openDextr(manifest: ModelManifest, runtime: ModelRuntime): Interactor {
  const { id } = manifest
  const { activation } = readOptions(cropOptions, manifest)
  const facts = runtime.facts('model')
  const { name, side } = cropInput(id, facts, CHANNELS)
  return {
    async interact(picture, _embedding, { positive, parameters }) {
      if (positive.length < 4) return { mask: null, outline: null, score: null, memory: null }
      const [xs, ys] = [positive.map(([x]) => x), positive.map(([, y]) => y)]
      const box = {
        x1: Math.min(...xs),
        y1: Math.min(...ys),
        x2: Math.max(...xs),
        y2: Math.max(...ys),
      }
      const region = regionAround(picture, box, MARGIN)
      const data = planesOf(picture, region, { side, channels: CHANNELS, interpolation: 'cubic' })
      fillClickMap(pointsIn(positive, region, side), side, data, 3 * side * side)
      const tensor = { type: 'float32', dims: [1, CHANNELS, side, side], data } as const
      const outputs = await runtime.run('model', { [name]: tensor })
      const grid = probabilities(id, facts, outputs, activation)
      const least = thresholdOf(manifest, threshold, parameters)
      const mask = largestPart(maskOfRegion(grid, region, 'nearest', least), picture)
      return { mask, outline: null, score: null, memory: null }
    },
  }
}
