import { type Detection, detection } from '#shared/domain/detection.ts'
import { imageX, imageY, type Placement } from '../../tensors/placement.ts'
import type { Keypoints } from './layout.ts'

export interface SkeletonRule {
  readonly keypoints: Keypoints
  readonly placement: Placement
  /** Joints that are less sure are `outside`. */
  readonly threshold: number
}

/**
 * A skeleton of a row's key points.
 * @param numbers  x, y in model pixels, and how sure where `values` is 3
 * @returns null when all are, or one of them is no number
 */
export function skeletonOf(
  label: string,
  score: number,
  joints: readonly string[],
  numbers: Float64Array,
  { keypoints: { values }, placement, threshold }: SkeletonRule,
): Detection | null {
  if (!numbers.every(Number.isFinite)) return null
  const elements = joints.map((joint, i) => {
    const sure = values === 3 ? Math.max(0, Math.min(1, numbers[i * values + 2] ?? 0)) : null
    return {
      label: joint,
      points: [
        imageX(placement, numbers[i * values] ?? 0),
        imageY(placement, numbers[i * values + 1] ?? 0),
      ],
      outside: sure !== null && sure < threshold,
      score: sure,
      attributes: [],
    }
  })
  if (elements.every(({ outside }) => outside)) return null
  return detection({ label, type: 'skeleton', score, elements })
}
