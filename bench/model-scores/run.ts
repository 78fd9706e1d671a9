/**
 * How well the models that ship find what is on the sample's pictures: average precision as COCO has it, through the same
 * door as everybody, beside what the cards' own code (numpy, OpenCV, ONNX Runtime, pycocotools) reaches on the same pictures. The cards'
 * figures are of 300 others; twelve are too few to judge a model by, and enough to see that the arithmetic is the same. Of the sample that ships ten
 * things have a box and no outline, so that their masks count as wrong; on all 30 pictures that were made with it every thing has one.
 * Usage: node bench/model-scores/run.ts [FOLDER of coco.json and pictures]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInference } from '#main/models/onnx/inference.ts'
import { createOnnxFunctions } from '#main/models/onnx/onnx-functions.ts'
import { processorOnly } from '#main/models/onnx/testing/processor-only.ts'
import { createPackShelf } from '#main/models/packs/pack-shelf.ts'
import { createSettingsFile } from '#main/models/packs/settings-file.ts'
import { threadsEnded } from '#main/threads.ts'
import type { Detection } from '#shared/domain/detection.ts'
import { functionIdSchema } from '#shared/domain/function.ts'
import { boundingBox } from '#shared/geometry/box.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import { boxOverlap } from '#shared/geometry/overlap.ts'
import { report } from '../samples.ts'
import { averagePrecision } from './average-precision.ts'
import { readSample, type Thing } from './sample.ts'

const shipped = new URL('../../models', import.meta.url).pathname
const folder = process.argv[2] ?? new URL('../../resources/sample', import.meta.url).pathname
/** As the cards were measured. */
const parameters = { threshold: 0.01, iou: 0.6, maxDetections: 100, keypointThreshold: 0 }
const SIGMA = 0.1

/** By the cards' code on the same pictures: of the sample that ships (12), and of all that were made with it (30). */
const reference: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'desk-detect, boxes': { 12: '0.836 0.618', 30: '0.863 0.634' },
  'desk-segment, masks': { 12: '0.638 0.413', 30: '0.822 0.546' },
  'desk-pose, key points': { 30: '0.477 0.249' },
}

const sample = readSample(folder)
const dir = mkdtempSync(join(tmpdir(), 'fieldmark-scores-'))
const functions = createOnnxFunctions({
  packs: createPackShelf(
    { shippedDir: shipped, installedDir: join(dir, 'models') },
    createSettingsFile(join(dir, 'settings.json')),
  ),
  inference: createInference({ embeddingsDir: join(dir, 'embeddings') }),
  devices: processorOnly(),
})

const rows = [['average precision', 'at 0.5', "card's code", 'at 0.5 … 0.95', "card's code"]]
await measure('desk-detect, boxes', sample.things, (found, thing) =>
  boxOverlap(boundingBox(found.points), thing.box),
)
await measure(
  'desk-segment, masks',
  sample.things.filter(({ mask }) => mask.length > 0),
  (found, thing) => maskIoU(found.points, thing.mask),
)
const arrows = sample.things.filter(({ joints }) => joints !== null)
if (arrows.length > 0) await measure('desk-pose, key points', arrows, keypointSimilarity)
report(rows)
await functions.close()
await threadsEnded()
rmSync(dir, { recursive: true })

async function measure(
  what: string,
  things: readonly Thing[],
  overlap: (found: Detection, thing: Thing) => number,
): Promise<void> {
  const id = functionIdSchema.parse(`onnx/${what.split(',')[0]}`)
  const found: { picture: number; score: number; shape: Detection }[] = []
  for (const { id: picture, picture: pixels } of sample.pictures)
    for (const shape of await functions.detect(id, pixels, { parameters }))
      found.push({ picture, score: shape.score ?? 0, shape })
  const labels = [...new Set(things.map(({ label }) => label))]
  const at = (threshold: number) =>
    mean(
      labels.map((label) =>
        averagePrecision(
          found.filter(({ shape }) => shape.label === label),
          things
            .filter((thing) => thing.label === label)
            .map((thing) => ({ picture: thing.picture, shape: thing })),
          overlap,
          threshold,
        ),
      ),
    )
  const all = Array.from({ length: 10 }, (_, i) => at(0.5 + 0.05 * i))
  const [half = '', wide = ''] = (reference[what]?.[sample.pictures.length] ?? '').split(' ')
  rows.push([what, at(0.5).toFixed(3), half, mean(all).toFixed(3), wide])
}

function mean(values: readonly (number | null)[]): number {
  const numbers = values.filter((value) => value !== null)
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length)
}

/** COCO's object key point similarity, one sigma for all. Joints outside the picture do not count. */
function keypointSimilarity({ elements }: Detection, { joints, area }: Thing): number {
  const parts = elements.flatMap(({ points: [x = 0, y = 0] }, i) => {
    const [truthX = 0, truthY = 0, flag = 0] = joints?.slice(3 * i, 3 * i + 3) ?? []
    const squared = (x - truthX) ** 2 + (y - truthY) ** 2
    return flag > 0 ? [Math.exp(-squared / (2 * SIGMA) ** 2 / (area + Number.EPSILON) / 2)] : []
  })
  return mean(parts)
}
