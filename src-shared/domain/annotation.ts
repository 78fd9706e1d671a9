import { z } from 'zod'
import { annotationIdSchema, attributeIdSchema, frameIndexSchema, labelIdSchema } from './ids.ts'

export const shapeTypes = [
  'rectangle',
  'polygon',
  'polyline',
  'points',
  'ellipse',
  'cuboid',
  'mask',
  'skeleton',
] as const
export const shapeTypeSchema = z.enum(shapeTypes)
export type ShapeType = z.infer<typeof shapeTypeSchema>

export const sourceSchema = z.enum(['manual', 'auto', 'semi-auto', 'file'])
export type Source = z.infer<typeof sourceSchema>

/** Attribute values by AttributeSpec id. Only what differs from nothing is stored: a missing id means the default value. */
export const attributeValueSchema = z.object({ specId: attributeIdSchema, value: z.string() })
export type AttributeValue = z.infer<typeof attributeValueSchema>

/**
 * Flat `[x0, y0, x1, y1 …]`, float64 image pixels of the upright (EXIF applied) picture, origin at its top-left
 * corner, x right, y down. Per type:
 * - rectangle `[x1, y1, x2, y2]`, unrotated corners; `rotation` turns it about its centre
 * - polygon (>= 3 points, not closed), polyline (>= 2), points (>= 1)
 * - ellipse `[cx, cy, cx + rx, cy - ry]`
 * - cuboid 16 numbers, CVAT's order
 * - mask RLE counts then `left, top, right, bottom` (inclusive): row-major in that box, first run zeros
 * - skeleton `[]`; its joints are `elements`
 */
export const pointsSchema = z.array(z.number())

const commonFields = {
  id: annotationIdSchema,
  frame: frameIndexSchema,
  labelId: labelIdSchema,
  /** 0 = not grouped. */
  group: z.int().nonnegative(),
  source: sourceSchema,
  attributes: z.array(attributeValueSchema),
}

export const skeletonElementSchema = z.object({
  labelId: labelIdSchema,
  points: pointsSchema,
  occluded: z.boolean(),
  outside: z.boolean(),
  attributes: z.array(attributeValueSchema),
})
export type SkeletonElement = z.infer<typeof skeletonElementSchema>

export const tagSchema = z.object({ kind: z.literal('tag'), ...commonFields })

export const shapeSchema = z.object({
  kind: z.literal('shape'),
  ...commonFields,
  type: shapeTypeSchema,
  points: pointsSchema,
  /** Degrees, clockwise on screen, 0 … 360. */
  rotation: z.number(),
  occluded: z.boolean(),
  /** Larger is nearer to the viewer. */
  zOrder: z.int(),
  /** 0 … 1, from a model or a file; null when nobody said. */
  score: z.number().nullable(),
  elements: z.array(skeletonElementSchema),
})

export const keyframeSchema = z.object({
  frame: frameIndexSchema,
  points: pointsSchema,
  rotation: z.number(),
  occluded: z.boolean(),
  outside: z.boolean(),
  zOrder: z.int(),
  attributes: z.array(attributeValueSchema),
  /** A skeleton's joints on this frame, as of a shape; `[]` for every other type. */
  elements: z.array(skeletonElementSchema).default([]),
})
export type Keyframe = z.infer<typeof keyframeSchema>

/** One identity over Frames. `frame` is its first Keyframe's. */
export const trackSchema = z.object({
  kind: z.literal('track'),
  ...commonFields,
  type: shapeTypeSchema,
  keyframes: z.array(keyframeSchema),
})

export const annotationSchema = z.discriminatedUnion('kind', [tagSchema, shapeSchema, trackSchema])
export type Tag = z.infer<typeof tagSchema>
export type Shape = z.infer<typeof shapeSchema>
export type Track = z.infer<typeof trackSchema>
export type Annotation = z.infer<typeof annotationSchema>
