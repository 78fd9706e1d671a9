import { type TensorKernels, tensorKernels } from '#native/tensor-kernels.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { Tensor } from '../family.ts'
import { colorOf, type PadColor } from './crop.ts'
import { type Placement, type PlacementRule, place } from './placement.ts'
import { resampleRows } from './resample.ts'
import { type Interpolation, planOf, type Resampling } from './resample-plan.ts'

/** All that is to be known about a picture's way into a tensor; `model-input.ts` makes it of manifest and file. */
export interface PictureTensorRule extends PlacementRule {
  readonly color: 'rgb' | 'bgr' | 'gray'
  readonly interpolation: Interpolation
  /** 0 … 255, normalised like pixels. */
  readonly pad: PadColor
  /** What lies outside the picture as the tensor has it, in place of `pad`: SAM's zeros after normalisation. */
  readonly padAfter: number | null
  /** Value = (pixel * scale - mean) / std, in the order of `color`. */
  readonly scale: number
  readonly mean: readonly number[]
  readonly std: readonly number[]
  /** `uint8` takes pixels as they are. */
  readonly type: 'float32' | 'uint8'
  readonly layout: 'chw' | 'hwc'
  /** Leading dims: `[1]`, `[]`, or `[4]` of a fixed batch, which is fed copies. */
  readonly batch: readonly number[]
}

export interface PreparedPicture {
  readonly tensor: Tensor
  readonly placement: Placement
  /** The net has read the tensor: its memory goes to the next picture. */
  release(): void
}

/** More buffers than this are not kept: pictures are looked at one after the other, or a few at once. */
const MOST_KEPT = 2

/**
 * Makes pictures into tensors of one kind: fits, resizes, reorders and normalises row by row, in memory that is used again.
 * @param kernels  null: without them, which gives the same numbers
 * @returns a function that takes any picture
 */
export function pictureTensors(
  rule: PictureTensorRule,
  kernels: TensorKernels | null = tensorKernels(),
): (picture: RgbPicture) => PreparedPicture {
  const table = valueTable(rule)
  const free: (Float32Array | Uint8Array)[] = []
  const channels = rule.color === 'gray' ? 1 : 3
  const one = channels * rule.width * rule.height
  const copies = rule.batch.reduce((product, size) => product * size, 1)
  const sides =
    rule.layout === 'chw'
      ? [channels, rule.height, rule.width]
      : [rule.height, rule.width, channels]
  return (picture) => {
    const data = free.pop() ?? newBuffer(rule, one * copies)
    const placement = place(picture, rule)
    fill(picture, placement, rule, table, data, kernels)
    for (let i = 1; i < copies; i++) data.copyWithin(i * one, 0, one)
    return {
      tensor: { type: rule.type, dims: [...rule.batch, ...sides], data },
      placement,
      // A buffer that went to another thread has no length left.
      release: () => {
        if (data.length > 0 && free.length < MOST_KEPT && !free.includes(data)) free.push(data)
      },
    }
  }
}

function newBuffer(rule: PictureTensorRule, length: number): Float32Array | Uint8Array {
  return rule.type === 'float32' ? new Float32Array(length) : new Uint8Array(length)
}

/** What each of the 256 pixel values becomes, channel by channel of red, green, blue (or gray). */
function valueTable({ color, scale, mean, std, type }: PictureTensorRule): Float32Array[] {
  const order = color === 'bgr' ? [2, 1, 0] : color === 'rgb' ? [0, 1, 2] : [0]
  return order.map((channel) =>
    Float32Array.from({ length: 256 }, (_, value) =>
      type === 'uint8' ? value : (value * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1),
    ),
  )
}

/** Where each of red, green, blue begins in the tensor, and the way from pixel to pixel. */
function strides({ color, layout, width, height }: PictureTensorRule) {
  if (color === 'gray') return { starts: [0], step: 1 }
  const plane = layout === 'chw' ? width * height : 1
  const starts = color === 'rgb' ? [0, plane, 2 * plane] : [2 * plane, plane, 0]
  return { starts, step: layout === 'chw' ? 1 : 3 }
}

