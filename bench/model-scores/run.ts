/**
 * How well the models that ship find, cut out, follow and know again what is on the pictures they were made with, through the same door
 * as everybody, beside what the cards' own code (numpy, OpenCV, ONNX Runtime, pycocotools) reached on the same pictures. `testdata/` are those
 * 30 pictures with their ground truth; the video is the sample's.
 * Usage: node bench/model-scores/run.ts
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
import { clickScores } from './clicks.ts'
import { followScores, looksScores } from './follow.ts'
import { readSample, type Thing } from './sample.ts'
import { readFrames, readTracks } from './video.ts'

const shipped = new URL('../../models', import.meta.url).pathname
const folder = new URL('./testdata', import.meta.url).pathname
const video = new URL('../../resources/sample/video/desk.mp4', import.meta.url).pathname
/** As the cards were measured. */
const parameters = { threshold: 0.01, iou: 0.6, maxDetections: 100, keypointThreshold: 0 }
const SIGMA = 0.1

/** By the cards' code on the same pictures and video: models/metrics of their makers, part "samples". */
const reference: Readonly<Record<string, string>> = {
  'desk-detect, boxes': '0.863 0.634',
  'desk-segment, masks': '0.822 0.546',
  'desk-pose, key points': '0.477 0.249',
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

const rows = [['', 'here', "card's code", 'of']]
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
const { click, box, count } = await clickScores(functions, folder, sample)
const frames = await readFrames(video, join(dir, 'core'))
const truth = readTracks(join(folder, 'tracks.txt'))
const followed = await followScores(functions, frames, truth)
const looks = await looksScores(functions, frames, truth)
rows.push(
  ['desk-sam, one click, mean IoU', click.toFixed(3), '0.804', `${count} things`],
  ['desk-sam, exact box, mean IoU', box.toFixed(3), '0.832', `${count} things`],
  [
    'desk-track, to the end, mean IoU',
    followed.mean.toFixed(3),
    '0.667',
    `${followed.count} boxes`,
  ],
  // The card has this figure of 20 other sequences only.
  [
    'desk-reid, rank-1, 20 frames earlier',
    (looks.right / looks.asked).toFixed(3),
    '(0.980)',
    `${looks.asked} looks`,
  ],
)
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
  const [half = '', wide = ''] = (reference[what] ?? '').split(' ')
  const of = `${things.length} things`
  rows.push([`${what}, AP at 0.5`, at(0.5).toFixed(3), half, of])
  rows.push([`${what}, AP at 0.5 … 0.95`, mean(all).toFixed(3), wide, of])
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
