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
  const { id, type, points, rotation, zOrder, occluded, color, text, skeleton } = shape
  const backwards = type === 'polygon' && signedArea(points) < 0
  const box = shapeBox({ type, points, rotation })
  return { id, type, points, rotation, zOrder, occluded, color, text, box, backwards, skeleton }
}

function visibleJoints(shape: CanvasShape): readonly number[] {
  return shape.elements.filter((joint) => !joint.outside).flatMap((joint) => joint.points)
}

/** Many shapes as a few flat buffers: 10,000 x 20 points cross to a worker in about a millisecond. */
export interface PackedShapes {
  readonly coordinates: Float64Array<ArrayBuffer>
  /** Six numbers a shape: id, type index, point numbers, zOrder, occluded, colour index. */
  readonly heads: Int32Array<ArrayBuffer>
  readonly rotations: Float64Array<ArrayBuffer>
  readonly colors: readonly string[]
  readonly texts: readonly string[]
  /** By the shape's place in the list. */
  readonly skeletons: ReadonlyMap<number, PaintSkeleton>
}

const HEAD = 6

/** Shapes that are not drawn are left out. */
export function packShapes(all: readonly CanvasShape[]): PackedShapes {
  const shapes = all.filter(isDrawn)
  const points = shapes.map(drawnPoints)
  const total = points.reduce((sum, list) => sum + list.length, 0)
  const coordinates = new Float64Array(total)
  const heads = new Int32Array(shapes.length * HEAD)
  const rotations = new Float64Array(shapes.length)
  const colors = new Map<string, number>()
  const skeletons = new Map<number, PaintSkeleton>()
  let offset = 0
  shapes.forEach((shape, i) => {
    const color = colors.get(shape.color) ?? colors.size
    colors.set(shape.color, color)
    const list = points[i] ?? []
    const type = shapeTypes.indexOf(shape.type)
    heads.set([shape.id, type, list.length, shape.zOrder, shape.occluded ? 1 : 0, color], i * HEAD)
    coordinates.set(list, offset)
    offset += list.length
    rotations[i] = shape.rotation
    const skeleton = toPaintSkeleton(shape)
    if (skeleton) skeletons.set(i, skeleton)
  })
  const texts = shapes.map((shape) => shape.text)
  return { coordinates, heads, rotations, colors: [...colors.keys()], texts, skeletons }
}

export function unpackShapes(packed: PackedShapes): PaintShape[] {
  const shapes: PaintShape[] = []
  let offset = 0
  for (let i = 0; i < packed.texts.length; i++) {
    const [id = 0, type = 0, length = 0, zOrder = 0, occluded = 0, color = 0] =
      packed.heads.subarray(i * HEAD, (i + 1) * HEAD)
    shapes.push(
      finish({
        id,
        type: shapeTypes[type] ?? 'polygon',
        points: packed.coordinates.subarray(offset, offset + length),
        rotation: packed.rotations[i] ?? 0,
        zOrder,
        occluded: occluded === 1,
        color: packed.colors[color] ?? '#ffffff',
        text: packed.texts[i] ?? '',
        skeleton: packed.skeletons.get(i) ?? null,
      }),
    )
    offset += length
  }
  return shapes
}
