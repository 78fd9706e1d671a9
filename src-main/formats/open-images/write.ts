import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { csvLine } from '../common/csv.ts'
import { paintMask } from '../common/paint/paint.ts'
import { encodeGray8 } from '../common/png/encode.ts'
import { hasSize } from '../common/relative-numbers.ts'
import { createSharedIds, pictureName } from '../common/shared-ids.ts'
import { type TypedValue, typedAttributes } from '../common/typed-values.ts'
import { noteUnknownSize } from '../common/unknown-size.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { classLines, hierarchyText } from './categories.ts'
import { BOX_COLUMNS, IMAGE_COLUMNS, LABEL_COLUMNS, MASK_COLUMNS } from './columns.ts'
import { SIZES_HEAD, sizeLine } from './image-sizes.ts'
import { isPlainName, slug } from './names.ts'
import { boxOf, type FrameObjects, masksOf, objectsOfFrame } from './objects.ts'
import { boxRow, labelRow, maskRow, sidesOf } from './rows.ts'

/**
 * Open Images V6 1.0 as CVAT writes it: tables in `annotations/`, a picture for each mask in `masks/<subset>/`, pictures in
 * `images/<subset>/` on wish. The frames are walked twice: once for masks and tags, once for boxes, so that neither waits
 * in memory for the other; rows of masks and tags do, until their subset is through.
 */
export async function writeOpenImages(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  const idOf = createSharedIds()
  const place = { source, output, context, labels, idOf, takeName: createMaskNames() }
  await output.text('annotations/class-descriptions.csv', classLines(source.labels))
  const hierarchy = 'annotations/bbox_labels_600_hierarchy.json'
  await output.text(hierarchy, [hierarchyText(source.labels)])
  for (const subset of source.subsets) await writeSubset(place, subset)
  await output.text('annotations/images.meta', sizeLines(source, idOf))
  if (!withImages) return
  await writeImages(source, output, context, (frame) => {
    return `images/${frame.subset}/${pictureName(idOf(frame), frame)}`
  })
}

interface Place {
  readonly source: DatasetSource
  readonly output: DatasetOutput
  readonly context: WorkContext
  readonly labels: ReadonlyMap<number, Label>
  readonly idOf: (frame: DatasetFrame) => string
  /** A name for the picture of a mask that no other has. */
  readonly takeName: (subset: string, wanted: string) => string
}

async function writeSubset(place: Place, subset: string): Promise<void> {
  const { source, output, context } = place
  const table = (name: string) => `annotations/${subset}-${name}.csv`
  await output.text(table('images-with-rotation'), imageRows(place, subset))
  const [tags, masks] = [csvLine(LABEL_COLUMNS), csvLine(MASK_COLUMNS)].map((head) => [head])
  let boxCount = 0
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const objects = objectsOfFrame(annotations)
    boxCount += objects.boxes.length
    for (const tag of objects.tags) {
      const label = place.labels.get(tag.labelId)
      if (label !== undefined) tags?.push(labelRow(place.idOf(frame), tag, label))
    }
    for (const row of await writeMasks(objects, frame, place)) masks?.push(row)
  }
  if (tags && tags.length > 1) await output.text(table('annotations-human-imagelabels'), tags)
  if (boxCount > 0) await output.text(table('annotations-bbox'), boxRows(place, subset))
  if (masks && masks.length > 1) await output.text(table('annotations-object-segmentation'), masks)
}

function* imageRows({ source, idOf }: Place, subset: string): Generator<string> {
  yield csvLine(IMAGE_COLUMNS)
  const empty = IMAGE_COLUMNS.slice(2).map(() => '')
  for (const frame of source.framesOnly(subset)) yield csvLine([idOf(frame), subset, ...empty])
}

function* boxRows({ source, context, labels, idOf }: Place, subset: string): Generator<string> {
  yield csvLine(BOX_COLUMNS)
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const { boxes } = objectsOfFrame(annotations)
    noteUnknownSize(context, frame, boxes.length)
    if (!hasSize(frame)) continue
    for (const box of boxes) {
      const label = labels.get(box.labelId)
      if (label !== undefined) yield boxRow(idOf(frame), box, label, frame)
    }
  }
}

/** @returns the rows of the masks of a frame */
async function writeMasks(
  objects: FrameObjects,
  frame: DatasetFrame,
  { output, labels, idOf, takeName }: Place,
): Promise<string[]> {
  if (objects.painted.length === 0) return []
  const { width, height, areas } = masksOf(objects, frame)
  const id = idOf(frame)
  const masks = areas.flatMap(({ leader, mask }) => {
    const label = labels.get(leader.labelId)
    if (label === undefined) return []
    return { leader, mask, label, values: new Map(typedAttributes(leader, label)) }
  })
  const nextId = createBoxIds(masks.map(({ values }) => values))
  const rows: string[] = []
  for (const { leader, mask, label, values } of masks) {
    const boxId = givenBoxId(values) ?? nextId()
    const path = takeName(frame.subset, `${slug(id)}_${slug(label.name)}_${boxId}`)
    const data = new Uint8Array(width * height)
    paintMask(data, width, mask, 1)
    const png = encodeGray8({ width, height, data })
    await output.bytes(`masks/${frame.subset}/${path}`, png, false)
    const box = boxOf(leader, objects)
    const sides = box === null || !hasSize(frame) ? [] : sidesOf(box, frame)
    rows.push(maskRow({ path, id, boxId }, values, label, sides))
  }
  return rows
}

/** What the attribute `box_id` says, if it may stand in the name of a file. */
function givenBoxId(values: ReadonlyMap<string, TypedValue>): string | null {
  const given = values.get('box_id')
  const text = typeof given === 'string' ? given : ''
  return isPlainName(text) ? text : null
}

/** 00000000, 00000001 … without those that are given. */
function createBoxIds(all: readonly ReadonlyMap<string, TypedValue>[]): () => string {
  const given = new Set(all.map(givenBoxId))
  let next = 0
  return () => {
    for (;;) {
      const id = (next++).toString(16).padStart(8, '0')
      if (!given.has(id)) return id
    }
  }
}

/** Different pictures and labels may be called the same once only plain letters are left. */
function createMaskNames(): Place['takeName'] {
  const taken = new Set<string>()
  return (subset, wanted) => {
    for (let n = 1; ; n += 1) {
      const name = `${wanted}${n === 1 ? '' : `_${n}`}.png`
      const key = `${subset}/${name.toLowerCase()}`
      if (taken.has(key)) continue
      taken.add(key)
      return name
    }
  }
}

function* sizeLines(source: DatasetSource, idOf: Place['idOf']): Generator<string> {
  yield SIZES_HEAD
  for (const frame of source.framesOnly()) if (hasSize(frame)) yield sizeLine(idOf(frame), frame)
}
