/** Rows of a PNG picture as plain numbers, one for each pixel. */
import type { Png } from './decode.ts'

/** Puts the pixels of row `y` into `row`, one number each. */
export type ReadRow = (y: number, row: Uint32Array) => void

/** Whether row `y` is the same as the one above it, which costs one comparison and is so of most rows of masks. */
export function repeatedRows({ width, channels, samples }: Png): (y: number) => boolean {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const length = width * channels * samples.BYTES_PER_ELEMENT
  return (y) => {
    const at = y * length
    return y > 0 && bytes.compare(bytes, at - length, at, at, at + length) === 0
  }
}

/** Whether its pixels are single numbers, and no colours: gray, with or without opacity. */
export function isGray({ kind }: Png): boolean {
  return kind === 'gray' || kind === 'gray-alpha'
}

/** The first sample as it is: the number of a gray pixel, or of a colour of the palette. */
export function valueRows({ width, channels, samples }: Png): ReadRow {
  return (y, row) => {
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      row[x] = samples[at] ?? 0
    }
  }
}

/** Colours 0xrrggbb, whatever the picture holds; opacity is left out, 16 bits are cut to 8. */
export function colorRows(png: Png): ReadRow {
  const { width, channels, samples, depth } = png
  if (channels < 3) return mapped(png, png.palette ?? grayColors(depth))
  if (depth === 8) {
    return (y, row) => {
      for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
        row[x] = ((samples[at] ?? 0) << 16) | ((samples[at + 1] ?? 0) << 8) | (samples[at + 2] ?? 0)
      }
    }
  }
  const shift = depth - 8
  return (y, row) => {
    for (let x = 0, at = y * width * channels; x < width; x += 1, at += channels) {
      const [red, green, blue] = [samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0]
      row[x] = ((red >> shift) << 16) | ((green >> shift) << 8) | (blue >> shift)
    }
  }
}

function mapped(png: Png, colors: Uint32Array): ReadRow {
  const values = valueRows(png)
  const shift = Math.max(0, png.depth - 8)
  return (y, row) => {
    values(y, row)
    for (let x = 0; x < row.length; x += 1) row[x] = colors[(row[x] ?? 0) >> shift] ?? 0
  }
}

/** From black to white in as many steps as there are. */
function grayColors(depth: number): Uint32Array {
  const most = 2 ** Math.min(8, depth) - 1
  return Uint32Array.from({ length: most + 1 }, (_, i) => Math.round((255 * i) / most) * 0x010101)
}
