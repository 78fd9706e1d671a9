import { type Detection, detection } from '#shared/domain/detection.ts'
import type { FunctionParameter } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { Detector, ModelRuntime, Tensor } from '../../family.ts'
import { readOptions } from '../../manifest-options.ts'
import { feedOf } from '../../tensors/feeds.ts'
import { maskOfGrid } from '../../tensors/grid-mask.ts'
import { bilinearWeights } from '../../tensors/line-weights.ts'
import type { PreparedPicture } from '../../tensors/picture-tensor.ts'
import type { Placement } from '../../tensors/placement.ts'
import { imageBox, rectangle } from '../common/boxes.ts'
import { type InputDefaults, openPictureInput } from '../common/input-rule.ts'
import { openNaturalInput } from '../common/natural-input.ts'
import { MAX_DETECTIONS, parameterReader, THRESHOLD } from '../common/parameters.ts'
import { floats, inOrder, misfit, type NamedTensor, unexpected } from '../common/refuse.ts'
import { contractOf, type DetrContract } from './contract.ts'
import { type DetrFind, finishedFinds, joinedFinds, queryFinds } from './decode.ts'
import { type DetrOptions, detrOptionsSchema } from './options.ts'

export const detrParameters: readonly FunctionParameter[] = [THRESHOLD, MAX_DETECTIONS]

/** What a family knows that neither file nor manifest says. */
export interface DetrStyle {
  readonly input: InputDefaults
  /** Pictures keep their shape where the file leaves its sides open; otherwise they are fed at the family's size. */
  readonly keepsShape: boolean
  /** What `options` has where the manifest is silent. */
  readonly usual: (manifest: ModelManifest, classes: number | null) => Partial<DetrOptions>
}

/**
 * Ready a detection transformer, however it was exported.
 * @throws MODEL_MISFIT, MODEL_MANIFEST_INVALID
 */
export function openDetr(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  style: DetrStyle,
): Detector {
  const given = readOptions(detrOptionsSchema, manifest)
  const facts = runtime.facts('model')
  const contract = contractOf(facts)
  if (contract === null)
    throw misfit(
      manifest.id,
      'it has neither labels, boxes and scores, nor logits and boxes, nor a table of both',
    )
  const logits = contract.kind === 'queries' ? contract.logits : ''
  const classes = facts.outputs.find(({ name }) => name === logits)?.dims.at(-1)
  const usual = style.usual(manifest, typeof classes === 'number' ? classes : null)
  const options: DetrOptions = { ...usual, ...given }
  const input = style.keepsShape
    ? openNaturalInput(manifest, runtime, style.input, options)
    : openPictureInput(manifest, runtime, style.input)
  return {
    async detect(picture, values) {
      const prepared = input.prepare(picture)
      const { tensor, placement, release } = prepared
      const feeds = { [input.name]: tensor, ...otherFeeds(contract, picture, prepared) }
      const outputs = await runtime.run('model', feeds).finally(release)
      const tensors = new Map(
        inOrder(manifest.id, outputs, facts.outputs).map((one) => [one.name, one]),
      )
      const read = parameterReader(detrParameters, manifest.parameters, values)
      const wanted = { threshold: read.number('threshold'), most: read.number('maxDetections') }
      const find = (name: string): NamedTensor =>
        tensors.get(name) ?? { name, type: 'float32', dims: [], data: new Float32Array(0) }
      const finds = findsOf(manifest, contract, options, find, wanted)
      return drawn(manifest.id, finds, contract, find, picture, prepared, placement)
    },
  }
}

