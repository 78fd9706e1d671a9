import { z } from 'zod'
import { pointsSchema, shapeTypes } from './annotation.ts'

/**
 * What a function found on one picture, in the words of the function: its own label names, no ids of ours. What becomes
 * of it in a task is decided by the label mapping (src-shared/functions/mapping.ts).
 */
export const detectionTypeSchema = z.enum([...shapeTypes, 'tag'])
export type DetectionType = z.infer<typeof detectionTypeSchema>

export const detectedAttributeSchema = z.object({ name: z.string(), value: z.string() })
export type DetectedAttribute = z.infer<typeof detectedAttributeSchema>

/** A joint of a skeleton. `points` is `[x, y]`. */
export const detectedElementSchema = z.object({
  label: z.string(),
  points: pointsSchema,
  outside: z.boolean(),
  /** 0 … 1; null when the function does not say. */
  score: z.number().nullable(),
  attributes: z.array(detectedAttributeSchema),
})
export type DetectedElement = z.infer<typeof detectedElementSchema>

export const detectionSchema = z.object({
  /** As the function's label spec has it. */
  label: z.string(),
  type: detectionTypeSchema,
  /** As `Shape.points`, of image pixels of the upright picture; `[]` for tags and skeletons. */
  points: pointsSchema,
  /** Degrees, clockwise on screen, 0 … 360; of rectangles and ellipses. */
  rotation: z.number(),
  /** 0 … 1; null when the function does not say. */
  score: z.number().nullable(),
  /** Detections of one answer with the same number above 0 belong together. */
  group: z.int().nonnegative(),
  attributes: z.array(detectedAttributeSchema),
  elements: z.array(detectedElementSchema),
  /** Of a mask: the outline the function itself gave beside it, flat; null when it gave none. */
  outline: pointsSchema.nullable(),
})
export type Detection = z.infer<typeof detectionSchema>

/** A detection with nothing said but what is given. */
export function detection(
  given: Pick<Detection, 'label' | 'type'> & Partial<Detection>,
): Detection {
  return {
    points: [],
    rotation: 0,
    score: null,
    group: 0,
    attributes: [],
    elements: [],
    outline: null,
    ...given,
  }
}
