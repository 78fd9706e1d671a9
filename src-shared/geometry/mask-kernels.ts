/**
 * The mask functions that also exist as WebAssembly (`native/`), by one name each, so that code which handles thousands
 * of masks takes whichever is faster. A few masks under somebody's hand need no kernels: call the functions themselves.
 */
import { type Bitmap, encodeMask } from './mask.ts'
import { maskIntersect, maskIoU, maskSubtract, maskUnion, maskXor } from './mask-algebra.ts'
import { maskContours } from './mask-contours.ts'
import { fillPolygonMask } from './mask-raster.ts'
import type { ContourLoop } from './trace-runs.ts'

type Mask = readonly number[]

/** Each is documented at its twin: the results are equal, number for number. */
export interface MaskKernels {
  readonly name: 'TypeScript' | 'WebAssembly'
  encode(bitmap: Bitmap): number[] | null
  union(a: Mask, b: Mask): number[]
  subtract(a: Mask, b: Mask): number[] | null
  intersect(a: Mask, b: Mask): number[] | null
  xor(a: Mask, b: Mask): number[] | null
  iou(a: Mask, b: Mask): number
  fillPolygon(polygon: readonly number[], width: number, height: number): number[] | null
  contours(mask: Mask): ContourLoop[]
}

export const typescriptKernels: MaskKernels = {
  name: 'TypeScript',
  encode: encodeMask,
  union: maskUnion,
  subtract: maskSubtract,
  intersect: maskIntersect,
  xor: maskXor,
  iou: maskIoU,
  fillPolygon: fillPolygonMask,
  contours: maskContours,
}
