import type { Family, Recognised } from '../../family.ts'
import { YOLO_INPUT } from '../common/input-rule.ts'
import {
  AGNOSTIC,
  IOU,
  KEYPOINT_THRESHOLD,
  MAX_DETECTIONS,
  THRESHOLD,
} from '../common/parameters.ts'
import { openYolo } from './detector.ts'
import { hasJoints } from './options.ts'
import { extraOf, isCocoPose, recognisedYolo, type YoloSigns, yoloSigns } from './signs.ts'

const parameters = [THRESHOLD, IOU, MAX_DETECTIONS, AGNOSTIC, KEYPOINT_THRESHOLD]

/**
 * YOLOs without objectness: a box is `cx, cy, w, h`, class scores, and what its task adds: coefficients of masks (and
 * prototypes as another output), key points, or an angle. [1, numbers, boxes], or the other way round.
 * @see https://docs.ultralytics.com/models/yolov8
 */
export const yolov8: Family = {
  id: 'yolov8',
  name: 'YOLOv8, v9, 11, 12 (detect, segment, pose, oriented, classify)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  parametersOf: (manifest) => (hasJoints(manifest) ? parameters : parameters.slice(0, -1)),
  recognise({ model }) {
    const signs = yoloSigns(model)
    return signs && recognise(signs)
  },
  open: (manifest, runtime) =>
    openYolo(manifest, runtime, { rows: 'anchors', input: YOLO_INPUT, parameters }),
}

function recognise(signs: YoloSigns): Recognised | null {
  const [a, b] = signs.table
  if (signs.endToEnd || signs.task === 'classify') return null
  const extra = isCocoPose(signs) ? 51 : extraOf(signs)
  const { names } = signs.notes
  if (names !== null) {
    const width = 4 + names.length + extra
    const isTold = signs.task !== null
    // RT-DETR's queries, as Ultralytics exports them.
    if (a === 300 && b === width && signs.cells?.three !== a) return null
    if (a === width || b === width) return recognisedYolo(signs, isTold ? 0.98 : 0.85, names.length)
    const isOpen = typeof a === 'string' && typeof b === 'string'
    return isOpen && isTold ? recognisedYolo(signs, 0.7, names.length) : null
  }
  if (typeof a !== 'number') return null
  const cells = signs.cells?.three
  const width = typeof b === 'number' && b < a ? b : a
  const classes = width - 4 - extra
  if (classes < 1) return null
  if (width === a) {
    // Fewer numbers a box than boxes, and they come first: nobody else does that.
    const isGrid = b === cells || b === signs.cells?.four
    return recognisedYolo(signs, isGrid ? 0.9 : typeof b === 'string' ? 0.5 : 0.4, classes)
  }
  return a === cells ? recognisedYolo(signs, b === 84 ? 0.75 : 0.5, classes) : null
}
