import type { Detection } from '../domain/detection.ts'

/** A detection as it lies when the corner of what it was found on is not the picture's, but (x, y). Whole image pixels. */
export function shifted(detection: Detection, x: number, y: number): Detection {
  if (x === 0 && y === 0) return detection
  const { type, points, elements, outline } = detection
  return {
    ...detection,
    points: type === 'mask' ? maskShifted(points, x, y) : pointsShifted(points, x, y),
    elements: elements.map((joint) => ({ ...joint, points: pointsShifted(joint.points, x, y) })),
    outline: outline && pointsShifted(outline, x, y),
  }
}

function pointsShifted(points: readonly number[], x: number, y: number): number[] {
  return points.map((value, i) => value + (i % 2 === 0 ? x : y))
}

/** Runs stay; the box they count in moves. */
function maskShifted(points: readonly number[], x: number, y: number): number[] {
  const runs = points.length - 4
  return points.map((value, i) => (i < runs ? value : value + ((i - runs) % 2 === 0 ? x : y)))
}
