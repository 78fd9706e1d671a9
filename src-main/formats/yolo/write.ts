import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import { createPicturePaths } from '../common/picture-paths.ts'
import { centreAndSize, hasSize, relativeText } from '../common/relative-numbers.ts'
import { noteUnknownSize } from '../common/unknown-size.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { nameBySubset, yoloSubsets } from '../common/yolo-subsets.ts'
import { withoutExtension } from '../frame-matcher.ts'

/** Keys of `obj.data` that are no subsets. */
export const RESERVED = ['classes', 'names', 'backup']

/**
 * YOLO 1.1 (Darknet): `obj.data`, `obj.names`, a list of pictures for every subset and one text file of relative boxes for
 * every frame. Label numbers count top-level labels only, in the list and in the boxes alike.
 * @throws CANCELLED; INPUT_INVALID for a subset that has the name of a setting
 */
export async function writeYolo(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const subsets = yoloSubsets(source.subsets, { reserved: RESERVED, format: 'YOLO 1.1' })
  await writeSettings(source, output, [...subsets.keys()])
  const nameOf = nameBySubset(subsets)
  const paths = createPicturePaths()
  const picture = (frame: DatasetFrame): string =>
    paths(frame, `obj_${nameOf.get(frame.subset) ?? frame.subset}_data`)
  const numbers = new Map(source.labels.map((label, index) => [label.id, index]))
  for (const { frame, annotations } of progressOf(source, context)) {
    const boxes = annotations.filter(isUprightBox)
    noteUnknownSize(context, frame, boxes.length)
    const lines = hasSize(frame) ? boxes.map((box) => line(box, frame, numbers)) : []
    await output.text(`${withoutExtension(picture(frame))}.txt`, lines)
  }
  for (const [name, parts] of subsets) {
    await output.text(`${name}.txt`, pictureList(source, parts, picture))
  }
  if (withImages) await writeImages(source, output, context, picture)
}

async function writeSettings(
  { labels }: DatasetSource,
  output: DatasetOutput,
  subsets: readonly string[],
): Promise<void> {
  const lists = subsets.map((name) => `${name} = data/${name}.txt\n`)
  await output.text('obj.data', [
    `classes = ${labels.length}\n`,
    ...lists,
    'names = data/obj.names\n',
    'backup = backup/\n',
  ])
  await output.text(
    'obj.names',
    labels.map(({ name }) => `${name}\n`),
  )
}

function* pictureList(
  source: DatasetSource,
  subsets: readonly string[],
  picture: (frame: DatasetFrame) => string,
): Generator<string> {
  for (const subset of subsets) {
    for (const frame of source.framesOnly(subset)) yield `data/${picture(frame)}\n`
  }
}

function isUprightBox(annotation: Tag | Shape): annotation is Shape {
  if (annotation.kind !== 'shape' || annotation.type !== 'rectangle') return false
  return isUpright(annotation.rotation)
}

function line(
  { labelId, points }: Shape,
  frame: DatasetFrame,
  numbers: ReadonlyMap<number, number>,
): string {
  return `${numbers.get(labelId) ?? 0} ${relativeText(centreAndSize(points), frame)}\n`
}
