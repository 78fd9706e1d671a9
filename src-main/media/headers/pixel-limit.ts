/** As many pixels as a canvas of 16,383 × 16,383 has: what browsers draw, and 1 GB when decoded. */
export const MAX_PIXELS = 16_383 ** 2

/** A clause when a picture has more pixels than can be shown: a small file can claim any size. */
export function tooManyPixels({ width, height }: { width: number; height: number }): string | null {
  if (width * height <= MAX_PIXELS) return null
  const [w, h, most] = [width, height, Math.floor(MAX_PIXELS / 1e6)].map((n) =>
    n.toLocaleString('en'),
  )
  return `it is ${w} × ${h} pixels, and at most ${most} million can be shown`
}
