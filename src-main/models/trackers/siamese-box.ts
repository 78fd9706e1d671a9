import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor, Tracker } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { cropTo } from '../tensors/crop.ts'
import { inputOf, invalid, outputOf } from '../tensors/feeds.ts'
import { bestCell, hannWindow } from './best-cell.ts'
import { lostBelow, parameterOf } from './lost-below.ts'
import { type Look, lookOf } from './picture-side.ts'
import { type CentredBox, contextSide, type Origin, originOf, rectangleAt } from './tracked-box.ts'

const GREY = 114
const threshold = lostBelow(0.2)

const options = z.strictObject({
  window: z.number().min(0).max(1).default(0.35),
  sizePenalty: z.number().min(0).default(0.05),
  sizeRate: z.number().min(0).max(1).default(0.6),
  /** How much wider it looks on each frame on which the object is lost, and at most. */
  growth: z.number().min(1).default(1.2),
  mostGrowth: z.number().min(1).default(2),
  /** Image pixels. */
  leastSide: z.number().positive().default(6),
  /** Side of the search area in sides of the template's. */
  searchFactor: z.number().min(1).default(2),
})

interface State {
  readonly origin: Origin
  readonly box: CentredBox
  readonly wide: number
  readonly learnt: Readonly<Record<string, Tensor>>
}

/**
 * A siamese tracker whose search net answers a score and a box for each cell of its grid: `score` `[1, 1, n, n]` after the
 * sigmoid, `box` `[1, 4, n, n]`, the ways left, up, right and down from the cell's middle in search pixels.
 */
export const siameseBox: Family = {
  id: 'siamese-box',
  name: 'Siamese box tracker',
  kind: 'tracker',
  roles: ['template', 'search'],
  parameters: [threshold],
  shapeTypes: ['rectangle'],
  recognise({ template, search }) {
    const heads = search && headsOf(search)
    if (!template || !search || !heads || template.inputs.length !== 1) return null
    const kept = new Set(template.outputs.map(({ name }) => name))
    const pictures = search.inputs.filter(({ name }) => !kept.has(name))
    if (pictures.length !== 1 || search.inputs.length !== kept.size + 1) return null
    return { certainty: 0.8, manifest: {}, missing: [], classes: null }
  },
  open: openSiameseBox,
}

/** Which output is the score and which the box. */
function headsOf({ outputs }: ModelFacts): { score: string; box: string } | null {
  const withChannels = (count: number) =>
    outputs.filter(({ dims }) => dims.length === 4 && dims[1] === count)
  const [score, box] = [withChannels(1), withChannels(4)]
  const isClear = score.length === 1 && box.length === 1 && outputs.length === 2
  return isClear ? { score: score[0]?.name ?? '', box: box[0]?.name ?? '' } : null
}

function openSiameseBox(manifest: ModelManifest, runtime: ModelRuntime): Tracker<State> {
  const { id } = manifest
  const rule = readOptions(options, manifest)
  const least = parameterOf(manifest, threshold)
  const facts = { template: runtime.facts('template'), search: runtime.facts('search') }
  const heads = headsOf(facts.search)
  if (!heads)
    throw new AppError('MODEL_MISFIT', {
      id,
      problem: 'the search net gives no score and box a cell',
    })
  const kept = new Set(facts.template.outputs.map(({ name }) => name))
  const plain = { color: 'rgb', scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] } as const
  const seen = inputOf(id, facts.template)
  const sought = inputOf(id, {
    ...facts.search,
    inputs: facts.search.inputs.filter(({ name }) => !kept.has(name)),
  })
  const template = lookOf(manifest, 'template', seen, { ...plain, side: 64 })
  const search = lookOf(manifest, 'search', sought, { ...plain, side: 128 })

  async function look(picture: RgbPicture, { box, wide, learnt }: State) {
    const side = rule.searchFactor * contextSide(box.w, box.h) * wide
    const feeds = { ...learnt, [sought.name]: square(picture, box, side, search) }
    const outputs = await runtime.run('search', feeds)
    const score = outputOf(id, outputs, [heads?.score ?? ''], 4)
    const found = outputOf(id, outputs, [heads?.box ?? ''], 4)
    const count = score.dims[3] ?? 0
    const isGrid = score.dims[2] === count && found.data.length === 4 * score.data.length
    if (!isGrid || score.data.length !== count * count)
      throw invalid(id, 'its score and its boxes are not of one square grid')
    const cells = count * count
    const at = (way: number, cell: number) => found.data[way * cells + cell] ?? 0
    const scale = search.side / side
    const best = bestCell(
      id,
      {
        count: cells,
        score: (cell) => score.data[cell] ?? Number.NaN,
        width: (cell) => at(0, cell) + at(2, cell),
        height: (cell) => at(1, cell) + at(3, cell),
      },
      {
        size: { w: box.w * scale, h: box.h * scale },
        penalty: rule.sizePenalty,
        influence: rule.window,
        window: hannWindow(count, 'inner'),
      },
    )
    const cell = search.side / count
    const place = (index: number, less: number, more: number) =>
      (index + 0.5) * cell + (at(more, best.cell) - at(less, best.cell)) / 2 - search.side / 2
    return {
      ...best,
      x: place(best.cell % count, 0, 2) / scale,
      y: place(Math.floor(best.cell / count), 1, 3) / scale,
      w: (at(0, best.cell) + at(2, best.cell)) / scale,
      h: (at(1, best.cell) + at(3, best.cell)) / scale,
    }
  }

  return {
    async begin(picture, shape) {
      const origin = originOf(shape)
      const { box } = origin
      const input = square(picture, box, contextSide(box.w, box.h), template)
      const learnt = await runtime.run('template', { [seen.name]: input })
      return { origin, box, wide: 1, learnt }
    },
    async update(picture, state) {
      const { box } = state
      const best = await look(picture, state)
      if (best.score < least) {
        const wide = Math.min(rule.mostGrowth, rule.growth * state.wide)
        return { shape: null, state: { ...state, wide } }
      }
      const rate = rule.sizeRate * best.penalty
      const size = (before: number, now: number) =>
        Math.max(rule.leastSide, (1 - rate) * before + rate * now)
      const next = {
        cx: Math.max(0, Math.min(picture.width, box.cx + best.x)),
        cy: Math.max(0, Math.min(picture.height, box.cy + best.y)),
        w: size(box.w, best.w),
        h: size(box.h, best.h),
      }
      const shape = rectangleAt(state.origin, next, Math.min(1, best.score))
      return { shape, state: { ...state, box: next, wide: 1 } }
    },
  }
}

function square(picture: RgbPicture, { cx, cy }: CentredBox, side: number, look: Look): Tensor {
  const half = side / 2
  const box = { left: cx - half, top: cy - half, right: cx + half, bottom: cy + half }
  return look.tensor(cropTo(picture, box, look.side, look.side, look.pad ?? GREY))
}
