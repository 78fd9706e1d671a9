import {
  areaTaps,
  cubicTaps,
  linearTaps,
  nearestTaps,
  OPENCV_ONE,
  PILLOW_ONE,
  pillowTaps,
  sliceTaps,
  type Taps,
  wholeAreaTaps,
} from './taps.ts'

/**
 * `linear`, `area`, `cubic`, `nearest`: as `cv2.resize` of 8 bit pictures (`area` averages when both sides shrink, and is
 * `linear` otherwise). `…-antialias`: as Pillow, and so torchvision's transforms of pictures.
 */
export type Interpolation =
  | 'linear'
  | 'area'
  | 'cubic'
  | 'nearest'
  | 'linear-antialias'
  | 'cubic-antialias'

/** Whole pixels; `right` and `bottom` excluded. */
export interface Window {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Resampling {
  readonly interpolation: Interpolation
  /** The part of the picture that is resized. */
  readonly source: Window
  /** What it is resized to, and the part of that which is wanted. */
  readonly width: number
  readonly height: number
  readonly wanted: Window
}

/** How sums of weighted pixels become pixels again. */
export interface Rounding {
  /** Pillow makes whole numbers of both passes. */
  readonly between: boolean
  readonly unit: number
  readonly ties: 'up' | 'even'
}

export interface Plan {
  readonly columns: Taps
  readonly rows: Taps
  readonly rounding: Rounding | 'linear' | 'copy'
}

/** The tables of both axes, and how their sums are rounded. */
export function planOf({ interpolation, source, width, height, wanted }: Resampling): Plan {
  const fromWidth = source.right - source.left
  const fromHeight = source.bottom - source.top
  const both = (taps: (from: number, to: number) => Taps, rounding: Plan['rounding']): Plan => ({
    columns: sliceTaps(taps(fromWidth, width), wanted.left, wanted.right),
    rows: sliceTaps(taps(fromHeight, height), wanted.top, wanted.bottom),
    rounding,
  })
  if (fromWidth === width && fromHeight === height) return both(nearestTaps, 'copy')
  const across = fromWidth / width
  const down = fromHeight / height
  // OpenCV takes the mean for linear, too, where a picture becomes exactly half as large.
  const isHalf = across === 2 && down === 2
  if (interpolation === 'nearest') return both(nearestTaps, 'copy')
  if (interpolation === 'cubic') return both(cubicTaps, opencvCubic)
  if (interpolation === 'linear-antialias')
    return both((from, to) => pillowTaps(from, to, 'linear'), pillow)
  if (interpolation === 'cubic-antialias')
    return both((from, to) => pillowTaps(from, to, 'cubic'), pillow)
  if (isHalf) return both(wholeAreaTaps, { between: false, unit: 1 / 4, ties: 'up' })
  if (interpolation === 'linear' || across < 1 || down < 1) return both(linearTaps, 'linear')
  if (Number.isInteger(across) && Number.isInteger(down))
    return both(wholeAreaTaps, {
      between: false,
      unit: Math.fround(1 / (across * down)),
      ties: 'even',
    })
  return both(areaTaps, { between: false, unit: 1, ties: 'even' })
}

const opencvCubic: Rounding = { between: false, unit: 1 / (OPENCV_ONE * OPENCV_ONE), ties: 'up' }
const pillow: Rounding = { between: true, unit: 1 / PILLOW_ONE, ties: 'up' }