function fill(
  picture: RgbPicture,
  placement: Placement,
  rule: PictureTensorRule,
  table: readonly Float32Array[],
  data: Float32Array | Uint8Array,
  kernels: TensorKernels | null,
): void {
  const { starts, step } = strides(rule)
  const wanted = {
    left: Math.max(0, -placement.left),
    top: Math.max(0, -placement.top),
    right: Math.min(placement.width, rule.width - placement.left),
    bottom: Math.min(placement.height, rule.height - placement.top),
  }
  const left = placement.left + wanted.left
  const top = placement.top + wanted.top
  if (wanted.right - wanted.left < rule.width || wanted.bottom - wanted.top < rule.height)
    pad(rule, table, data)
  const resampling: Resampling = {
    interpolation: rule.interpolation,
    source: placement.source,
    width: placement.width,
    height: placement.height,
    wanted,
  }
  const at = (y: number) => ((top + y) * rule.width + left) * step
  if (kernels !== null && fillPlanes(picture, resampling, rule, table, data, at, kernels)) return
  resampleRows(picture, resampling, (y, row) => {
    if (rule.color === 'gray') putGray(row, table[0], data, at(y))
    else
      for (let c = 0; c < 3; c++) putChannel(row, c, table[c], data, at(y) + (starts[c] ?? 0), step)
  })
}

/** The quick way, for what most nets take: floats in planes. @returns whether it could be gone */
function fillPlanes(
  picture: RgbPicture,
  resampling: Resampling,
  rule: PictureTensorRule,
  tables: readonly Float32Array[],
  data: Float32Array | Uint8Array,
  at: (y: number) => number,
  kernels: TensorKernels,
): boolean {
  if (rule.type !== 'float32' || rule.layout !== 'chw' || rule.color === 'gray') return false
  const { columns, rows, rounding } = planOf(resampling)
  if (rounding === 'copy') return false
  const { left, top } = resampling.source
  const planes = kernels.planes({
    ...{ rgb: picture.rgb, pictureWidth: picture.width, left, top },
    ...{ columns, rows, rounding, tables },
  })
  const { starts } = strides(rule)
  for (const [c, start] of starts.entries())
    for (let y = 0; y < rows.length; y++) {
      const from = (c * rows.length + y) * columns.length
      data.set(planes.subarray(from, from + columns.length), start + at(y))
    }
  return true
}

function putChannel(
  row: Uint8Array,
  channel: number,
  values: Float32Array | undefined,
  data: Float32Array | Uint8Array,
  start: number,
  step: number,
): void {
  if (values === undefined) return
  for (let i = channel, o = start; i < row.length; i += 3, o += step)
    data[o] = values[row[i] ?? 0] ?? 0
}

/** OpenCV's grey: 14 bits a weight. */
function grayOf(red: number, green: number, blue: number): number {
  return (red * 4899 + green * 9617 + blue * 1868 + 8192) >> 14
}

function putGray(
  row: Uint8Array,
  values: Float32Array | undefined,
  data: Float32Array | Uint8Array,
  start: number,
): void {
  if (values === undefined) return
  for (let i = 0, o = start; i < row.length; i += 3, o++)
    data[o] = values[grayOf(row[i] ?? 0, row[i + 1] ?? 0, row[i + 2] ?? 0)] ?? 0
}

function pad(
  rule: PictureTensorRule,
  table: readonly Float32Array[],
  data: Float32Array | Uint8Array,
): void {
  const { starts, step } = strides(rule)
  const color = colorOf(rule.pad)
  const pixels = rule.width * rule.height
  starts.forEach((start, c) => {
    const gray = rule.color === 'gray' ? grayOf(...color) : (color[c] ?? 0)
    const value = rule.padAfter ?? table[c]?.[gray] ?? 0
    if (step === 1) data.fill(value, start, start + pixels)
    else for (let i = 0, o = start; i < pixels; i++, o += step) data[o] = value
  })
}

/** A picture that is cut to size already, normalised and in no need of fitting. The tensor's memory is its own. */
export function toTensor(
  picture: RgbPicture,
  rule: Pick<PictureTensorRule, 'color' | 'scale'> & Partial<PictureTensorRule>,
): Tensor {
  return pictureTensors({
    interpolation: 'linear',
    pad: 0,
    padAfter: null,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    type: 'float32',
    layout: 'chw',
    batch: [1],
    ...rule,
    fit: 'stretch',
    rounding: 'even',
    cropShare: null,
    width: picture.width,
    height: picture.height,
  })(picture).tensor
}
