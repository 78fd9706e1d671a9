import { z } from 'zod'
import type { Detection } from '#shared/domain/detection.ts'
import { type ModelManifest, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { Family, ModelRuntime } from '../../family.ts'
import { detrs } from '../detr/index.ts'
import { scrfd } from '../faces/scrfd.ts'
import { yunet } from '../faces/yunet.ts'
import { torchvision } from '../rcnn/rcnn.ts'
import { detectionOutput, ssdScores } from '../ssd/ssd.ts'
import { yolos } from '../yolo/index.ts'
import { misfit } from './refuse.ts'

/** `options.detector` of nets that look at one person: who finds them. Its net is the pack's file `detector`. */
export const boxDetectorSchema = z.strictObject({
  family: z.string(),
  /** Names by class index. */
  labels: z.array(z.string()).default([]),
  /** The class that is looked at; left out: every one. */
  label: z.string().optional(),
  parameters: modelManifestSchema.shape.parameters,
})
export type BoxDetector = z.output<typeof boxDetectorSchema>

const known: readonly Family[] = [
  ...yolos,
  ...detrs,
  torchvision,
  yunet,
  scrfd,
  ssdScores,
  detectionOutput,
]

/** What a second net looks at: boxes of the first, or the whole picture where there is none. Image pixels. */
export type Boxes = (
  picture: RgbPicture,
) => Promise<{ label: string; box: number[]; score: number | null }[]>

/** @throws MODEL_MISFIT for a family that finds no boxes */
export function boxesOf(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  detector: BoxDetector | undefined,
): Boxes {
  if (!detector || !manifest.files.detector)
    return async ({ width, height }) => [{ label: '', box: [0, 0, width, height], score: null }]
  const family = known.find(({ id }) => id === detector.family)
  if (family?.kind !== 'detector')
    throw misfit(manifest.id, `${detector.family} is no family whose boxes it could look into`)
  const own = modelManifestSchema.parse({
    ...{ manifest: 1, id: manifest.id, name: manifest.name, kind: 'detector' },
    ...{ family: detector.family, files: { model: manifest.files.detector } },
    inputs: manifest.inputs.detector ? { '*': manifest.inputs.detector } : {},
    parameters: detector.parameters,
    labels: detector.labels.map((name) => ({
      ...{ name, type: 'rectangle', attributes: [], sublabels: [], svg: null },
    })),
  })
  const opened = family.open(own, {
    facts: () => runtime.facts('detector'),
    run: (_role, feeds) => runtime.run('detector', feeds),
  })
  return async (picture) => (await opened.detect(picture, {})).flatMap(boxIn)

  function boxIn({ type, label, points, score }: Detection) {
    const isMeant = detector?.label === undefined || label === detector.label
    return type === 'rectangle' && isMeant ? [{ label, box: points, score }] : []
  }
}
