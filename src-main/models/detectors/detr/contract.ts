import type { ModelFacts, ValueFacts } from '../../family.ts'
import { pictureInputOf } from '../common/input-rule.ts'

/** The three ways in which detection transformers are exported. Names are those of the file's inputs and outputs. */
export type DetrContract =
  /** Labels, boxes in the picture's own pixels and scores, already the best ones: RT-DETR, D-FINE, DEIM. */
  | {
      readonly kind: 'finished'
      readonly sizes: ValueFacts
      readonly labels: string
      readonly boxes: string
      readonly scores: string
    }
  /** Logits and boxes `cx, cy, w, h` in 0 … 1, a query each: Transformers, RF-DETR. */
  | {
      readonly kind: 'queries'
      readonly logits: string
      readonly boxes: string
      /** [1, queries, h, w] of logits. */
      readonly masks: string | null
      /** Pixels that are picture: Transformers' DETR wants to know. */
      readonly pixelMask: ValueFacts | null
    }
  /** Box and scores of a query in one row: RT-DETR as Ultralytics exports it. */
  | { readonly kind: 'joined'; readonly output: string }

/** @returns null for nets that are none of the three */
export function contractOf(facts: ModelFacts): DetrContract | null {
  const picture = pictureInputOf(facts)
  if (picture === null) return null
  const others = facts.inputs.filter(({ name }) => name !== picture.value.name)
  const [other] = others
  if (others.length > 1) return null
  if (other !== undefined && other.dims.length === 2 && other.dims[1] !== undefined)
    return isSide(other.dims[1]) ? finished(facts.outputs, other) : null
  if (other !== undefined && !/mask/i.test(other.name)) return null
  return queries(facts.outputs, other ?? null) ?? (other ? null : joined(facts.outputs))
}

const isSide = (dim: number | string) => dim === 2 || typeof dim === 'string'
const isLike = (pattern: RegExp) => (value: ValueFacts) => pattern.test(value.name)
const isBoxes = ({ dims }: ValueFacts) => dims.length === 3 && dims[2] === 4

function finished(outputs: readonly ValueFacts[], sizes: ValueFacts): DetrContract | null {
  const boxes = outputs.find(isLike(/box/i)) ?? outputs.find(isBoxes)
  const flat = outputs.filter((output) => output !== boxes && output.dims.length <= 2)
  const isWhole = ({ type }: ValueFacts) => type === 'int64' || type === 'int32'
  const labels = flat.find(isLike(/label|class/i)) ?? flat.find(isWhole)
  const scores = flat.find(isLike(/score|conf/i)) ?? flat.find((one) => one !== labels)
  if (!boxes || !labels || !scores || labels === scores) return null
  return { kind: 'finished', sizes, labels: labels.name, boxes: boxes.name, scores: scores.name }
}

/** By name first: with three classes and a background, logits look just like boxes. */
function queries(
  outputs: readonly ValueFacts[],
  pixelMask: ValueFacts | null,
): DetrContract | null {
  const tables = outputs.filter(({ dims }) => dims.length === 3)
  const boxes = tables.find(isLike(/^dets$|box/i)) ?? tables.find(isBoxes)
  const rest = tables.filter((output) => output !== boxes)
  const logits = rest.find(isLike(/^labels$|logit|class|score/i)) ?? rest[0]
  if (!boxes || !logits || (boxes.dims[2] !== 4 && typeof boxes.dims[2] === 'number')) return null
  const masks = outputs.find(({ dims, name }) => dims.length === 4 && /mask/i.test(name))
  return {
    kind: 'queries',
    logits: logits.name,
    boxes: boxes.name,
    masks: masks?.name ?? null,
    pixelMask,
  }
}

function joined(outputs: readonly ValueFacts[]): DetrContract | null {
  const [only] = outputs
  if (!only || outputs.length !== 1 || only.dims.length !== 3) return null
  const [, , width] = only.dims
  return typeof width === 'string' || (width ?? 0) > 4
    ? { kind: 'joined', output: only.name }
    : null
}
