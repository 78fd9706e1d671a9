import type { DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { vocColor } from '#shared/domain/label-color.ts'
import { onOneLine, textOf } from '../common/icdar.ts'
import { colorNumber } from '../common/label-colors.ts'
import { attributeValue } from '../common/label-index.ts'
import { type Area, paintingOf } from '../common/paint/areas.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'
import { paintNumbers } from '../common/paint/paint.ts'
import { createPicturePaths } from '../common/picture-paths.ts'
import { numberOf } from '../common/typed-values.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { encodeBmp } from './bmp.ts'
import { centerOf, colorOf, rowText } from './rows.ts'

const WHITE = 0xffffff

/**
 * ICDAR Segmentation 1.0: `<subset>/<id>_GT.txt` for every frame, a line for each object, and `<id>_GT.bmp` where there are
 * any; pictures in `<subset>/images/`. Members of a group, the characters of a word, are a block of lines.
 */
export async function writeSegmentation(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  const paths = createPicturePaths()
  for (const { frame, annotations } of progressOf(source, context)) {
    const entry = `${withoutExtension(paths(frame, frame.subset))}_GT`
    const painting = paintingOf(arealShapes(annotations), frame, 'apart')
    const objects = painting.areas.map((area) => toObject(area, labels.get(area.leader.labelId)))
    const colors = colorsOf(objects)
    if (objects.length > 0) {
      const picture = encodeBmp(paintNumbers(painting), [WHITE, ...colors])
      await output.bytes(`${entry}.bmp`, picture, true)
    }
    await output.text(`${entry}.txt`, linesOf(objects, colors))
    const unreadable = objects.filter(({ text }) => /\S\s|\s\S/.test(text)).length
    if (unreadable > 0)
      context.note?.('texts have blanks in them, which CVAT cannot read', unreadable)
  }
  if (!withImages) return
  await writeImages(source, output, context, (frame) => {
    return `${frame.subset}/images/${paths(frame, frame.subset).slice(frame.subset.length + 1)}`
  })
}

interface CharacterObject {
  readonly area: Area
  readonly text: string
  /** Its place among the lines, as its attribute says; null: none. */
  readonly index: number | null
  /** What its attribute says; null for none. */
  readonly color: number | null
  readonly center: string | null
}

function toObject(area: Area, label: Label | undefined): CharacterObject {
  const said = (name: string): string => {
    const spec = label?.attributes.find((one) => one.name === name)
    return spec === undefined ? '' : attributeValue(spec, area.leader.attributes)
  }
  return {
    area,
    text: onOneLine(textOf(area.leader, label) ?? ''),
    index: numberOf(said('index')),
    color: colorOf(said('color')),
    center: centerOf(said('center')),
  }
}

/** Each has its own: what its attribute says, if no other has it, or the next of PASCAL VOC's that nobody has. */
function colorsOf(objects: readonly CharacterObject[]): number[] {
  const taken = new Set([0, WHITE])
  const wanted = new Set(objects.map(({ color }) => color))
  let next = 1
  return objects.map(({ color }) => {
    let own = color
    if (own === null || taken.has(own)) {
      do own = colorNumber(vocColor(next++))
      while (taken.has(own) || wanted.has(own))
    }
    taken.add(own)
    return own
  })
}

/** Blocks with a blank line between them: the members of a group, or one object that is alone. */
function* linesOf(
  objects: readonly CharacterObject[],
  colors: readonly number[],
): Generator<string> {
  const order = objects.map((_, i) => i).sort((a, b) => placeOf(objects[a]) - placeOf(objects[b]))
  const blocks = new Map<string, number[]>()
  for (const i of order) {
    const group = objects[i]?.area.leader.group ?? 0
    const key = group === 0 ? `alone ${i}` : `group ${group}`
    blocks.set(key, [...(blocks.get(key) ?? []), i])
  }
  let isFirst = true
  for (const block of blocks.values()) {
    if (!isFirst) yield '\n'
    isFirst = false
    for (const i of block) {
      const object = objects[i]
      if (object === undefined) continue
      const [left = 0, top = 0, right = 0, bottom = 0] = object.area.mask.slice(-4)
      const box = [left, top, right + 1, bottom + 1]
      yield rowText({ ...object, color: colors[i] ?? 0 }, box)
    }
  }
}

/** Those without a place of their own come last, in drawing order: the sort keeps it. */
function placeOf(object: CharacterObject | undefined): number {
  return object?.index ?? Number.MAX_VALUE
}
