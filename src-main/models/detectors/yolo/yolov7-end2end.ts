import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { Detector, Family, ModelFacts, ModelRuntime } from '../../family.ts'
import { readExporterNotes } from '../../packs/metadata/exporter-notes.ts'
import { bestFirst } from '../../tensors/suppress.ts'
import { boxAt, imageBox, rectangle } from '../common/boxes.ts'
import { CandidateList } from '../common/candidates.ts'
import { labelsOf, unnamedClass } from '../common/class-labels.ts'
import { openPictureInput, pictureInputOf, YOLO_INPUT } from '../common/input-rule.ts'
import { MAX_DETECTIONS, parameterReader, THRESHOLD } from '../common/parameters.ts'
import { inOrder, unexpected } from '../common/refuse.ts'
import { cell, rowsOf } from './rows.ts'

const parameters = [THRESHOLD, MAX_DETECTIONS]

/**
 * YOLOv7 exported with `--end2end --max-wh`: [N, 7] of `picture of the batch, x1, y1, x2, y2, class, score`, suppressed in the graph.
 * @see https://github.com/WongKinYiu/yolov7
 */
export const yolov7EndToEnd: Family = {
  id: 'yolov7-end2end',
  name: 'YOLOv7 with suppression in the graph',
  kind: 'detector',
  roles: ['model'],
  parameters,
  recognise({ model }) {
    if (!model || !pictureInputOf(model) || !isTable(model)) return null
    const { names } = readExporterNotes(model.metadata)
    return {
      certainty: 0.9,
      manifest: names ? { labels: labelsOf(names, 'rectangle') } : {},
      missing: names ? [] : ['labels'],
      classes: names?.length ?? null,
    }
  },
  open,
}

function isTable({ outputs }: ModelFacts): boolean {
  const [only] = outputs
  return outputs.length === 1 && only?.dims.length === 2 && only.dims[1] === 7
}

function open(manifest: ModelManifest, runtime: ModelRuntime): Detector {
  const { id } = manifest
  const input = openPictureInput(manifest, runtime, YOLO_INPUT)
  const [only] = input.facts.outputs
  if (only && (only.dims.length !== 2 || only.dims[1] !== 7)) throw unexpected(id, only, '[N, 7]')
  return {
    async detect(picture, given) {
      const { tensor, placement, release } = input.prepare(picture)
      const outputs = await runtime.run('model', { [input.name]: tensor }).finally(release)
      const [output] = inOrder(id, outputs, input.facts.outputs)
      if (output?.dims.length !== 2 || output.dims[1] !== 7)
        throw unexpected(id, output ?? { name: 'nothing', dims: [] }, '[N, 7]')
      const read = parameterReader(parameters, manifest.parameters, given)
      const rows = rowsOf(id, output, false)
      const list = new CandidateList(id)
      for (let row = 0; row < rows.count; row++) {
        // A batch of copies is answered for each of them.
        if (cell(rows, row, 0) >= 1) continue
        const score = cell(rows, row, 6)
        if (!list.isWanted(score, read.number('threshold'))) continue
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [1, 2, 3, 4].map((column) =>
          cell(rows, row, column),
        )
        list.add(row, cell(rows, row, 5), score, [x1, y1, x2, y2])
      }
      const found = list.done()
      return [...bestFirst(found.scores).subarray(0, read.number('maxDetections'))].flatMap((i) => {
        const box = imageBox(placement, boxAt(found.boxes, i))
        const index = found.classes[i] ?? 0
        const label = manifest.labels[index]?.name ?? unnamedClass(index)
        return box ? [rectangle(label, found.scores[i] ?? 0, box)] : []
      })
    },
  }
}
