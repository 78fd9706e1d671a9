import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { fixed2 } from '../common/decimals.ts'
import { createItemIds } from '../common/item-ids.ts'
import { typedAttributes } from '../common/typed-values.ts'
import { progressOf, writeImages } from '../common/write-images.ts'
import { renderNode, type XmlNode } from '../cvat-images/xml-text.ts'
import { formatAttributes } from './attribute-text.ts'
import { toMaskPicture } from './mask-picture.ts'

/**
 * LabelMe 3.0 as CVAT writes it: `<subset>/<id>.xml` for every frame, a picture of its own for each mask in
 * `<subset>/Masks/`, pictures beside the XML on wish.
 */
export async function writeLabelMe(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const labels = new Map(source.labels.map((label) => [label.id, label]))
  const idOf = createItemIds()
  for (const { frame, annotations } of progressOf(source, context)) {
    const shapes = annotations.filter((one) => one.kind === 'shape')
    const item = { frame, id: idOf(frame), shapes, labels }
    const objects: ObjectNode[] = []
    for (const shape of shapes) {
      const object = toObject(shape, objects.length, item)
      if (object === null) continue
      objects.push(object)
      if (object.mask === null) continue
      const { name, png } = object.mask
      await output.bytes(`${frame.subset}/Masks/${name}`, png, false)
    }
    await output.text(`${frame.subset}/${item.id}.xml`, [documentOf(frame, objects)])
  }
  if (!withImages) return
  await writeImages(source, output, context, ({ subset, fileName }) => `${subset}/${fileName}`)
}

interface Item {
  readonly frame: DatasetFrame
  readonly id: string
  readonly shapes: readonly WovenShape[]
  readonly labels: ReadonlyMap<number, Label>
}

interface ObjectNode {
  readonly group: number
  /** Elements before and after its parts, which are known when all objects are. */
  readonly head: readonly XmlNode[]
  readonly tail: readonly XmlNode[]
  readonly mask: { readonly name: string; readonly png: Buffer } | null
}

/** Null for what LabelMe cannot hold, and for masks entirely outside the picture. */
function toObject(shape: WovenShape, number: number, item: Item): ObjectNode | null {
  const label = item.labels.get(shape.labelId)
  if (label === undefined) return null
  const attributes = typedAttributes(shape, label)
  const user = String(attributes.find(([name]) => name === 'username')?.[1] ?? '')
  // These have elements of their own.
  const others = attributes.filter(([name]) => name !== 'occluded' && name !== 'username')
  const common = { group: shape.group, head: headOf(shape, label, number) }
  const last: XmlNode = ['attributes', formatAttributes(others)]
  switch (shape.type) {
    case 'rectangle': {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = shape.points
      const outline = polygonNode([x1, y1, x2, y1, x2, y2, x1, y2], user)
      const tail: XmlNode[] = [['type', 'bounding_box'], outline, last]
      return { ...common, tail, mask: null }
    }
    case 'polygon':
      return { ...common, tail: [polygonNode(shape.points, user), last], mask: null }
    case 'mask':
    case 'ellipse': {
      const picture = toMaskPicture(shape, canvasSize(item.shapes, item.frame))
      if (picture === null) return null
      const name = `${item.id}_mask_${number}.png`
      const tail = [maskNode(name, picture.box, user), last]
      return { ...common, tail, mask: { name, png: picture.png } }
    }
    default:
      return null
  }
}

function headOf({ occluded }: WovenShape, { name }: Label, number: number): XmlNode[] {
  return [
    ['name', name],
    ['deleted', 0],
    ['verified', 0],
    ['occluded', occluded ? 'yes' : 'no'],
    ['date', ''],
    ['id', number],
  ]
}

function polygonNode(points: readonly number[], user: string): XmlNode {
  const corners: XmlNode[] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [fixed2(points[i] ?? 0), fixed2(points[i + 1] ?? 0)]
    corners.push([
      'pt',
      [
        ['x', x],
        ['y', y],
      ],
    ])
  }
  return ['polygon', [...corners, ['username', user]]]
}

function maskNode(name: string, box: readonly number[], user: string): XmlNode {
  const sides = ['xmin', 'ymin', 'xmax', 'ymax'].map(
    (side, i): XmlNode => [side, fixed2(box[i] ?? 0)],
  )
  return [
    'segm',
    [
      ['mask', name],
      ['box', sides],
      ['username', user],
    ],
  ]
}

function documentOf({ fileName, width, height }: DatasetFrame, objects: readonly ObjectNode[]) {
  const slash = fileName.lastIndexOf('/')
  const size: XmlNode = [
    'imagesize',
    [
      ['nrows', height],
      ['ncols', width],
    ],
  ]
  const parts = partsOf(objects)
  const root: XmlNode[] = [
    ['filename', fileName.slice(slash + 1)],
    ['folder', fileName.slice(0, Math.max(0, slash))],
    [
      'source',
      [
        ['sourceImage', ''],
        ['sourceAnnotation', 'Datumaro'],
      ],
    ],
    ...(width > 0 && height > 0 ? [size] : []),
    ...objects.map(({ head, tail }, i): XmlNode => {
      return ['object', [...head, ['parts', parts[i] ?? []], ...tail]]
    }),
  ]
  return renderNode(['annotation', root], 0)
}

/** Of each object: the first of a group has the others as its parts. */
function partsOf(objects: readonly ObjectNode[]): XmlNode[][] {
  const groups = new Map<number, number[]>()
  for (const [i, { group }] of objects.entries()) {
    const members = group === 0 ? undefined : groups.get(group)
    if (members === undefined) groups.set(group, [i])
    else members.push(i)
  }
  return objects.map(({ group }, i) => {
    const [first = i, ...others] = group === 0 ? [i] : (groups.get(group) ?? [])
    return [
      ['hasparts', i === first ? others.join(',') : ''],
      ['ispartof', i === first ? '' : first],
    ]
  })
}
