import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Shape, Tag } from '#shared/domain/annotation.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'

/**
 * YOLO 1.1 (Darknet): `obj.data`, `obj.names`, `train.txt` and one text file of relative boxes for every frame.
 * Label numbers count top-level labels only, in the list and in the boxes alike.
 */
export async function writeYolo(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const lines = ['train = data/train.txt', 'names = data/obj.names', 'backup = backup/']
  await output.text('obj.data', [
    `classes = ${source.labels.length}\n`,
    ...lines.map((l) => `${l}\n`),
  ])
  await output.text(
    'obj.names',
    source.labels.map(({ name }) => `${name}\n`),
  )
  const numbers = new Map(source.labels.map((label, index) => [label.id, index]))
  const images: string[] = []
  const imagePath = createImagePaths()
  for (const { frame, annotations } of progressOf(source, context)) {
    const boxes = annotations.flatMap((annotation) => {
      const number = numbers.get(annotation.labelId)
      return number !== undefined && isUprightBox(annotation)
        ? [line(number, annotation, frame)]
        : []
    })
    await output.text(`${withoutExtension(imagePath(frame))}.txt`, boxes)
    images.push(`data/${imagePath(frame)}\n`)
  }
  await output.text('train.txt', images)
  if (withImages) await writeImages(source, output, context, imagePath)
}

/**
 * Boxes are found by the picture's path without its extension, so of `a.jpg` and `a.png` the second is written as
 * `a.png.png`, with its boxes in `a.png.txt`.
 */
function createImagePaths(): (frame: DatasetFrame) => string {
  const owners = new Map<string, number>()
  return ({ index, fileName: name }) => {
    const stem = withoutExtension(name)
    if (!owners.has(stem)) owners.set(stem, index)
    const isFirst = owners.get(stem) === index
    return `obj_train_data/${isFirst ? name : name + name.slice(stem.length)}`
  }
}

function isUprightBox(annotation: Tag | Shape): annotation is Shape {
  if (annotation.kind !== 'shape' || annotation.type !== 'rectangle') return false
  return isUpright(annotation.rotation)
}

/** Relative to the picture; one whose size is unknown counts as one pixel, so that nothing divides by 0. */
function line(number: number, { points }: Shape, frame: DatasetFrame): string {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points
  const width = frame.width || 1
  const height = frame.height || 1
  const numbers = [
    (x1 + x2) / 2 / width,
    (y1 + y2) / 2 / height,
    Math.abs(x2 - x1) / width,
    Math.abs(y2 - y1) / height,
  ]
  return `${number} ${numbers.map((n) => n.toFixed(6)).join(' ')}\n`
}
