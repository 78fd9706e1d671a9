import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor, Tracker, ValueFacts } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { inputOf, invalid, outputOf } from '../tensors/feeds.ts'
import { bestCell, hannWindow } from './best-cell.ts'
import { clippedBox } from './clipped-box.ts'
import { lostBelow, parameterOf } from './lost-below.ts'
import { lookOf } from './picture-side.ts'
import { meanColor, subwindow } from './subwindow.ts'
import { type CentredBox, contextSide, type Origin, originOf, rectangleAt } from './tracked-box.ts'

const EXEMPLAR = 127
const INSTANCE = 255
const threshold = lostBelow(0)
const defaults = { color: 'rgb', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const

const options = z.strictObject({
  penalty: z.number().min(0).default(0.055),
  window: z.number().min(0).max(1).default(0.455),
  rate: z.number().min(0).max(1).default(0.37),
  /** Search pixels between two cells. */
  stride: z.number().positive().default(16),
})

interface State {
  readonly origin: Origin
  readonly box: CentredBox
  readonly learnt: Tensor
  readonly pad: readonly [number, number, number]
}

/**
 * NanoTrack: a backbone that sees both pictures, a head that compares them (`output1` `[1, 2, n, n]` scores, `output2`
 * `[1, 4, n, n]` ways to the box's sides).
 * @see https://github.com/HonglinChu/SiamTrackers, and TrackerNano of OpenCV
 */
export const nanotrack: Family = {
  id: 'nanotrack',
  name: 'NanoTrack',
  kind: 'tracker',
  roles: ['backbone', 'head'],
  parameters: [threshold],
  shapeTypes: ['rectangle'],
  recognise({ backbone, head }) {
    const isBackbone = backbone?.inputs.length === 1 && backbone.outputs.length === 1
    const takes = backbone?.inputs[0]?.dims[1] === 3
    const isHead = head && head.inputs.length === 2 && headsOf(head) !== null
    return isBackbone && takes && isHead
      ? { certainty: 0.9, manifest: {}, missing: [], classes: null }
      : null
  },
  open: openNanoTrack,
}

function headsOf({ outputs }: ModelFacts): { scores: string; ways: string } | null {
  const named = (count: number) =>
    outputs.find(({ dims }) => dims.length === 4 && dims[1] === count)?.name
  const [scores, ways] = [named(2), named(4)]
  return scores !== undefined && ways !== undefined ? { scores, ways } : null
}

function openNanoTrack(manifest: ModelManifest, runtime: ModelRuntime): Tracker<State> {
  const { id } = manifest
  const rule = readOptions(options, manifest)
  const least = parameterOf(manifest, threshold)
  const [learner, seeker] = [learningRole(manifest), 'backbone'] as const
  const looks = { learner: runtime.facts(learner), seeker: runtime.facts(seeker) }
  const head = runtime.facts('head')
  const outputs = headsOf(head)
  const [first, second] = headInputs(head)
  if (!outputs || !first || !second)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: 'its head takes no two features, or gives no scores and ways',
    })
  const seen = inputOf(id, looks.learner)
  const sought = inputOf(id, looks.seeker)
  const template = lookOf(manifest, learner, seen, { ...defaults, side: EXEMPLAR })
  const search = lookOf(manifest, seeker, sought, { ...defaults, side: INSTANCE })
  if (template.side !== EXEMPLAR)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: `its backbone takes ${template.side} pixels and no ${EXEMPLAR}: export it with sides that may vary, or add one of ${EXEMPLAR} as "template"`,
    })

  async function features(role: string, input: ValueFacts, tensor: Tensor): Promise<Tensor> {
    const [found] = Object.values(await runtime.run(role, { [input.name]: tensor }))
    if (!found) throw invalid(id, `its ${role} gave nothing`)
    return found
  }

  return {
    async begin(picture, shape) {
      const origin = originOf(shape)
      const { box } = origin
      const pad = meanColor(picture)
      const side = Math.max(1, Math.round(contextSide(box.w, box.h)))
      const cut = subwindow(picture, { ...box, side, size: EXEMPLAR, corner: 'floor', pad })
      const learnt = await features(learner, seen, template.tensor(cut.picture))
      return { origin, box, learnt, pad }
    },
    async update(picture, state) {
      const { box, pad, learnt } = state
      const context = contextSide(box.w, box.h)
      const scale = EXEMPLAR / context
      const side = Math.max(1, Math.round((context * search.side) / EXEMPLAR))
      const cut = subwindow(picture, { ...box, side, size: search.side, corner: 'floor', pad })
      const now = await features(seeker, sought, search.tensor(cut.picture))
      const answer = await runtime.run('head', { [first.name]: learnt, [second.name]: now })
      const best = read(answer, { w: box.w * scale, h: box.h * scale })
      if (best.score < least) return { shape: null, state }
      const rate = best.penalty * best.score * rule.rate
      const next = clippedBox(picture, {
        cx: box.cx + best.x / scale,
        cy: box.cy + best.y / scale,
        w: box.w * (1 - rate) + (best.w / scale) * rate,
        h: box.h * (1 - rate) + (best.h / scale) * rate,
      })
      return { shape: rectangleAt(state.origin, next, best.score), state: { ...state, box: next } }
    },
  }

  function read(answer: Readonly<Record<string, Tensor>>, size: { w: number; h: number }) {
    const scores = outputOf(id, answer, [outputs?.scores ?? ''], 4)
    const ways = outputOf(id, answer, [outputs?.ways ?? ''], 4)
    const count = scores.dims[3] ?? 0
    const cells = count * count
    if (scores.data.length !== 2 * cells || ways.data.length !== 4 * cells)
      throw invalid(id, 'its scores and its boxes are not of one square grid')
    const at = (way: number, cell: number) => ways.data[way * cells + cell] ?? 0
    const best = bestCell(
      id,
      {
        count: cells,
        score: (cell) => share(scores.data[cell] ?? 0, scores.data[cells + cell] ?? 0),
        width: (cell) => at(0, cell) + at(2, cell),
        height: (cell) => at(1, cell) + at(3, cell),
      },
      { size, penalty: rule.penalty, influence: rule.window, window: hannWindow(count, 'zero') },
    )
    const middle = (index: number) => (index - Math.floor(count / 2)) * rule.stride
    const { cell } = best
    return {
      ...best,
      x: middle(cell % count) + (at(2, cell) - at(0, cell)) / 2,
      y: middle(Math.floor(cell / count)) + (at(3, cell) - at(1, cell)) / 2,
      w: at(0, cell) + at(2, cell),
      h: at(1, cell) + at(3, cell),
    }
  }
}

/** Nets with fixed sides come as two files of the same weights. */
const learningRole = ({ files }: ModelManifest): string =>
  files.template ? 'template' : 'backbone'

/** What was learnt goes into the input with the smaller grid, or the first. */
function headInputs({ inputs }: ModelFacts): readonly (ValueFacts | undefined)[] {
  const [a, b] = inputs
  const side = (value: ValueFacts | undefined) => Number(value?.dims.at(-1))
  return side(a) > side(b) ? [b, a] : [a, b]
}

/** Softmax of two: the share of the second. */
const share = (background: number, object: number): number =>
  1 / (1 + Math.exp(background - object))
