import { type CocoRle, decompressCounts } from '#shared/geometry/coco-rle.ts'
import { MOST_MASK_PIXELS } from '#shared/geometry/mask.ts'
import { asObject, isCount } from './json-values.ts'
import type { Refuse } from './refuse.ts'

/** Runs as COCO and Datumaro write them, `{counts, size: [height, width]}`: a compressed string or a list of lengths. */
export function parseRle(value: unknown, where: string, refuse: Refuse): CocoRle {
  const { size, counts } = asObject(value, where, refuse)
  if (!Array.isArray(size) || size.length !== 2 || !size.every(isCount)) {
    refuse(`${where}.size`, 'it must be two whole numbers: height, width')
  }
  const [height, width] = size as [number, number]
  if (height * width > MOST_MASK_PIXELS) {
    refuse(`${where}.size`, `${width} x ${height} pixels are more than a picture can have here`)
  }
  const runs = typeof counts === 'string' ? decompressCounts(counts) : counts
  const sum = Array.isArray(runs) ? sumOfCounts(runs) : null
  if (sum === null) {
    refuse(`${where}.counts`, 'it is neither a list of run lengths nor a compressed one')
  }
  if (sum !== height * width) {
    refuse(`${where}.counts`, `the runs add up to ${sum}, the size gives ${height * width} pixels`)
  }
  return { counts: runs as number[], size: [height, width] }
}

/** Null when one of them is no count. */
function sumOfCounts(runs: readonly unknown[]): number | null {
  let sum = 0
  for (const run of runs) {
    if (!isCount(run)) return null
    sum += run
  }
  return sum
}

/** Runs of another size than the picture they are said to be of fit nothing. A size of 0 is one the file does not give. */
export function checkRleSize(
  { size }: CocoRle,
  image: { readonly width: number; readonly height: number },
  where: string,
  refuse: Refuse,
): void {
  if (image.width === 0 || image.height === 0) return
  const [height, width] = size
  if (height === image.height && width === image.width) return
  const problem = `it is ${width} x ${height} pixels, its image ${image.width} x ${image.height}`
  refuse(`${where}.size`, problem)
}
