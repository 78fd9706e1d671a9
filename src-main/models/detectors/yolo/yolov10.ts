import type { Family } from '../../family.ts'
import { YOLO_INPUT } from '../common/input-rule.ts'
import { KEYPOINT_THRESHOLD, MAX_DETECTIONS, THRESHOLD } from '../common/parameters.ts'
import { openYolo } from './detector.ts'
import { hasJoints } from './options.ts'
import { extraOf, recognisedYolo, yoloSigns } from './signs.ts'

const parameters = [THRESHOLD, MAX_DETECTIONS, KEYPOINT_THRESHOLD]

/**
 * YOLOs that need no suppression: [1, 300, 6] of `x1, y1, x2, y2, score, class` in input pixels, and what a task adds after
 * them (an oriented box is `cx, cy, w, h, score, class, angle`).
 * @see Wang et al. 2024, arXiv:2405.14458; https://docs.ultralytics.com/models/yolo26
 */
export const yolov10: Family = {
  id: 'yolov10',
  name: 'YOLOv10, YOLO26 and others with their own suppression',
  kind: 'detector',
  roles: ['model'],
  parameters,
  parametersOf: (manifest) => (hasJoints(manifest) ? parameters : parameters.slice(0, -1)),
  recognise({ model }) {
    const signs = yoloSigns(model)
    if (!signs || signs.task === 'classify') return null
    const [a, b] = signs.table
    const { notes } = signs
    const extra = extraOf(signs)
    if (b !== 6 + extra) return null
    // A detector of names.length classes has 4 + names.length numbers: told apart from 6 unless it has two.
    if (signs.endToEnd) return recognisedYolo(signs, 0.99, notes.names?.length ?? null)
    if (notes.names !== null && b === 4 + notes.names.length + extra) return null
    return a === 300 || typeof a === 'string'
      ? recognisedYolo(signs, 0.88, notes.names?.length ?? null)
      : null
  },
  open: (manifest, runtime) =>
    openYolo(manifest, runtime, { rows: 'end-to-end', input: YOLO_INPUT, parameters }),
}