/** Sizes as width and height; boxes come back in pixels of them. */
function otherFeeds(
  contract: DetrContract,
  picture: RgbPicture,
  { tensor, placement }: PreparedPicture,
): Record<string, Tensor> {
  const batch = tensor.dims.length === 4 ? (tensor.dims[0] ?? 1) : 1
  if (contract.kind === 'finished') {
    const [width, height] = pixelsOf(picture, tensor, placement)
    const sizes = Array.from({ length: batch }, () => [width, height]).flat()
    return { [contract.sizes.name]: feedOf(contract.sizes, sizes, [batch, 2]) }
  }
  if (contract.kind !== 'queries' || contract.pixelMask === null) return {}
  const open = tensor.dims.slice(-2)
  const sides = contract.pixelMask.dims
    .slice(-2)
    .map((dim, i) => (typeof dim === 'number' ? dim : (open[i] ?? 1)))
  const dims = [batch, ...sides]
  const ones = new Uint8Array(dims.reduce((product, side) => product * side, 1)).fill(1)
  return { [contract.pixelMask.name]: feedOf(contract.pixelMask, ones, dims) }
}

/** Of a stretched picture its own sides, which is what the authors feed; of every other fit the input's. */
function pixelsOf(
  picture: RgbPicture,
  tensor: Tensor,
  placement: Placement,
): readonly [width: number, height: number] {
  if (isStretched(tensor, placement)) return [picture.width, picture.height]
  const [height = 1, width = 1] = tensor.dims.slice(-2)
  return [width, height]
}

function isStretched(tensor: Tensor, placement: Placement): boolean {
  const [height, width] = tensor.dims.slice(-2)
  return (
    placement.left === 0 &&
    placement.top === 0 &&
    placement.width === width &&
    placement.height === height &&
    placement.source.right - placement.source.left === placement.pictureWidth
  )
}

function findsOf(
  manifest: ModelManifest,
  contract: DetrContract,
  options: DetrOptions,
  find: (name: string) => NamedTensor,
  wanted: { readonly threshold: number; readonly most: number },
): DetrFind[] {
  switch (contract.kind) {
    case 'finished':
      return finishedFinds(
        manifest,
        find(contract.labels),
        find(contract.boxes),
        find(contract.scores),
        wanted,
      )
    case 'queries':
      return queryFinds(manifest, find(contract.logits), find(contract.boxes), options, wanted)
    case 'joined':
      return joinedFinds(manifest, find(contract.output), wanted)
  }
}

function drawn(
  id: string,
  finds: readonly DetrFind[],
  contract: DetrContract,
  find: (name: string) => NamedTensor,
  picture: RgbPicture,
  { tensor }: PreparedPicture,
  placement: Placement,
): Detection[] {
  const [height = 1, width = 1] = tensor.dims.slice(-2)
  const isFinished = contract.kind === 'finished'
  const isDirect = isFinished && isStretched(tensor, placement)
  const maskOf =
    contract.kind === 'queries' && contract.masks !== null
      ? masksOf(id, find(contract.masks), picture)
      : null
  return finds.flatMap(({ query, label, score, box: [x1, y1, x2, y2] }) => {
    const model = isFinished
      ? ([x1, y1, x2, y2] as const)
      : ([x1 * width, y1 * height, x2 * width, y2 * height] as const)
    const corners = isDirect ? clipped(model, picture) : imageBox(placement, model)
    if (corners === null) return []
    if (maskOf === null) return [rectangle(label, score, corners)]
    const points = maskOf(query)
    return points ? [detection({ label, type: 'mask', points, score })] : []
  })
}

function clipped(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  { width, height }: RgbPicture,
) {
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, value))
  const box = [
    inside(x1, width),
    inside(y1, height),
    inside(x2, width),
    inside(y2, height),
  ] as const
  return box[2] > box[0] && box[3] > box[1] ? box : null
}

/** Masks of queries, each over the whole picture, enlarged bilinearly. */
function masksOf(id: string, masks: NamedTensor, picture: RgbPicture) {
  const [queries = 0, height = 0, width = 0] = masks.dims.slice(-3)
  if (masks.dims.length !== 4 || queries * height * width === 0)
    throw unexpected(id, masks, '[1, queries, height, width]')
  const data = floats(id, masks)
  const view = {
    columns: bilinearWeights(width, picture.width),
    rows: bilinearWeights(height, picture.height),
    box: { left: 0, top: 0, right: picture.width, bottom: picture.height },
  }
  return (query: number) =>
    maskOfGrid({ width, height, data, offset: query * width * height }, view, 0)
}
