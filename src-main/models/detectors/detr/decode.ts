import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Tensor } from '../../family.ts'
import { sigmoid, softmax } from '../../tensors/numbers.ts'
import { bestFirst } from '../../tensors/suppress.ts'
import { boxAt, type Corners } from '../common/boxes.ts'
import { CandidateList, cornersOf, type FoundCandidates } from '../common/candidates.ts'
import { unnamedClass } from '../common/class-labels.ts'
import { floats, misfit, type NamedTensor, unexpected } from '../common/refuse.ts'
import type { DetrOptions } from './options.ts'

/** One of what scored enough, best first. */
export interface DetrFind {
  readonly query: number
  readonly label: string
  readonly score: number
  /** Shares of the picture's sides, or image pixels: as the contract has it. */
  readonly box: Corners
}

interface Wanted {
  readonly threshold: number
  readonly most: number
}

/** Labels, boxes and scores as the net finished them. @throws MODEL_MISFIT, MODEL_OUTPUT_INVALID */
export function finishedFinds(
  manifest: ModelManifest,
  labels: NamedTensor,
  boxes: NamedTensor,
  scores: NamedTensor,
  wanted: Wanted,
): DetrFind[] {
  const { id } = manifest
  const count = scores.dims.at(-1) ?? 0
  const corners = floats(id, boxes)
  const values = floats(id, scores)
  if (boxes.dims.at(-1) !== 4 || boxes.dims.at(-2) !== count)
    throw unexpected(id, boxes, `[1, ${count}, 4], for ${count} scores,`)
  if (labels.dims.at(-1) !== count) throw unexpected(id, labels, `[1, ${count}]`)
  const list = new CandidateList(id)
  for (let query = 0; query < count; query++) {
    const score = values[query] ?? Number.NaN
    if (list.isWanted(score, wanted.threshold))
      list.add(
        query,
        wholeAt(labels, query),
        score,
        boxAt(Float64Array.from(corners.subarray(4 * query, 4 * query + 4)), 0),
      )
  }
  return findsOf(
    list.done(),
    wanted.most,
    (index) => manifest.labels[index]?.name ?? unnamedClass(index),
  )
}

function wholeAt(tensor: Tensor, index: number): number {
  return Number(tensor.data[index] ?? Number.NaN)
}

/** Logits and boxes, a query each. @throws MODEL_MISFIT, MODEL_OUTPUT_INVALID */
export function queryFinds(
  manifest: ModelManifest,
  logits: NamedTensor,
  boxes: NamedTensor,
  options: DetrOptions,
  wanted: Wanted,
): DetrFind[] {
  const { id } = manifest
  const [queries = 0, classes = 0] = logits.dims.slice(-2)
  if (boxes.dims.at(-1) !== 4 || boxes.dims.at(-2) !== queries)
    throw unexpected(id, boxes, `[1, ${queries}, 4], for ${queries} queries,`)
  const { isSoftmax, from, to } = readingOf(manifest, logits, classes, options)
  const sides = floats(id, boxes)
  const values = floats(id, logits)
  const list = new CandidateList(id)
  for (let query = 0; query < queries; query++) {
    const start = query * classes
    const shares = isSoftmax ? softmax(values, start, classes) : null
    const shareOf = (index: number) =>
      shares ? (shares[index] ?? 0) : sigmoid(values[start + index] ?? Number.NaN)
    // Softmax: the best class. Sigmoid: every class that scores enough, as the authors' top-k over queries and classes.
    const looked = shares ? [bestOf(shares, from, to)] : range(from, to)
    for (const index of looked) {
      const score = shareOf(index)
      if (!list.isWanted(score, wanted.threshold)) continue
      const [cx = 0, cy = 0, w = 0, h = 0] = sides.subarray(4 * query, 4 * query + 4)
      list.add(query, index - from, score, cornersOf(cx, cy, w, h))
    }
  }
  return findsOf(list.done(), Math.min(wanted.most, queries), namer(manifest, classes))
}

/** Names by class index; of 80 labels for COCO's 91 category ids, each at its id. */
function namer({ labels }: ModelManifest, classes: number): (index: number) => string {
  const places = labels.length === COCO_IDS.length && classes > labels.length + 1 ? COCO_IDS : null
  return (index) => labels[places ? places.indexOf(index) : index]?.name ?? unnamedClass(index)
}

/** Category ids of COCO's 80 classes: 1 … 90 but for ten that no class has. */
const COCO_IDS = Array.from({ length: 91 }, (_, id) => id).filter(
  (id) => ![0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83].includes(id),
)

/** Which logits are classes, and what they go through. */
function readingOf(
  manifest: ModelManifest,
  logits: NamedTensor,
  classes: number,
  { head, background }: DetrOptions,
): { isSoftmax: boolean; from: number; to: number } {
  const labels = manifest.labels.length
  if (labels > classes)
    throw misfit(
      manifest.id,
      `its output ${logits.name} has ${classes} classes, and the manifest names ${labels} labels`,
    )
  const isSoftmax = head === 'softmax'
  const isOneMore = labels > 0 && labels === classes - 1
  const nothing = background ?? (isSoftmax || isOneMore ? 'last' : 'none')
  return {
    isSoftmax,
    from: nothing === 'first' ? 1 : 0,
    to: nothing === 'last' ? classes - 1 : classes,
  }
}

function bestOf(shares: Float64Array, from: number, to: number): number {
  let best = from
  for (let i = from + 1; i < to; i++) if ((shares[i] ?? 0) > (shares[best] ?? 0)) best = i
  return best
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}

/** Rows of `cx, cy, w, h` in 0 … 1 and the scores of all classes. @throws MODEL_MISFIT, MODEL_OUTPUT_INVALID */
export function joinedFinds(
  manifest: ModelManifest,
  output: NamedTensor,
  wanted: Wanted,
): DetrFind[] {
  const { id } = manifest
  const [queries = 0, width = 0] = output.dims.slice(-2)
  const classes = width - 4
  if (output.dims.length !== 3 || classes < 1 || manifest.labels.length > classes)
    throw unexpected(id, output, `[1, queries, 4 + ${manifest.labels.length || 'classes'}]`)
  const values = floats(id, output)
  const isLogits = hasLogits(values, width)
  const list = new CandidateList(id)
  for (let query = 0; query < queries; query++) {
    const row = values.subarray(query * width, (query + 1) * width)
    const best = bestOf(Float64Array.from(row), 4, width)
    const raw = row[best] ?? Number.NaN
    const score = isLogits ? sigmoid(raw) : raw
    if (!list.isWanted(score, wanted.threshold)) continue
    const [cx = 0, cy = 0, w = 0, h = 0] = row
    list.add(query, best - 4, score, cornersOf(cx, cy, w, h))
  }
  return findsOf(list.done(), wanted.most, namer(manifest, classes))
}

/** Scores lie between 0 and 1; logits of hundreds of queries never all do. */
function hasLogits(values: Float32Array | Float64Array, width: number): boolean {
  return values.some((value, i) => i % width >= 4 && (value < -0.05 || value > 1.05))
}

function findsOf(
  found: FoundCandidates,
  most: number,
  name: (index: number) => string,
): DetrFind[] {
  return [...bestFirst(found.scores).subarray(0, most)].map((i) => ({
    query: found.rows[i] ?? 0,
    label: name(found.classes[i] ?? 0),
    score: found.scores[i] ?? 0,
    box: boxAt(found.boxes, i),
  }))
}
