import type { DatasetOutput } from '#main/core/ports.ts'
import type { Painting } from '../common/paint/areas.ts'
import { paintNumbers } from '../common/paint/paint.ts'
import { encodeColored } from '../common/png/encode.ts'
import { vocColorNumber } from './label-map.ts'

/**
 * The two pictures of a frame's masks: `SegmentationClass/` in the colours of the labels, `SegmentationObject/` in those of
 * the objects' numbers, from 1 in painting order.
 * @param colorOf     0xrrggbb of a label
 * @param background  0xrrggbb of what no object covers
 */
export async function writeMaskPair(
  output: DatasetOutput,
  id: string,
  painting: Painting,
  { colorOf, background }: { colorOf: (labelId: number) => number; background: number },
): Promise<void> {
  const picture = paintNumbers(painting)
  const classes = painting.areas.map(({ leader }) => colorOf(leader.labelId))
  const objects = painting.areas.map((_, i) => vocColorNumber(i + 1))
  const classPng = encodeColored(picture, [background, ...classes])
  await output.bytes(`SegmentationClass/${id}.png`, classPng, false)
  await output.bytes(`SegmentationObject/${id}.png`, encodeColored(picture, [0, ...objects]), false)
}
