import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { simplifyLoops } from '#shared/geometry/simplify.ts'
import { smallestRectangle } from '#shared/geometry/smallest-rectangle.ts'
import type { FoundShape, RgbPicture } from '../../core/ports.ts'
import type { Family, ModelFacts, ModelRuntime, Tensor, Tracker } from '../family.ts'
import { readOptions } from '../manifest-options.ts'
import { inputOf, invalid, outputOf, requireFinite } from '../tensors/feeds.ts'
import { sigmoid } from '../tensors/numbers.ts'
import { roundHalfEven } from '../tensors/taps.ts'
import { anchorsOf } from './anchors.ts'
import { bestCell, hannWindow } from './best-cell.ts'
import { clippedBox } from './clipped-box.ts'
import { lostBelow, parameterOf } from './lost-below.ts'
import { lookOf } from './picture-side.ts'
import { boxAround, outlineOf } from './siammask-mask.ts'
import { meanColor, subwindow } from './subwindow.ts'
import { type CentredBox, contextSide, type Origin, originOf, rectangleAt } from './tracked-box.ts'

const EXEMPLAR = 127
const INSTANCE = 255
const threshold = lostBelow(0)
/** Share of a mask's corners a polygon keeps: its edges are pixels' steps. */
const OUTLINE_DENSITY = 0.3
const defaults = { color: 'bgr', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const

/** The numbers of the released configurations. */
const options = z.strictObject({
  penalty: z.number().min(0).default(0.04),
  window: z.number().min(0).max(1).default(0.4),
  rate: z.number().min(0).max(1).default(1),
  stride: z.number().positive().default(8),
  ratios: z.array(z.number().positive()).min(1).max(16).default([0.33, 0.5, 1, 2, 3]),
  scale: z.number().positive().default(8),
  /** Probability from which on a pixel of the mask belongs to the object. */
  maskThreshold: z.number().min(0).max(1).default(0.35),
  /** Cells the mask reaches beyond the anchor's. */
  maskBase: z.number().default(8),
})

interface State {
  readonly origin: Origin
  readonly box: CentredBox
  readonly learnt: Readonly<Record<string, Tensor>>
  readonly pad: readonly [number, number, number]
}

/**
 * SiamMask in two nets: what the template's gives goes into the search's, which answers scores `[1, 2a, n, n]`, boxes
 * `[1, 4a, n, n]` for `a` anchors and, when it has them, masks `[1, m², n, n]`.
 * @see Wang et al. 2019, Fast Online Object Tracking and Segmentation: A Unifying Approach
 */
export const siamMask: Family = {
  id: 'siammask',
  name: 'SiamMask',
  kind: 'tracker',
  roles: ['template', 'search'],
  parameters: [threshold],
  shapeTypes: ['rectangle', 'polygon'],
  recognise({ template, search }) {
    if (!template || !search || template.inputs.length !== 1) return null
    const kept = new Set(template.outputs.map(({ name }) => name))
    const isFed = search.inputs.length === kept.size + 1
    const isAnchored = headsOf(search, 5) !== null
    return isFed && isAnchored
      ? { certainty: 0.85, manifest: {}, missing: [], classes: null }
      : null
  },
  open: openSiamMask,
}

interface Heads {
  readonly scores: string
  readonly boxes: string
  readonly masks: string | null
}

function headsOf({ outputs }: ModelFacts, anchors: number): Heads | null {
  const maps = outputs.filter(({ dims }) => dims.length === 4)
  const scores = maps.find(({ dims }) => dims[1] === 2 * anchors)?.name
  const boxes = maps.find(({ dims }) => dims[1] === 4 * anchors)?.name
  const masks = maps.find(({ name, dims }) => name !== boxes && isSquare(dims[1]))?.name ?? null
  return scores !== undefined && boxes !== undefined ? { scores, boxes, masks } : null
}

const isSquare = (dim: number | string | undefined): boolean =>
  typeof dim === 'number' && dim >= 225 && Number.isInteger(Math.sqrt(dim))

function openSiamMask(manifest: ModelManifest, runtime: ModelRuntime): Tracker<State> {
  const { id } = manifest
  const rule = readOptions(options, manifest)
  const least = parameterOf(manifest, threshold)
  const anchors = anchorsOf(rule.stride, rule.ratios, rule.scale)
  const facts = { template: runtime.facts('template'), search: runtime.facts('search') }
  const heads = headsOf(facts.search, anchors.length)
  if (!heads) {
    const problem = `the search net gives no scores and boxes for ${anchors.length} anchors`
    throw new AppError('MODEL_MISFIT', { id, problem })
  }
  const kept = new Set(facts.template.outputs.map(({ name }) => name))
  const seen = inputOf(id, facts.template)
  const pictures = facts.search.inputs.filter(({ name }) => !kept.has(name))
  const sought = inputOf(id, { ...facts.search, inputs: pictures })
  const template = lookOf(manifest, 'template', seen, { ...defaults, side: EXEMPLAR })
  const search = lookOf(manifest, 'search', sought, { ...defaults, side: INSTANCE })

  function read(answer: Readonly<Record<string, Tensor>>, size: { w: number; h: number }) {
    const scores = outputOf(id, answer, [heads?.scores ?? ''], 4)
    const boxes = outputOf(id, answer, [heads?.boxes ?? ''], 4)
    const count = scores.dims[3] ?? 0
    const plane = count * count
    const cells = anchors.length * plane
    if (scores.data.length !== 2 * cells || boxes.data.length !== 4 * cells)
      throw invalid(id, 'its scores and its boxes are not of one square grid')
    const anchor = (cell: number) => anchors[Math.floor(cell / plane)] ?? { w: 1, h: 1 }
    const value = (row: number, cell: number) => boxes.data[row * cells + cell] ?? 0
    const window = hannWindow(count, 'zero')
    const best = bestCell(
      id,
      {
        count: cells,
        score: (cell) => sigmoid((scores.data[cells + cell] ?? 0) - (scores.data[cell] ?? 0)),
        width: (cell) => Math.exp(value(2, cell)) * anchor(cell).w,
        height: (cell) => Math.exp(value(3, cell)) * anchor(cell).h,
      },
      {
        ...{ size, penalty: rule.penalty, influence: rule.window },
        window: Float64Array.from({ length: cells }, (_, cell) => window[cell % plane] ?? 0),
      },
    )
    const { cell } = best
    const column = cell % count
    const row = Math.floor((cell % plane) / count)
    const middle = (index: number) => (index - Math.floor(count / 2)) * rule.stride
    return {
      ...{ ...best, row, column },
      x: value(0, cell) * anchor(cell).w + middle(column),
      y: value(1, cell) * anchor(cell).h + middle(row),
      w: Math.exp(value(2, cell)) * anchor(cell).w,
      h: Math.exp(value(3, cell)) * anchor(cell).h,
    }
  }

  /** The outline of the mask the best cell sees, on the picture. */
  function outline(
    answer: Readonly<Record<string, Tensor>>,
    { row, column }: { row: number; column: number },
    { box, side }: { box: CentredBox; side: number },
    picture: RgbPicture,
  ): number[] | null {
    if (!heads?.masks) return null
    const { dims, data } = outputOf(id, answer, [heads.masks], 4)
    const [, values = 0, count = 0] = dims
    const width = Math.round(Math.sqrt(values))
    const cell = row * count + column
    const logits = Float64Array.from(
      { length: values },
      (_, at) => data[at * count * count + cell] ?? 0,
    )
    requireFinite(id, 'its mask', logits)
    const pixel = side / search.side
    const corner = (centre: number, index: number) =>
      centre - side / 2 + (index - rule.maskBase / 2) * rule.stride * pixel
    const place = {
      left: corner(box.cx, column),
      top: corner(box.cy, row),
      scale: (pixel * EXEMPLAR) / width,
    }
    const grid = { width, height: width, data: logits.map(sigmoid) }
    return outlineOf(grid, place, picture, rule.maskThreshold)
  }

  return {
    async begin(picture, shape) {
      const origin = originOf(shape)
      const { box } = origin
      const pad = meanColor(picture)
      const side = Math.max(1, roundHalfEven(contextSide(box.w, box.h)))
      const cut = subwindow(picture, { ...box, side, size: template.side, corner: 'even', pad })
      const learnt = await runtime.run('template', { [seen.name]: template.tensor(cut.picture) })
      return { origin, box, learnt, pad }
    },
    async update(picture, state) {
      const { box, pad } = state
      const context = contextSide(box.w, box.h)
      const scale = EXEMPLAR / context
      const side = Math.max(1, roundHalfEven((context * search.side) / EXEMPLAR))
      const cut = subwindow(picture, { ...box, side, size: search.side, corner: 'even', pad })
      const input = search.tensor(cut.picture)
      const answer = await runtime.run('search', { ...state.learnt, [sought.name]: input })
      const best = read(answer, { w: box.w * scale, h: box.h * scale })
      if (best.score < least) return { shape: null, state }
      const rate = best.penalty * best.score * rule.rate
      const found = {
        cx: box.cx + best.x / scale,
        cy: box.cy + best.y / scale,
        w: box.w * (1 - rate) + (best.w / scale) * rate,
        h: box.h * (1 - rate) + (best.h / scale) * rate,
      }
      const edge = outline(answer, best, { box, side }, picture)
      const shape = shapeOf(state.origin, found, edge, best.score)
      return { shape, state: { ...state, box: clippedBox(picture, found) } }
    },
  }
}

/** What was followed decides: a polygon gets the mask's outline, a rectangle the box around it, turned if it was turned. */
function shapeOf(
  origin: Origin,
  box: CentredBox,
  outline: number[] | null,
  score: number,
): FoundShape {
  const { type, rotation } = origin.shape
  if (!outline && type === 'rectangle') return rectangleAt(origin, box, score)
  const { cx, cy, w, h } = box
  const [left, top, right, bottom] = [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2]
  const corners = outline ?? [left, top, right, top, right, bottom, left, bottom]
  if (type === 'polygon') {
    const points = outline ? (simplifyLoops([outline], OUTLINE_DENSITY)[0] ?? outline) : corners
    return { type, points, rotation: 0, score }
  }
  if (rotation !== 0) return { type: 'rectangle', ...smallestRectangle(corners), score }
  const points = outline ? boxAround(outline) : [left, top, right, bottom]
  return { type: 'rectangle', points, rotation: 0, score }
}
