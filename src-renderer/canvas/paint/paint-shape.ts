import { type ShapeType, shapeTypes } from '#shared/domain/annotation.ts'
import type { CanvasShape } from '../canvas-api.ts'
import { signedArea } from '../geometry/hit.ts'
import { shapeBox } from '../geometry/shape-box.ts'
import type { ImageBox } from '../geometry/space.ts'
import { type PaintSkeleton, toPaintSkeleton } from './skeleton.ts'

/** What a painter needs of a shape, in a form that crosses to the worker without being cloned number by number. */
export interface PaintShape {
  readonly id: number
  readonly type: ShapeType
  /** As in the domain; a skeleton's are its visible joints. */
  readonly points: ArrayLike<number>
  readonly rotation: number
  readonly zOrder: number
  readonly occluded: boolean
  /** Not filled, so that what is drawn over it is seen. */
  readonly locked: boolean
  readonly color: string
  readonly text: string
  readonly box: ImageBox
  /** Runs counter-clockwise: traced backwards, or overlaps inside one batch would cancel out (nonzero rule). */
  readonly backwards: boolean
  /** Null for every type but skeletons. */
  readonly skeleton: PaintSkeleton | null
}

/** @returns null for a shape that is not drawn: hidden or without a single point */
export function toPaintShape(shape: CanvasShape): PaintShape | null {
  if (!isDrawn(shape)) return null
  return finish({ ...shape, points: drawnPoints(shape), skeleton: toPaintSkeleton(shape) })
}

/** Hidden shapes and those without a single point are not. */
export const isDrawn = (shape: CanvasShape): boolean =>
  !shape.hidden && (shape.points.length >= 2 || shape.elements.some((joint) => !joint.outside))

const drawnPoints = (shape: CanvasShape): readonly number[] =>
  shape.type === 'skeleton' ? visibleJoints(shape) : shape.points

function finish(shape: Omit<PaintShape, 'box' | 'backwards'>): PaintShape {
  const { id, type, points, rotation, zOrder, occluded, locked, color, text, skeleton } = shape
  const backwards = type === 'polygon' && signedArea(points) < 0
  const box = shapeBox({ type, points, rotation })
  const look = { zOrder, occluded, locked, color, text }
  return { id, type, points, rotation, ...look, box, backwards, skeleton }
}

function visibleJoints(shape: CanvasShape): readonly number[] {
  return shape.elements.filter((joint) => !joint.outside).flatMap((joint) => joint.points)
}

/** Many shapes as a few flat buffers: 10,000 x 20 points cross to a worker in about a millisecond. */
export interface PackedShapes {
  readonly coordinates: Float64Array<ArrayBuffer>
  /**
   * Six numbers a shape: id, type index, point numbers, zOrder, occluded (1) and locked (2), colour index. As floats,
   * because an id or a layer may be larger than 32 bits hold.
   */
  readonly heads: Float64Array<ArrayBuffer>
  readonly rotations: Float64Array<ArrayBuffer>
  readonly colors: readonly string[]
  readonly texts: readonly string[]
  /** By the shape's place in the list. */
  readonly skeletons: ReadonlyMap<number, PaintSkeleton>
}

const HEAD = 6

/** Shapes that are not drawn are left out. Plain loops: a frame's first paint waits for this. */
export function packShapes(all: readonly CanvasShape[]): PackedShapes {
  const shapes = all.filter(isDrawn)
  const points = shapes.map(drawnPoints)
  let total = 0
  for (const list of points) total += list.length
  const coordinates = new Float64Array(total)
  const heads = new Float64Array(shapes.length * HEAD)
  const rotations = new Float64Array(shapes.length)
  const colors = new Map<string, number>()
  const texts: string[] = []
  const skeletons = new Map<number, PaintSkeleton>()
  let offset = 0
  for (const [i, shape] of shapes.entries()) {
    const color = colors.get(shape.color) ?? colors.size
    colors.set(shape.color, color)
    const list = points[i] ?? []
    const head = i * HEAD
    heads[head] = shape.id
    heads[head + 1] = typeIndex[shape.type]
    heads[head + 2] = list.length
    heads[head + 3] = shape.zOrder
    heads[head + 4] = (shape.occluded ? 1 : 0) + (shape.locked ? 2 : 0)
    heads[head + 5] = color
    coordinates.set(list, offset)
    offset += list.length
    rotations[i] = shape.rotation
    texts.push(shape.text)
    const skeleton = toPaintSkeleton(shape)
    if (skeleton) skeletons.set(i, skeleton)
  }
  return { coordinates, heads, rotations, colors: [...colors.keys()], texts, skeletons }
}

const typeIndex = Object.fromEntries(shapeTypes.map((type, i) => [type, i])) as Record<
  ShapeType,
  number
>

export function unpackShapes(packed: PackedShapes): PaintShape[] {
  const { coordinates, heads, rotations, colors, texts, skeletons } = packed
  const shapes: PaintShape[] = []
  let offset = 0
  for (let i = 0; i < texts.length; i++) {
    const head = i * HEAD
    const length = heads[head + 2] ?? 0
    shapes.push(
      finish({
        id: heads[head] ?? 0,
        type: shapeTypes[heads[head + 1] ?? 0] ?? 'polygon',
        points: coordinates.subarray(offset, offset + length),
        rotation: rotations[i] ?? 0,
        zOrder: heads[head + 3] ?? 0,
        occluded: ((heads[head + 4] ?? 0) & 1) !== 0,
        locked: ((heads[head + 4] ?? 0) & 2) !== 0,
        color: colors[heads[head + 5] ?? 0] ?? '#ffffff',
        text: texts[i] ?? '',
        skeleton: skeletons.get(i) ?? null,
      }),
    )
    offset += length
  }
  return shapes
}
