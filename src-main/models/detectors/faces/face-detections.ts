import { type Detection, detection } from '#shared/domain/detection.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { imagePoint, type Placement } from '../../tensors/placement.ts'
import { boxAt, imageBox, rectangle } from '../common/boxes.ts'
import type { FoundCandidates } from '../common/candidates.ts'
import { keptCandidates } from '../common/kept-boxes.ts'
import type { Parameters } from '../common/parameters.ts'

/** Faces as rectangles, or, where the manifest names joints, as skeletons of their landmarks. Best first. */
export function faceDetections(
  { labels: [label] }: ModelManifest,
  found: FoundCandidates,
  /** Of a row: x, y of each landmark, model pixels. */
  landmarks: (row: number) => readonly number[],
  values: Parameters,
  placement: Placement,
): Detection[] {
  const name = label?.name ?? 'face'
  const joints = label?.sublabels ?? []
  return keptCandidates(found, values).flatMap((index): Detection | readonly Detection[] => {
    const score = found.scores[index] ?? 0
    const box = imageBox(placement, boxAt(found.boxes, index))
    if (!box) return []
    if (joints.length === 0) return rectangle(name, score, box)
    const points = landmarks(found.rows[index] ?? 0)
    const elements = joints.map((joint, k) => {
      const at = imagePoint(placement, points[2 * k] ?? Number.NaN, points[2 * k + 1] ?? Number.NaN)
      const isThere = at.every(Number.isFinite)
      return {
        label: joint.name,
        points: isThere ? [...at] : [0, 0],
        outside: !isThere,
        score: null,
        attributes: [],
      }
    })
    if (elements.every(({ outside }) => outside)) return []
    return detection({ label: name, type: 'skeleton', score, elements })
  })
}
