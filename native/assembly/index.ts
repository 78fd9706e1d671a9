export { trace } from './contours'
export { halvePlane } from './halve'
export { combine, overlap } from './masks'
export { countCrossings, fillPolygon } from './polygon'
export { encode } from './runs'
export { planesLinear, planesPillow, planesWeighted } from './tensors'
export { yuvMatrix, yuvToRgba } from './yuv'

/** Where memory is free to use. */
export function heapBase(): usize {
  return __heap_base
}
