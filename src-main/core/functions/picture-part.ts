import { AppError } from '#shared/errors/app-error.ts'
import type { FrameReader, FunctionPicture, PictureRegion, RgbPicture } from '../ports.ts'

/** Whole image pixels; `right` and `bottom` excluded. */
export type PixelRegion = PictureRegion

/**
 * The pixels a region touches, as far as they are in the picture.
 * @throws INPUT_INVALID when none is
 */
export function pixelRegion(
  region: PictureRegion | null,
  { width, height }: Pick<RgbPicture, 'width' | 'height'>,
): PixelRegion {
  if (region === null) return { left: 0, top: 0, right: width, bottom: height }
  const part = {
    left: Math.max(0, Math.floor(region.left)),
    top: Math.max(0, Math.floor(region.top)),
    right: Math.min(width, Math.ceil(region.right)),
    bottom: Math.min(height, Math.ceil(region.bottom)),
  }
  if (part.left < part.right && part.top < part.bottom) return part
  const problem = `it lies outside of the picture of ${width} x ${height} pixels`
  throw new AppError('INPUT_INVALID', { where: 'region', problem })
}

/** A part of a picture as a picture of its own, cut when somebody asks for it. */
export function picturePart(
  whole: FunctionPicture,
  part: PixelRegion,
  reader: Pick<FrameReader, 'encode'>,
): FunctionPicture {
  let cut: Promise<RgbPicture> | undefined
  const pixels = (signal?: AbortSignal) => {
    cut ??= whole.pixels(signal).then((picture) => cutOut(picture, part))
    return cut
  }
  const { left, top, right, bottom } = part
  return {
    key: `${whole.key} ${left} ${top} ${right} ${bottom}`,
    what: `part of ${whole.what ?? 'a picture'}`,
    pixels,
    async encoded(signal) {
      const { contentType, body } = await reader.encode(await pixels(signal))
      return { contentType, bytes: body }
    },
  }
}

function cutOut({ width, rgb }: RgbPicture, { left, top, right, bottom }: PixelRegion): RgbPicture {
  const row = 3 * (right - left)
  const cut = new Uint8Array(row * (bottom - top))
  for (let y = top; y < bottom; y += 1) {
    const start = 3 * (y * width + left)
    cut.set(rgb.subarray(start, start + row), row * (y - top))
  }
  return { width: right - left, height: bottom - top, rgb: cut }
}
