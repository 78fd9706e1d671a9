import type { RgbPicture } from '../../core/ports.ts'
import { cutOut, type PadColor } from '../tensors/crop.ts'
import { resizePicture } from '../tensors/resample.ts'
import { roundHalfEven } from '../tensors/taps.ts'

/** A square of whole pixels, cut out and then resized: how the trackers of PySOT's line look at a picture. */
export interface Subwindow {
  readonly picture: RgbPicture
  /** Its corner, whole image pixels. */
  readonly left: number
  readonly top: number
  readonly side: number
}

export type Corner = 'floor' | 'even'

/**
 * @param side  whole image pixels
 * @param corner  how the corner becomes a whole number: PySOT and TransT round halves down to the left, SiamMask to even
 * @param pad  what lies outside the picture: usually its mean colour
 */
export function subwindow(
  picture: RgbPicture,
  {
    cx,
    cy,
    side,
    size,
    corner,
    pad,
  }: {
    readonly cx: number
    readonly cy: number
    readonly side: number
    /** The net's pixels. */
    readonly size: number
    readonly corner: Corner
    readonly pad: PadColor
  },
): Subwindow {
  const at = (centre: number) => {
    const place = centre - (side + 1) / 2
    return corner === 'floor' ? Math.floor(place + 0.5) : roundHalfEven(place)
  }
  const [left, top] = [at(cx), at(cy)]
  const cut = cutOut(picture, left, top, side, side, pad)
  const fitted = side === size ? cut : resizePicture(cut, size, size, 'linear')
  return { picture: fitted, left, top, side }
}

/** Mean red, green, blue, cut to whole numbers as numpy does when it writes them into pixels. */
export function meanColor({ rgb }: RgbPicture): [number, number, number] {
  const sums = [0, 0, 0]
  for (let i = 0; i < rgb.length; i += 3) {
    sums[0] = (sums[0] ?? 0) + (rgb[i] ?? 0)
    sums[1] = (sums[1] ?? 0) + (rgb[i + 1] ?? 0)
    sums[2] = (sums[2] ?? 0) + (rgb[i + 2] ?? 0)
  }
  const count = Math.max(1, rgb.length / 3)
  const mean = (channel: number) => Math.floor((sums[channel] ?? 0) / count)
  return [mean(0), mean(1), mean(2)]
}
