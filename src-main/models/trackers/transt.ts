import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor, Tracker, ValueFacts } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { invalid, outputOf } from '../tensors/feeds.ts'
import { bestCell, hannWindow } from './best-cell.ts'
import { clippedBox } from './clipped-box.ts'
import { lostBelow, parameterOf } from './lost-below.ts'
import { lookOf } from './picture-side.ts'
import { meanColor, subwindow } from './subwindow.ts'
import { type CentredBox, type Origin, originOf, rectangleAt } from './tracked-box.ts'

const threshold = lostBelow(0)
/** As CVAT feeds it: blue first, and ImageNet's numbers as they are written for red first. */
const defaults = {
  color: 'bgr',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const
/** How many times as large as the object the crops are: the margin is so many halves of its mean size, less one. */
const FACTORS = { template: 2, search: 4 }

const options = z.strictObject({
  window: z.number().min(0).max(1).default(0.49),
  penalty: z.number().min(0).default(0),
})

interface State {
  readonly origin: Origin
  readonly box: CentredBox
  readonly learnt: Tensor
  readonly pad: readonly [number, number, number]
}

/**
 * TransT: both pictures in one net, `pred_logits` `[1, n², 2]` (object first) and `pred_boxes` `[1, n², 4]` (middle and size
 * in shares of the search crop).
 * @see Chen et al. 2021, Transformer Tracking
 */
export const transt: Family = {
  id: 'transt',
  name: 'TransT',
  kind: 'tracker',
  roles: ['model'],
  parameters: [threshold],
  shapeTypes: ['rectangle'],
  recognise: ({ model }) =>
    model && partsOf(model) ? { certainty: 0.85, manifest: {}, missing: [], classes: null } : null,
  open: openTransT,
}

interface Parts {
  readonly template: ValueFacts
  readonly search: ValueFacts
  readonly logits: string
  readonly boxes: string
}

function partsOf({ inputs, outputs }: ModelFacts): Parts | null {
  const pictures = inputs.filter(({ dims }) => dims.length === 4 && dims[1] === 3)
  const template = pictures.find(({ name }) => /^(z|template|exemplar|init)/i.test(name))
  const search = pictures.find((one) => one !== template)
  const [small, large] = [...pictures].sort((a, b) => Number(a.dims[2]) - Number(b.dims[2]))
  const ofLast = (count: number) =>
    outputs.find(({ dims }) => dims.length === 3 && dims[2] === count)?.name
  const [logits, boxes] = [ofLast(2), ofLast(4)]
  if (pictures.length !== 2 || logits === undefined || boxes === undefined) return null
  if (template && search) return { template, search, logits, boxes }
  const isTold = small && large && Number(small.dims[2]) < Number(large.dims[2])
  return isTold ? { template: small, search: large, logits, boxes } : null
}

function openTransT(manifest: ModelManifest, runtime: ModelRuntime): Tracker<State> {
  const { id } = manifest
  const rule = readOptions(options, manifest)
  const least = parameterOf(manifest, threshold)
  const parts = partsOf(runtime.facts('model'))
  if (!parts) {
    const problem = 'it does not take two pictures and give logits and boxes'
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const template = lookOf(manifest, 'template', parts.template, { ...defaults, side: 128 })
  const search = lookOf(manifest, 'search', parts.search, { ...defaults, side: 256 })

  return {
    async begin(picture, shape) {
      const origin = originOf(shape)
      const { box } = origin
      const pad = meanColor(picture)
      const side = cropSide(box, FACTORS.template)
      const cut = subwindow(picture, { ...box, side, size: template.side, corner: 'floor', pad })
      return { origin, box, learnt: template.tensor(cut.picture), pad }
    },
    async update(picture, state) {
      const { box, pad, learnt } = state
      const side = cropSide(box, FACTORS.search)
      const cut = subwindow(picture, { ...box, side, size: search.side, corner: 'floor', pad })
      const answer = await runtime.run('model', {
        [parts.template.name]: learnt,
        [parts.search.name]: search.tensor(cut.picture),
      })
      const best = read(answer, { w: box.w / side, h: box.h / side })
      if (best.score < least) return { shape: null, state }
      const next = clippedBox(picture, {
        cx: box.cx + (best.x - 0.5) * side,
        cy: box.cy + (best.y - 0.5) * side,
        w: best.w * side,
        h: best.h * side,
      })
      return { shape: rectangleAt(state.origin, next, best.score), state: { ...state, box: next } }
    },
  }

  function read(answer: Readonly<Record<string, Tensor>>, size: { w: number; h: number }) {
    const logits = outputOf(id, answer, [parts?.logits ?? ''], 3)
    const boxes = outputOf(id, answer, [parts?.boxes ?? ''], 3)
    const cells = logits.data.length / 2
    const count = Math.round(Math.sqrt(cells))
    if (count * count !== cells || boxes.data.length !== 4 * cells)
      throw invalid(id, 'its logits and its boxes are not of one square grid')
    const at = (cell: number, value: number) => boxes.data[4 * cell + value] ?? 0
    const best = bestCell(
      id,
      {
        count: cells,
        score: (cell) => objectShare(logits.data[2 * cell] ?? 0, logits.data[2 * cell + 1] ?? 0),
        width: (cell) => at(cell, 2),
        height: (cell) => at(cell, 3),
      },
      { size, penalty: rule.penalty, influence: rule.window, window: hannWindow(count, 'zero') },
    )
    const [x, y, w, h] = [0, 1, 2, 3].map((value) => at(best.cell, value)) as [
      number,
      number,
      number,
      number,
    ]
    return { ...best, x, y, w, h }
  }
}

function cropSide({ w, h }: CentredBox, factor: number): number {
  const margin = (factor - 1) * (w + h) * 0.5
  return Math.ceil(Math.sqrt((w + margin) * (h + margin)))
}

/** Softmax of two: the share of the first. */
const objectShare = (object: number, background: number): number =>
  1 / (1 + Math.exp(background - object))
