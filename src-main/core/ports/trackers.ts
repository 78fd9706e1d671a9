/** Unrotated `[x1, y1, x2, y2]`, image pixels of the upright picture. */
export type TrackedBox = [x1: number, y1: number, x2: number, y2: number]

/** Upright pixels: RGB, 8 bit, rows without padding. */
export interface RgbPicture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}
