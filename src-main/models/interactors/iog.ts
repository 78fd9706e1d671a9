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
import { sortedBox } from './prompt-points.ts'
import { maskOfRegion } from './region-mask.ts'

const CHANNELS = 5
/** Image pixels around the box. */
const MARGIN = 30
const threshold = maskThreshold(0.8)

/**
 * Inside-Outside Guidance: a box around the object and clicks inside (and beside) it, drawn as a fourth and a fifth plane.
 * @see Zhang et al. 2020, Interactive Object Segmentation with Inside-Outside Guidance
 */
export const iog: Family = {
  id: 'iog',
  name: 'IOG (box and clicks)',
  kind: 'interactor',
  roles: ['model'],
  parameters: [threshold],
  prompts: { minPositive: 1, minNegative: 0, box: 'required', preparable: false },
  recognise({ model }) {
    const isOne = model?.inputs.length === 1 && model.inputs[0]?.dims[1] === CHANNELS
    return isOne && model.inputs[0]?.dims.length === 4
      ? { certainty: 0.7, manifest: {}, missing: [], classes: null }
      : null
  },
  open: openIog,
}

function openIog(manifest: ModelManifest, runtime: ModelRuntime): Interactor {
  const { id } = manifest
  const { activation } = readOptions(cropOptions, manifest)
  const facts = runtime.facts('model')
  const { name, side } = cropInput(id, facts, CHANNELS)
  return {
    async interact(picture, _embedding, { positive, negative, box, parameters }) {
      if (!box || positive.length === 0)
        return { mask: null, outline: null, score: null, memory: null }
      const [x1, y1, x2, y2] = sortedBox(box)
      const region = regionAround(picture, { x1, y1, x2, y2 }, MARGIN)
      const data = planesOf(picture, region, { side, channels: CHANNELS, interpolation: 'nearest' })
      fillClickMap(pointsIn(positive, region, side), side, data, 3 * side * side)
      fillClickMap(pointsIn(negative, region, side), side, data, 4 * side * side)
      const tensor = { type: 'float32', dims: [1, CHANNELS, side, side], data } as const
      const outputs = await runtime.run('model', { [name]: tensor })
      const grid = probabilities(id, facts, outputs, activation)
      const least = thresholdOf(manifest, threshold, parameters)
      const mask = maskOfRegion(grid, region, 'cubic', least)
      return { mask, outline: null, score: null, memory: null }
    },
  }
}
