import { readCuboid, type Side, sideMiddles, visibleSide } from '#shared/geometry/cuboid.ts'
import { insidePolygon, signedArea } from './hit.ts'
import { at } from './shape-box.ts'
import type { ImagePoint } from './space.ts'

/** Corners (indices into the eight points) of each face, clockwise on the screen where the face is seen. */
const FACES = {
  front: [0, 2, 3, 1],
  right: [2, 4, 5, 3],
  left: [6, 0, 1, 7],
  top: [6, 4, 2, 0],
  bottom: [1, 3, 5, 7],
  rear: [6, 4, 5, 7],
} as const
export type Face = keyof typeof FACES

/** Edges by their two corners and the faces that meet there. */
const EDGES: readonly (readonly [number, number, Face, Face])[] = [
  [0, 2, 'front', 'top'],
  [2, 3, 'front', 'right'],
  [3, 1, 'front', 'bottom'],
  [1, 0, 'front', 'left'],
  [4, 5, 'right', 'rear'],
  [6, 7, 'left', 'rear'],
  [0, 6, 'left', 'top'],
  [1, 7, 'left', 'bottom'],
  [2, 4, 'right', 'top'],
  [3, 5, 'right', 'bottom'],
  [6, 4, 'top', 'rear'],
  [7, 5, 'bottom', 'rear'],
]

/** Flat points of a face. */
export function facePoints(points: ArrayLike<number>, face: Face): number[] {
  return FACES[face].flatMap((i) => [at(points, 2 * i), at(points, 2 * i + 1)])
}

/** The front is always seen, the rear never; the others when they are turned this way. */
function isSeen(points: ArrayLike<number>, face: Face): boolean {
  if (face === 'front') return true
  return face !== 'rear' && signedArea(facePoints(points, face)) > 0
}

/** Flat points of the faces that are seen, each clockwise; the front first. */
export function seenFaces(points: ArrayLike<number>): number[][] {
  const faces = (Object.keys(FACES) as Face[]).filter((face) => isSeen(points, face))
  return faces.map((face) => facePoints(points, face))
}

/** The edges behind the cuboid (both faces at it are turned away), or those that are seen; each as x1, y1, x2, y2. */
export function cuboidEdges(points: ArrayLike<number>, which: 'seen' | 'hidden'): number[][] {
  return EDGES.filter(
    ([, , a, b]) => (isSeen(points, a) || isSeen(points, b)) === (which === 'seen'),
  ).map(([from, to]) => [from, to].flatMap((i) => [at(points, 2 * i), at(points, 2 * i + 1)]))
}

/** CSS pixels: a rear face that lies nearer to the front leaves no room to take hold of a face. */
const SHALLOW = 12

/**
 * The face that a drag moves by itself: the seen side, or the rear where it sticks out behind front and side. Over the
 * front, and on a shallow cuboid, null: there the whole is moved.
 * @param pixel  image pixels per CSS pixel
 */
export function loneFaceAt(
  points: ArrayLike<number>,
  p: ImagePoint,
  pixel: number,
): Side | 'rear' | null {
  const cuboid = readCuboid(points)
  const side = visibleSide(cuboid)
  const { front, rear } = sideMiddles(cuboid, side)
  if (Math.hypot(rear.x - front.x, rear.y - front.y) < SHALLOW * pixel) return null
  if (insidePolygon(p, facePoints(points, 'front'))) return null
  if (insidePolygon(p, facePoints(points, side))) return side
  return insidePolygon(p, facePoints(points, 'rear')) ? 'rear' : null
}
