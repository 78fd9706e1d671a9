import type { Family, ModelFacts } from '../../family.ts'
import { CandidateList, cornersOf } from '../common/candidates.ts'
import { labelsOf } from '../common/class-labels.ts'
import { type InputDefaults, YOLO_INPUT } from '../common/input-rule.ts'
import { openNaturalInput } from '../common/natural-input.ts'
import {
  AGNOSTIC,
  iouAt,
  MAX_DETECTIONS,
  parameterReader,
  thresholdAt,
} from '../common/parameters.ts'
import { inOrder, unexpected } from '../common/refuse.ts'
import { faceDetections } from './face-detections.ts'
import { stridedOutputs } from './strided-outputs.ts'

const parameters = [thresholdAt(0.6), iouAt(0.3), MAX_DETECTIONS, AGNOSTIC]

/** BGR 0 … 255, as OpenCV gives it to the net. */
const INPUT: InputDefaults = {
  ...YOLO_INPUT,
  fit: 'letterbox-corner',
  rounding: 'down',
  color: 'bgr',
  scale: 1,
  pad: 0,
}

/**
 * YuNet: faces and five landmarks. For each stride cls, obj [1, cells, 1], bbox [1, cells, 4] (offsets of the centre in cells, logarithms
 * of the sides), kps [1, cells, 10]; score = sqrt(cls * obj).
 * @see https://github.com/opencv/opencv/blob/4.x/modules/objdetect/src/face_detect.cpp
 */
export const yunet: Family = {
  id: 'yunet',
  name: 'YuNet (faces)',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    if (!model || !isYunet(model)) return null
    const manifest = { labels: labelsOf(['face'], 'rectangle', []) }
    return { certainty: 0.95, manifest, missing: [], classes: 1 }
  },
  open(manifest, runtime) {
    const input = openNaturalInput(manifest, runtime, INPUT, { longSide: 1280, divisor: 32 })
    return {
      async detect(picture, given) {
        const { tensor, placement, release } = input.prepare(picture)
        const outputs = await runtime.run('model', { [input.name]: tensor })
        release()
        const all = inOrder(manifest.id, outputs, input.facts.outputs)
        const [height = 0, width = 0] = tensor.dims.slice(-2)
        const strided = (name: RegExp, numbers: number) =>
          stridedOutputs(
            manifest.id,
            all.filter((output) => name.test(output.name)),
            { numbers, anchors: 1, input: { width, height } },
          )
        const [cls, obj] = [strided(/cls/i, 1), strided(/obj/i, 1)]
        const [boxes, points] = [strided(/bbox/i, 4), strided(/kps/i, 10)]
        if (cls.length === 0 || [obj, boxes, points].some((one) => one.length !== cls.length)) {
          const [first = { name: 'nothing', dims: [] }] = all
          throw unexpected(manifest.id, first, 'cls, obj, bbox and kps of each stride')
        }
        const values = parameterReader(parameters, manifest.parameters, given)
        const list = new CandidateList(manifest.id)
        const marks = new Map<number, number[]>()
        let row = 0
        for (const [level, { stride, rows, data }] of cls.entries())
          for (let cell = 0; cell < rows; cell += 1, row += 1) {
            const both = share(data[cell]) * share(obj[level]?.data[cell])
            const score = Math.sqrt(both)
            if (!list.isWanted(score, values.number('threshold'))) continue
            const columns = Math.ceil(width / stride)
            const [x, y] = [cell % columns, Math.floor(cell / columns)]
            const at = (k: number) => boxes[level]?.data[4 * cell + k] ?? Number.NaN
            const [cx, cy] = [(x + at(0)) * stride, (y + at(1)) * stride]
            const sides = [Math.exp(at(2)) * stride, Math.exp(at(3)) * stride] as const
            list.add(row, 0, score, cornersOf(cx, cy, ...sides))
            const found = points[level]?.data.subarray(10 * cell, 10 * cell + 10) ?? []
            marks.set(
              row,
              Array.from(found, (value, k) => (value + (k % 2 ? y : x)) * stride),
            )
          }
        return faceDetections(manifest, list.done(), (at) => marks.get(at) ?? [], values, placement)
      },
    }
  },
}

/** Scores are cut to 0 … 1; what is no number stays none. */
const share = (value = Number.NaN) => Math.max(0, Math.min(1, value))

function isYunet({ outputs }: ModelFacts): boolean {
  const names = outputs.map(({ name }) => name)
  return ['cls_8', 'obj_8', 'bbox_8', 'kps_8'].every((name) => names.includes(name))
}
