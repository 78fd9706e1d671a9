import { z } from 'zod'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'

/** `options` in the manifest of a YOLO; docs/families.md describes them. */
export const yoloOptionsSchema = z.strictObject({
  /** In place of what the file says. */
  task: z.enum(['detect', 'segment', 'pose', 'obb', 'classify']).optional(),
  /** How many, and numbers each (2 or 3). */
  keypoints: z.tuple([z.int().positive(), z.union([z.literal(2), z.literal(3)])]).optional(),
  /**
   * `picture`: logits are enlarged to the picture, and what lies outside the box is cleared. `prototypes`: cleared at the prototypes' size, and
   * enlarged then (Ultralytics' `process_mask`).
   */
  masks: z.enum(['picture', 'prototypes']).default('picture'),
  /** YOLOX: whether boxes come decoded already (`--decode_in_inference`). */
  decoded: z.boolean().optional(),
})
export type YoloOptions = z.output<typeof yoloOptionsSchema>

/** Whether a manifest is of a model of key points. */
export function hasJoints({ labels, options }: ModelManifest): boolean {
  return options.task === 'pose' || labels.some(({ sublabels }) => sublabels.length > 0)
}
