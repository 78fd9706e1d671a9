/** The shapes of label files as ours. */
import { boundingBox } from '#shared/geometry/box.ts'
import { encodeMask, maskProblem } from '#shared/geometry/mask.ts'
import { at } from '#shared/geometry/points.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { boxOfCorners } from '../corners.ts'
import type { NewShape } from '../new-shape.ts'
import { decodePng } from '../png/decode.ts'
import type { Refuse } from '../refuse.ts'
import type { RawShape } from './parse.ts'
import { isUntouched } from './stand-in.ts'

export type Form = Pick<NewShape, 'type' | 'points' | 'rotation'>

/** Says why a shape is left out: a clause that a count stands before. */
export type LeaveOut = (what: string) => null

/** @returns null for what is no shape of its type, after `leaveOut` was told */
export function formOf(
  shape: RawShape,
  { where, refuse, leaveOut }: { where: string; refuse: Refuse; leaveOut: LeaveOut },
): Form | null {
  if (shape.original !== null && isUntouched(shape.original, shape.type, shape.points)) {
    const { type, points, rotation } = shape.original
    return { type, points: [...points], rotation }
  }
  if (shape.type === 'mask') {
    const mask = maskOf(shape, where, refuse, leaveOut)
    const problem = mask && maskProblem(mask.points)
    return problem ? refuse(`${where}.points`, problem) : mask
  }
  const form = plainForm(shape)
  if (form === undefined)
    return leaveOut(`shapes of the unknown type "${shape.type}" were left out`)
  if (form === null || formProblem(form.type, form.points) !== null) {
    return leaveOut(`shapes of the type "${shape.type}" have too few points and were left out`)
  }
  return form
}

const upright = (type: NewShape['type'], points: readonly number[]): Form => ({
  type,
  points: [...points],
  rotation: 0,
})

/** Null: it has not the points its type needs. Undefined: there is no such type. */
function plainForm({ type, points }: RawShape): Form | null | undefined {
  switch (type) {
    case 'polygon':
    case 'quadrilateral':
      return upright('polygon', points)
    case 'rectangle':
      return points.length >= 4 ? boxAround(points) : null
    case 'oriented_rectangle':
    case 'rotation':
      return turnedBox(points)
    case 'circle':
      return circle(points)
    case 'line':
    case 'linestrip':
      return upright('polyline', points)
    case 'point':
    case 'points':
      return upright('points', points)
    case 'cuboid':
      return cuboid(points)
    default:
      return undefined
  }
}

/** Two opposite corners in any order, or all four. */
function boxAround(points: readonly number[]): Form | null {
  const box = boundingBox(points)
  return box && upright('rectangle', [box.left, box.top, box.right, box.bottom])
}

function turnedBox(points: readonly number[]): Form | null {
  if (points.length === 4) return boxAround(points)
  const box = boxOfCorners(points)
  if (box === null) return points.length >= 6 ? upright('polygon', points) : null
  return { type: 'rectangle', ...box }
}

/** Its centre and a point of its rim. */
function circle(points: readonly number[]): Form | null {
  if (points.length !== 4) return null
  const [cx, cy] = [at(points, 0), at(points, 1)]
  const radius = Math.hypot(at(points, 2) - cx, at(points, 3) - cy)
  return upright('ellipse', [cx, cy, cx + radius, cy - radius])
}

/** Of CVAT's corners, where each stands among X-AnyLabeling's: front then rear, each round from its top-left one. */
export const CUBOID_ORDER = [0, 3, 1, 2, 5, 6, 4, 7] as const

function cuboid(points: readonly number[]): Form | null {
  if (points.length !== 16) return null
  return upright(
    'cuboid',
    CUBOID_ORDER.flatMap((i) => [at(points, 2 * i), at(points, 2 * i + 1)]),
  )
}

/** A picture of the box's pixels, anything but 0 set, its top-left one at the first point. */
function maskOf(
  { mask, points }: RawShape,
  where: string,
  refuse: Refuse,
  leaveOut: LeaveOut,
): Form | null {
  if (mask === null) return leaveOut('masks without pixels were left out')
  const picture = decodePng(Buffer.from(mask, 'base64'), (problem) =>
    refuse(`${where}.mask`, problem),
  )
  const box = boundingBox(points)
  if (box === null) return leaveOut('masks without a place were left out')
  const { width, height, channels, samples } = picture
  const data = new Uint8Array(width * height)
  // Of colours any counts, of their opacity none.
  const seen = channels === 2 || channels === 4 ? channels - 1 : channels
  for (let i = 0; i < data.length; i += 1) {
    for (let c = 0; c < seen; c += 1) if (samples[i * channels + c] !== 0) data[i] = 1
  }
  const place = { left: Math.trunc(box.left), top: Math.trunc(box.top) }
  const runs = encodeMask({ ...place, width, height, data })
  return runs === null ? leaveOut('masks without pixels were left out') : upright('mask', runs)
}
