import { at } from './points.ts'

/**
 * A 2D cuboid in one-point perspective: its front face is a parallelogram with vertical sides, and every rear point is
 * the front point it belongs to, scaled and shifted. Whatever the numbers are, vertical edges are vertical, and each
 * edge of the rear face is parallel to its front one. Image pixels, y down.
 *
 * The store keeps 16 numbers instead, pairs of top and bottom: front left, front right, rear right, rear left.
 */
export interface Cuboid {
  /** Top corners of the front face. */
  readonly left: Corner
  readonly right: Corner
  /** Of the front face's sides. */
  readonly height: number
  /** Rear over front: 1 = no perspective, smaller = farther away. */
  readonly scale: number
  /** Added to a front point after scaling it. */
  readonly shift: Corner
}

export interface Corner {
  readonly x: number
  readonly y: number
}

export type Side = 'left' | 'right'
export type End = 'top' | 'bottom'

/** The rear face never shrinks below this part of the front. */
export const SMALLEST_SCALE = 0.05
/** CVAT's: the rear face of a cuboid drawn from a rectangle lies so much of its size to the right and up. */
const DEFAULT_DEPTH = 0.1

/**
 * The cuboid that 16 numbers describe. Numbers of another program may be bent a little (CVAT's own sides differ by a
 * tenth of a pixel): the nearest cuboid is taken, by least squares; of a straight one nothing changes.
 */
export function readCuboid(points: ArrayLike<number>): Cuboid {
  const corner = (index: number): Corner => ({
    x: at(points, 2 * index),
    y: at(points, 2 * index + 1),
  })
  const upright = (top: number) => {
    const [a, b] = [corner(top), corner(top + 1)]
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, height: b.y - a.y }
  }
  const [fl, fr] = [upright(0), upright(2)]
  const height = (fl.height + fr.height) / 2
  const front = {
    left: { x: fl.x, y: fl.y - height / 2 },
    right: { x: fr.x, y: fr.y - height / 2 },
    height,
  }
  return { ...front, ...fitRear(frontCorners(front), [6, 7, 4, 5].map(corner)) }
}

type Front = Pick<Cuboid, 'left' | 'right' | 'height'>

/** Left top, left bottom, right top, right bottom. */
function frontCorners({ left, right, height }: Front): Corner[] {
  const down = ({ x, y }: Corner) => ({ x, y: y + height })
  return [left, down(left), right, down(right)]
}

function fitRear(front: readonly Corner[], rear: readonly Corner[]) {
  const [f, r] = [middle(front), middle(rear)]
  let [together, alone] = [0, 0]
  for (const [i, a] of front.entries()) {
    const b = rear[i] ?? r
    together += (a.x - f.x) * (b.x - r.x) + (a.y - f.y) * (b.y - r.y)
    alone += (a.x - f.x) ** 2 + (a.y - f.y) ** 2
  }
  const scale = alone > 0 ? Math.max(SMALLEST_SCALE, together / alone) : 1
  return { scale, shift: { x: r.x - scale * f.x, y: r.y - scale * f.y } }
}

function middle(corners: readonly Corner[]): Corner {
  const sum = (pick: (corner: Corner) => number) =>
    corners.reduce((total, corner) => total + pick(corner), 0) / corners.length
  return { x: sum(({ x }) => x), y: sum(({ y }) => y) }
}

/** The 16 numbers, in CVAT's order. */
export function cuboidPoints(cuboid: Cuboid): number[] {
  const [lt, lb, rt, rb] = frontCorners(cuboid) as [Corner, Corner, Corner, Corner]
  const rear = (corner: Corner) => rearOf(cuboid, corner)
  return [lt, lb, rt, rb, rear(rt), rear(rb), rear(lt), rear(lb)].flatMap(({ x, y }) => [x, y])
}

function rearOf({ scale, shift }: Cuboid, { x, y }: Corner): Corner {
  return { x: scale * x + shift.x, y: scale * y + shift.y }
}

/** Front and rear middle of one side's vertical edges. */
export function sideMiddles(cuboid: Cuboid, side: Side): { front: Corner; rear: Corner } {
  const { x, y } = cuboid[side]
  const front = { x, y: y + cuboid.height / 2 }
  return { front, rear: rearOf(cuboid, front) }
}

/** The side whose face is seen: the one whose rear edge stands out farther. */
export function visibleSide(cuboid: Cuboid): Side {
  const out = (side: Side) => rearOf(cuboid, cuboid[side]).x - cuboid[side].x
  return -out('left') > out('right') ? 'left' : 'right'
}

/** @param box  the front face, corners in any order */
export function cuboidFromRectangle(box: {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}): Cuboid {
  const [x1, x2] = [Math.min(box.x1, box.x2), Math.max(box.x1, box.x2)]
  const [y1, y2] = [Math.min(box.y1, box.y2), Math.max(box.y1, box.y2)]
  const shift = { x: (x2 - x1) * DEFAULT_DEPTH, y: -(y2 - y1) * DEFAULT_DEPTH }
  return { left: { x: x1, y: y1 }, right: { x: x2, y: y1 }, height: y2 - y1, scale: 1, shift }
}

/**
 * Three corners of a face, one after the other, and where the third one lies on the opposite face. Of a side face the
 * steeper edge becomes vertical; where neither is steep the face is the top or the bottom, and the fourth point says how
 * high the cuboid is.
 */
export function cuboidFromPoints(a: Corner, b: Corner, c: Corner, opposite: Corner): Cuboid {
  const steepness = ({ x, y }: Corner) => Math.abs(y - b.y) / Math.abs(x - b.x)
  const along = between(c, opposite)
  const aIsSteep = Math.abs(a.x - b.x) === 0 || steepness(a) >= 1
  const cIsSteep = Math.abs(c.x - b.x) === 0 || steepness(c) >= 1
  if (!aIsSteep && !cIsSteep) return fromLevelFace(a, b, c, along.y)
  const [upright, lying] = aIsSteep && !(cIsSteep && steepness(c) > steepness(a)) ? [a, c] : [c, a]
  const rise = upright.y - b.y
  const top = ({ x, y }: Corner) => ({ x, y: y + Math.min(0, rise) })
  return { ...leftAndRight(top(b), top(lying)), height: Math.abs(rise), scale: 1, shift: along }
}

/** The edge from `b` that lies flatter in the picture is the front's, the other one leads to the rear. */
function fromLevelFace(a: Corner, b: Corner, c: Corner, rise: number): Cuboid {
  const [beside, behind] = Math.abs(a.x - b.x) >= Math.abs(c.x - b.x) ? [a, c] : [c, a]
  const depth = between(b, behind)
  // What lies lower in the picture is nearer.
  const isBehind = depth.y <= 0
  const near = ({ x, y }: Corner) => {
    const step = isBehind ? { x: 0, y: 0 } : depth
    return { x: x + step.x, y: y + step.y + Math.min(0, rise) }
  }
  const shift = isBehind ? depth : { x: -depth.x, y: -depth.y }
  return { ...leftAndRight(near(b), near(beside)), height: Math.abs(rise), scale: 1, shift }
}

function leftAndRight(a: Corner, b: Corner): Pick<Cuboid, Side> {
  return a.x <= b.x ? { left: a, right: b } : { left: b, right: a }
}

export function between(from: Corner, to: Corner): Corner {
  return { x: to.x - from.x, y: to.y - from.y }
}
