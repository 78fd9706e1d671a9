import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor, Tracker, ValueFacts } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { cutOut } from '../tensors/crop.ts'
import { inputNamed, invalid, outputOf } from '../tensors/feeds.ts'
import { resizePicture } from '../tensors/resample.ts'
import { hannWindow } from './best-cell.ts'
import { lostBelow, parameterOf } from './lost-below.ts'
import { type Look, lookOf } from './picture-side.ts'
import { type CentredBox, type Origin, originOf, rectangleAt } from './tracked-box.ts'

const threshold = lostBelow(0.2)
/** OpenCV's: blue first, and ImageNet's numbers as they are written for red first. */
const defaults = {
  color: 'bgr',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const
/** Sides of the two crops in sides of a square as large as the object. */
const FACTORS = { template: 2, search: 4 }

interface State {
  readonly origin: Origin
  readonly box: CentredBox
  readonly learnt: Tensor
}

/**
 * ViTTrack of OpenCV's model zoo: `template` and `search` in one net; a map of confidence, one of sizes and one of offsets
 * in shares of the search crop's side.
 * @see https://github.com/opencv/opencv_zoo/tree/main/models/object_tracking_vittrack
 */
export const vittrack: Family = {
  id: 'vittrack',
  name: 'ViTTrack',
  kind: 'tracker',
  roles: ['model'],
  parameters: [threshold],
  shapeTypes: ['rectangle'],
  recognise: ({ model }) =>
    model && partsOf(model) ? { certainty: 0.95, manifest: {}, missing: [], classes: null } : null,
  open: openVitTrack,
}

interface Parts {
  readonly template: ValueFacts
  readonly search: ValueFacts
  readonly confidence: string
  readonly size: string
  readonly offset: string
}

function partsOf(facts: ModelFacts): Parts | null {
  const [template, search] = [inputNamed(facts, ['template']), inputNamed(facts, ['search'])]
  const maps = facts.outputs.filter(({ dims }) => dims.length === 4)
  const confidence = maps.find(({ dims }) => dims[1] === 1)
  const [size, offset] = maps.filter(({ dims }) => dims[1] === 2)
  if (!template || !search || !confidence || !size || !offset) return null
  const name = { confidence: confidence.name, size: size.name, offset: offset.name }
  return { template, search, ...name }
}

function openVitTrack(manifest: ModelManifest, runtime: ModelRuntime): Tracker<State> {
  const { id } = manifest
  readOptions(z.strictObject({}), manifest)
  const least = parameterOf(manifest, threshold)
  const parts = partsOf(runtime.facts('model'))
  if (!parts) {
    const problem = 'it has no template, search, confidence, size and offset'
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const looks = {
    template: lookOf(manifest, 'template', parts.template, { ...defaults, side: 128 }),
    search: lookOf(manifest, 'search', parts.search, { ...defaults, side: 256 }),
  }

  return {
    async begin(picture, shape) {
      const origin = originOf(shape)
      const { tensor } = square(picture, origin.box, FACTORS.template, looks.template)
      return { origin, box: origin.box, learnt: tensor }
    },
    async update(picture, state) {
      const cut = square(picture, state.box, FACTORS.search, looks.search)
      const answer = await runtime.run('model', {
        [parts.template.name]: state.learnt,
        [parts.search.name]: cut.tensor,
      })
      const best = strongest(id, outputOf(id, answer, [parts.confidence], 4))
      if (best.score < least) return { shape: null, state }
      const size = pairAt(id, outputOf(id, answer, [parts.size], 4), best)
      const offset = pairAt(id, outputOf(id, answer, [parts.offset], 4), best)
      const { side, left, top } = cut
      const next = {
        cx: left + ((best.column + offset[0]) / best.count) * side,
        cy: top + ((best.row + offset[1]) / best.count) * side,
        w: Math.max(1, size[0] * side),
        h: Math.max(1, size[1] * side),
      }
      const shape = rectangleAt(state.origin, next, Math.min(1, best.score))
      return { shape, state: { ...state, box: next } }
    },
  }
}

/** Whole pixels around the object, black outside the picture. */
function square(picture: RgbPicture, { cx, cy, w, h }: CentredBox, factor: number, look: Look) {
  const side = Math.ceil(Math.sqrt(w * h) * factor)
  const [left, top] = [Math.round(cx - side / 2), Math.round(cy - side / 2)]
  const cut = cutOut(picture, left, top, side, side, look.pad ?? 0)
  const tensor = look.tensor(resizePicture(cut, look.side, look.side, 'linear'))
  return { tensor, side, left, top }
}

interface Cell {
  readonly score: number
  readonly row: number
  readonly column: number
  readonly count: number
}

function strongest(id: string, { dims, data }: ReturnType<typeof outputOf>): Cell {
  const count = dims[3] ?? 0
  if (data.length !== count * count) throw invalid(id, 'its confidence is no square grid')
  const window = hannWindow(count, 'inner')
  let best = -1
  let score = Number.NEGATIVE_INFINITY
  for (let cell = 0; cell < data.length; cell++) {
    const value = (data[cell] ?? 0) * (window[cell] ?? 0)
    if (!(value > score) || value === Number.POSITIVE_INFINITY) continue
    score = value
    best = cell
  }
  if (best < 0) throw invalid(id, 'none of its confidences is a number')
  return { score, row: Math.floor(best / count), column: best % count, count }
}

function pairAt(
  id: string,
  { data }: ReturnType<typeof outputOf>,
  { row, column, count }: Cell,
): [x: number, y: number] {
  const cell = row * count + column
  const pair: [number, number] = [
    data[cell] ?? Number.NaN,
    data[count * count + cell] ?? Number.NaN,
  ]
  if (!pair.every(Number.isFinite)) throw invalid(id, 'the box of its best cell is no number')
  return pair
}
