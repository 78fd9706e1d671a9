import type { Annotation, AttributeValue, Shape, ShapeType } from '../domain/annotation.ts'
import type { FrameIndex, LabelId } from '../domain/ids.ts'
import type { Label } from '../domain/label.ts'
import { type Box, boundingBox, boxArea, uniteBoxes } from '../geometry/box.ts'
import { maskArea } from '../geometry/mask.ts'
import { polygonArea } from '../geometry/polygon.ts'
import { shapeOn } from '../tracks/on-frame.ts'
import type { AnnotationField } from './fields.ts'
import { type Filter, type Property, propertiesOf, rulesOf } from './filter.ts'
import { compileFilter, type Fact } from './verdict.ts'

/** An annotation as it is looked at: a track is another shape on every frame. */
interface Sight {
  readonly annotation: Annotation
  readonly frame: FrameIndex
  /** null: a tag, or a track that is not seen here. */
  readonly shape: Shape | null
}

/**
 * A filter over annotations as a function. A track is judged by how it looks on `frame`; what is asked of a shape it has
 * not there (or a tag never has) is missing, which no comparison holds for.
 * @param labels  of the task: names and attribute defaults come from them
 */
export function annotationMatcher(
  filter: Filter,
  labels: readonly Label[],
): (annotation: Annotation, frame: FrameIndex) => boolean {
  const byId = new Map(labels.map((label) => [label.id, label]))
  const matches = compileFilter<Sight>(filter, (property) => readerOf(property, byId))
  const needsShape = looksAtShape(filter)
  return (annotation, frame) => {
    const shape = needsShape ? shapeOn(annotation, sightFrame(annotation, frame)) : null
    return matches({ annotation, frame, shape }) === true
  }
}

function sightFrame(annotation: Annotation, frame: FrameIndex): FrameIndex {
  return annotation.kind === 'track' ? frame : annotation.frame
}

/** Stays the same over all frames of a track. */
const constant = new Set<string>([
  'label',
  'type',
  'shape',
  'group',
  'source',
  'objectID',
  'serverID',
])

/** True when a track may match on one frame and not on another. */
export function looksAtFrame(filter: Filter): boolean {
  return rulesOf(filter)
    .flatMap(propertiesOf)
    .some((property) => 'attribute' in property || !constant.has(property.field))
}

function looksAtShape(filter: Filter): boolean {
  return rulesOf(filter)
    .flatMap(propertiesOf)
    .some(
      (property) =>
        'attribute' in property || !(constant.has(property.field) || property.field === 'frame'),
    )
}

type Labels = ReadonlyMap<LabelId, Label>

function readerOf(property: Property, labels: Labels): (sight: Sight) => Fact {
  if ('attribute' in property) return attributeReader(property, labels)
  const read = fieldReaders[property.field as AnnotationField]
  return read ? (sight) => read(sight, labels) : () => null
}

/** What is not stored has its default value. */
function attributeReader(
  { attribute, label }: { attribute: string; label: string | null },
  labels: Labels,
): (sight: Sight) => Fact {
  const specs = new Map(
    [...labels.values()]
      .filter(({ name }) => label === null || name === label)
      .flatMap(({ id, attributes }) => {
        const spec = attributes.find(({ name }) => name === attribute)
        return spec ? [[id, spec] as const] : []
      }),
  )
  return ({ annotation, shape }) => {
    const spec = specs.get(annotation.labelId)
    if (!spec) return null
    const values: readonly AttributeValue[] = (shape ?? annotation).attributes
    return values.find(({ specId }) => specId === spec.id)?.value ?? spec.defaultValue
  }
}

const fieldReaders: Readonly<Record<AnnotationField, (sight: Sight, labels: Labels) => Fact>> = {
  label: ({ annotation }, labels) => labels.get(annotation.labelId)?.name ?? null,
  type: ({ annotation }) => annotation.kind,
  shape: ({ annotation }) => (annotation.kind === 'tag' ? null : annotation.type),
  occluded: ({ shape }) => shape?.occluded ?? null,
  width: ({ shape }) => (shape ? sizeOf(shape).width : null),
  height: ({ shape }) => (shape ? sizeOf(shape).height : null),
  area: ({ shape }) => (shape ? areaOf(shape) : null),
  rotation: ({ shape }) => shape?.rotation ?? null,
  points: ({ shape }) => (shape ? pointCount(shape) : null),
  zOrder: ({ shape }) => shape?.zOrder ?? null,
  group: ({ annotation }) => annotation.group,
  source: ({ annotation }) => annotation.source,
  score: ({ shape }) => shape?.score ?? null,
  frame: ({ annotation, frame }) => sightFrame(annotation, frame),
  objectID: ({ annotation }) => annotation.id,
  // Objects are joined to those of a server once a task is synced with one; until then none has a number there.
  serverID: () => null,
}

/**
 * Image pixels. Rectangles and ellipses: their own sides, before they are rotated, as CVAT counts; everything else: the
 * upright box around it. A mask's pixels are counted, so that one pixel is 1 wide.
 */
function sizeOf(shape: Shape): { width: number | null; height: number | null } {
  const [a = 0, b = 0, c = 0, d = 0] = shape.points
  if (shape.type === 'ellipse') return { width: 2 * Math.abs(c - a), height: 2 * Math.abs(d - b) }
  if (shape.type === 'mask') {
    const [left = 0, top = 0, right = -1, bottom = -1] = shape.points.slice(-4)
    return { width: right - left + 1, height: bottom - top + 1 }
  }
  const box = boxOf(shape)
  return { width: box && box.right - box.left, height: box && box.bottom - box.top }
}

function boxOf(shape: Shape): Box | null {
  if (shape.type !== 'skeleton') return boundingBox(shape.points)
  return shape.elements
    .filter(({ outside }) => !outside)
    .map(({ points }) => boundingBox(points))
    .reduce((sum, box) => (sum && box ? uniteBoxes(sum, box) : (sum ?? box)), null)
}

/** Square image pixels; of a cuboid and a skeleton the box around them, of lines and points none. */
function areaOf(shape: Shape): number | null {
  const { width, height } = sizeOf(shape)
  switch (shape.type) {
    case 'polygon':
      return polygonArea(shape.points)
    case 'mask':
      return maskArea(shape.points)
    case 'ellipse':
      return (Math.PI / 4) * (width ?? 0) * (height ?? 0)
    case 'polyline':
    case 'points':
      return null
    case 'rectangle':
    case 'cuboid':
    case 'skeleton': {
      const box = boxOf(shape)
      return box && boxArea(box)
    }
  }
}

const corners: Partial<Record<ShapeType, number | null>> = {
  rectangle: 4,
  cuboid: 8,
  ellipse: null,
  mask: null,
}

function pointCount({ type, points, elements }: Shape): number | null {
  if (type === 'skeleton') return elements.length
  const fixed = corners[type]
  return fixed === undefined ? points.length / 2 : fixed
}
