import type { Family, Recognised } from '../../family.ts'
import { YOLO_INPUT } from '../common/input-rule.ts'
import { AGNOSTIC, IOU, MAX_DETECTIONS, THRESHOLD } from '../common/parameters.ts'
import { openYolo } from './detector.ts'
import { recognisedYolo, type YoloSigns, yoloSigns } from './signs.ts'

const parameters = [THRESHOLD, IOU, MAX_DETECTIONS, AGNOSTIC]

/**
 * YOLOs with objectness: [1, boxes, 5 + classes], three boxes a cell in YOLOv5 and v7, one in v6. A score is objectness times the
 * class's. Segmenters add coefficients of masks.
 * @see https://github.com/ultralytics/yolov5, https://github.com/WongKinYiu/yolov7
 */
export const yolov5: Family = {
  id: 'yolov5',
  name: 'YOLOv5, v6, v7 (detect, segment, classify)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    const signs = yoloSigns(model)
    return signs && recognise(signs)
  },
  open: (manifest, runtime) =>
    openYolo(manifest, runtime, { rows: 'objectness', input: YOLO_INPUT, parameters }),
}

function recognise(signs: YoloSigns): Recognised | null {
  const [a, b] = signs.table
  if (signs.endToEnd || signs.task !== null) return null
  const { names } = signs.notes
  if (names !== null)
    return b === 5 + names.length + signs.prototypes
      ? recognisedYolo(signs, 0.96, names.length)
      : null
  if (typeof b !== 'number') return null
  const classes = b - 5 - signs.prototypes
  if (classes < 1) return null
  const boxes = [signs.cells?.three, signs.cells?.four].map((cells) => cells && 3 * cells)
  if (boxes.includes(Number(a))) return recognisedYolo(signs, 0.92, classes)
  // One box a cell, as YOLOX has, which sees pictures otherwise: YOLOv6 calls its table `outputs`, YOLOX `output`.
  if (a === signs.cells?.three && signs.output === 'outputs')
    return recognisedYolo(signs, 0.9, classes)
  return typeof a === 'string' && b < 300 ? recognisedYolo(signs, 0.4, classes) : null
}
