/**
 * Annotations of formats that have one outline or one point for each object: masks in pieces and sets of points are several
 * objects there, each with a word that says whose parts they are (`mask 3`). Such formats keep words they do not know.
 */
import type { DatasetFrame } from '#main/core/ports.ts'
import { joinHoles } from '#shared/geometry/contours.ts'
import { maskContours } from '#shared/geometry/mask-contours.ts'
import { polygonsToMask } from '#shared/geometry/mask-raster.ts'
import { canvasSize } from './canvas-size.ts'
import { type NewShape, newShape } from './new-shape.ts'

/** The key under which that word stands. */
export const PART_OF = 'part_of'

/** A mask's outlines, holes joined to them: filling them gives its pixels back. */
export function maskParts(points: readonly number[]): number[][] {
  return joinHoles(maskContours(points))
}

/** 0 x 0: nobody knows. */
type Sized = Pick<DatasetFrame, 'width' | 'height'>

interface Part {
  readonly shape: NewShape
  /** Which annotation it is a part of, as the file says; null: none. */
  readonly partOf: string | null
}

/** Joins what says the same of the same label: points one after the other, polygons by their pixels. */
export function joinParts(parts: readonly Part[], frame: Sized): NewShape[] {
  const groups = new Map<string, NewShape[]>()
  for (const [i, { shape, partOf }] of parts.entries()) {
    const kind = partOf === null ? null : /^(points|mask) /.exec(partOf)?.[1]
    const fits = kind === (shape.type === 'polygon' ? 'mask' : shape.type)
    const key = fits ? `${shape.labelId} ${partOf}` : `alone ${i}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [shape])
    else group.push(shape)
  }
  return [...groups].flatMap(([key, shapes]) => joined(shapes, key.includes(' mask '), frame))
}

function joined(shapes: readonly NewShape[], isMask: boolean, frame: Sized): NewShape[] {
  const [first] = shapes
  if (first === undefined) return []
  if (first.type === 'points') return [{ ...first, points: shapes.flatMap(({ points }) => points) }]
  if (!isMask || first.type !== 'polygon') return [...shapes]
  const [height, width] = canvasSize(shapes, frame)
  const polygons = shapes.map(({ points }) => ({ outer: points, holes: [] }))
  const mask = polygonsToMask(polygons, width, height)
  return mask === null ? [] : [newShape({ ...first, type: 'mask', points: mask })]
}
