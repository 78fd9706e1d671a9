import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { labelColorLines } from '../common/label-colors-file.ts'
import { attributeValue } from '../common/label-index.ts'
import { type Area, paintingOf } from '../common/paint/areas.ts'
import { paintNumbers } from '../common/paint/paint.ts'
import { createPicturePaths } from '../common/picture-paths.ts'
import { encodeColored, encodeValues16 } from '../common/png/encode.ts'
import { isTrue } from '../common/read-attributes.ts'
import { numberOf } from '../common/typed-values.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { kittiClasses, OBJECTS } from './classes.ts'
import { detectionLine } from './detection.ts'

/**
 * KITTI 1.0 as CVAT writes it: `label_colors.txt`; for each subset `label_2/` with the upright boxes of a frame, and
 * `instance/`, `semantic/` and `semantic_rgb/` with the pixels of everything else that has an area; `image_2/` on wish.
 * @throws INPUT_INVALID when the task has more labels than the pixels have numbers
 */
export async function writeKitti(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const classes = kittiClasses(source.labels)
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  const paths = createPicturePaths()
  await output.text('label_colors.txt', labelColorLines(classes))
  for (const { frame, annotations } of progressOf(source, context)) {
    const shapes = annotations.filter((one) => one.kind === 'shape')
    const entryOf = (kind: string) => withoutExtension(paths(frame, `${frame.subset}/${kind}`))
    const boxes = shapes.filter(isBox).flatMap((box) => lineOf(box, labels, context) ?? [])
    if (boxes.length > 0) await output.text(`${entryOf('label_2')}.txt`, boxes)
    const painted = shapes.filter((shape) => !isBox(shape))
    for (const [kind, png] of picturesOf(painted, frame, { labels, classes, context })) {
      await output.bytes(`${entryOf(kind)}.png`, png, false)
    }
  }
  if (!withImages) return
  await writeImages(source, output, context, (frame) => paths(frame, `${frame.subset}/image_2`))
}

export function isBox({ type, rotation }: WovenShape): boolean {
  return type === 'rectangle' && isUpright(rotation)
}

type Labels = ReadonlyMap<number, Label>

function lineOf(box: WovenShape, labels: Labels, context: WorkContext): string | null {
  const label = labels.get(box.labelId)
  if (label === undefined) return null
  if (/\s/.test(label.name)) {
    context.note?.('boxes have a label with blanks in its name, which other tools cannot read', 1)
  }
  const { name } = label
  const truncated = isTrue(said(box, label, 'truncated'))
  const score = numberOf(said(box, label, 'score') ?? '') ?? box.score
  return detectionLine({ name, truncated, occluded: box.occluded, points: box.points, score })
}

/** The value of an attribute by name; null for labels without one. */
function said(shape: WovenShape, label: Label | undefined, name: string): string | null {
  const spec = label?.attributes.find((one) => one.name === name)
  return spec === undefined ? null : attributeValue(spec, shape.attributes)
}

interface Palette {
  readonly labels: Labels
  readonly classes: ReturnType<typeof kittiClasses>
  readonly context: WorkContext
}

/** The three pictures of a frame by their folders; none where there is nothing to paint. */
function picturesOf(
  shapes: readonly WovenShape[],
  frame: DatasetFrame,
  { labels, classes, context }: Palette,
): [folder: string, png: Buffer][] {
  const painting = paintingOf(shapes, frame)
  if (painting.areas.length === 0) return []
  const numbers = new Map(classes.map(({ name }, i) => [name, i]))
  const classOf = ({ leader }: Area) => numbers.get(labels.get(leader.labelId)?.name ?? '') ?? 0
  const ofAreas = painting.areas.map(classOf)
  const objects = objectNumbers(painting.areas, ofAreas, labels)
  const crowded = objects.filter((number) => number >= OBJECTS).length
  if (crowded > 0) {
    context.note?.(
      'masks beyond the 255th of their label on a picture become one with others',
      crowded,
    )
  }
  const instances = objects.map((number, i) => OBJECTS * (ofAreas[i] ?? 0) + (number % OBJECTS))
  const colors = ofAreas.map((number) => classes[number]?.color ?? 0)
  const raster = paintNumbers(painting)
  return [
    ['instance', encodeValues16(raster, [0, ...instances])],
    ['semantic', encodeValues16(raster, [0, ...ofAreas])],
    ['semantic_rgb', encodeColored(raster, [classes[0]?.color ?? 0, ...colors])],
  ]
}

/**
 * 1, 2, 3 … for the objects of each class, where CVAT makes all of them one; 0 for a crowd of many. What does not fit
 * joins the crowd.
 */
function objectNumbers(areas: readonly Area[], classes: readonly number[], labels: Labels) {
  const last = new Map<number, number>()
  return areas.map(({ leader }, i) => {
    if (isTrue(said(leader, labels.get(leader.labelId), 'is_crowd'))) return 0
    const number = Math.min((last.get(classes[i] ?? 0) ?? 0) + 1, OBJECTS)
    last.set(classes[i] ?? 0, number)
    return number
  })
}
