import type { Family, ModelFacts } from '../../family.ts'
import type { Placement } from '../../tensors/placement.ts'
import { CandidateList } from '../common/candidates.ts'
import { labelsOf } from '../common/class-labels.ts'
import {
  type InputDefaults,
  openPictureInput,
  pictureInputOf,
  YOLO_INPUT,
} from '../common/input-rule.ts'
import {
  AGNOSTIC,
  IOU,
  MAX_DETECTIONS,
  parameterReader,
  thresholdAt,
} from '../common/parameters.ts'
import { inOrder, unexpected } from '../common/refuse.ts'
import { faceDetections } from './face-detections.ts'
import { stridedOutputs } from './strided-outputs.ts'

const parameters = [thresholdAt(0.5), IOU, MAX_DETECTIONS, AGNOSTIC]
/** Boxes a cell, as InsightFace's nets of three strides are taught. */
const ANCHORS = 2

const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'letterbox-corner',
  rounding: 'down',
  pad: 0,
  scale: 1,
  mean: [127.5, 127.5, 127.5],
  std: [128, 128, 128],
}

/**
 * SCRFD (InsightFace): for each stride scores [cells * 2, 1], distances of the sides [cells * 2, 4] and landmarks [cells * 2, 10],
 * both in strides from the cell's corner.
 * @see https://github.com/deepinsight/insightface/tree/master/detection/scrfd
 */
export const scrfd: Family = {
  id: 'scrfd',
  name: 'SCRFD (faces)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    if (!model || !pictureInputOf(model) || !isScrfd(model)) return null
    return {
      certainty: 0.85,
      manifest: { labels: labelsOf(['face'], 'rectangle') },
      missing: [],
      classes: 1,
    }
  },
  open(manifest, runtime) {
    const input = openPictureInput(manifest, runtime, INPUT)
    return {
      async detect(picture, given) {
        const { tensor, placement, release } = input.prepare(picture)
        const outputs = await runtime.run('model', { [input.name]: tensor })
        release()
        const all = inOrder(manifest.id, outputs, input.facts.outputs)
        const strided = (numbers: number) =>
          stridedOutputs(manifest.id, all, { numbers, anchors: ANCHORS, input: input.rule })
        const [scores, boxes, points] = [strided(1), strided(4), strided(10)]
        if (scores.length === 0 || boxes.length !== scores.length) {
          const [first = { name: 'nothing', dims: [] }] = all
          throw unexpected(manifest.id, first, 'scores and boxes of each stride')
        }
        const values = parameterReader(parameters, manifest.parameters, given)
        const list = new CandidateList(manifest.id)
        const marks = new Map<number, number[]>()
        let id = 0
        for (const [level, { stride, rows, data }] of scores.entries())
          for (let row = 0; row < rows; row += 1, id += 1) {
            const score = data[row] ?? Number.NaN
            if (!list.isWanted(score, values.number('threshold'))) continue
            const columns = Math.ceil(input.rule.width / stride)
            const cell = Math.floor(row / ANCHORS)
            const [x, y] = [(cell % columns) * stride, Math.floor(cell / columns) * stride]
            const far = (k: number) => (boxes[level]?.data[4 * row + k] ?? Number.NaN) * stride
            list.add(id, 0, score, [x - far(0), y - far(1), x + far(2), y + far(3)])
            const found = points[level]?.data.subarray(10 * row, 10 * row + 10) ?? []
            marks.set(
              id,
              Array.from(found, (value, k) => value * stride + (k % 2 ? y : x)),
            )
          }
        const seen = scaledByHeight(placement)
        return faceDetections(manifest, list.done(), (at) => marks.get(at) ?? [], values, seen)
      },
    }
  },
}

/** InsightFace goes back by the ratio of the heights, of which the smaller one is cut to whole pixels. */
function scaledByHeight(placement: Placement): Placement {
  const scale = placement.height / placement.pictureHeight
  return { ...placement, scaleX: scale, scaleY: scale }
}

/** Three strides, six outputs without landmarks or nine with. */
function isScrfd({ outputs }: ModelFacts): boolean {
  const last = outputs.map(({ dims }) => dims.at(-1))
  const count = (numbers: number) => last.filter((dim) => dim === numbers).length
  const isThree = count(1) === 3 && count(4) === 3
  return isThree && (outputs.length === 6 || (outputs.length === 9 && count(10) === 3))
}
