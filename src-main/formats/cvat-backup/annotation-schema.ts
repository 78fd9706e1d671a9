/** Tags, shapes and tracks as CVAT's `annotations.json` has them. Older archives leave lists out. */
import { z } from 'zod'
import { shapeTypeSchema } from '#shared/domain/annotation.ts'

const frame = z
  .int()
  .min(0)
  .max(2 ** 31)
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0)

function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])
}

const attribute = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).transform(String),
})
export type CvatValue = z.infer<typeof attribute>

const common = {
  label: z.string(),
  group: z
    .int()
    .min(0)
    .nullish()
    .transform((value) => value ?? 0),
  source: z.string().nullish(),
  attributes: list(attribute),
}

const form = {
  type: shapeTypeSchema,
  occluded: flag,
  outside: flag,
  z_order: z
    .int()
    .nullish()
    .transform((value) => value ?? 0),
  rotation: number,
  points: list(z.number()),
}

export const tagSchema = z.object({ ...common, frame })

const joint = z.object({ ...common, ...form })
export const shapeSchema = z.object({
  ...common,
  ...form,
  frame,
  score: z.number().min(0).max(1).nullish().catch(null),
  elements: list(joint),
})

const position = z.object({ ...form, frame, attributes: list(attribute) })
const jointTrack = z.object({ ...common, shapes: list(position) })
export const trackSchema = z.object({
  ...common,
  shapes: list(position),
  elements: list(jointTrack),
})

export type CvatShape = z.infer<typeof shapeSchema>
export type CvatJoint = z.infer<typeof joint>
export type CvatPosition = z.infer<typeof position>
export type CvatTrack = z.infer<typeof trackSchema>
export type CvatTag = z.infer<typeof tagSchema>
