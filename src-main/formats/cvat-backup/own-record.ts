/**
 * Fieldmark's own words for a task, in `fieldmark.json` (what it is) and `fieldmark.jsonl` (its pictures, then its
 * annotations in the order they were made, a record a line). They say everything the store knows, ids by name.
 */
import { z } from 'zod'
import { shapeTypeSchema, sourceSchema } from '#shared/domain/annotation.ts'
import { jobSchema, sortingMethodSchema } from '#shared/domain/task.ts'

export const OWN_SPEC = 'fieldmark.json'
export const OWN_RECORDS = 'fieldmark.jsonl'
/** Grows when an older Fieldmark could not read what a newer one writes. */
export const OWN_VERSION = 1

const index = z.int().nonnegative()

export const ownTaskSchema = z.object({
  fieldmark: z.literal(OWN_VERSION),
  labels: z.array(z.unknown()),
  mode: z.enum(['annotation', 'interpolation']),
  size: index,
  startFrame: index,
  frameStep: z.int().positive(),
  segmentSize: index,
  overlap: index,
  sortingMethod: sortingMethodSchema,
  jobs: z
    .array(jobSchema.pick({ startFrame: true, stopFrame: true, stage: true, state: true }))
    .min(1),
  deleted: z.array(index),
  checked: z.array(index),
})
export type OwnTask = z.infer<typeof ownTaskSchema>

/** As far as any version says it. */
export const ownVersionSchema = z.object({ fieldmark: z.int().positive() })

export const ownProjectSchema = z.object({
  fieldmark: z.literal(OWN_VERSION),
  labels: z.array(z.unknown()),
})

const values = z.array(z.tuple([z.string(), z.string()]))
const points = z.array(z.number())

const jointSchema = z.object({
  label: z.string(),
  points,
  occluded: z.boolean(),
  outside: z.boolean(),
  attributes: values,
})
const common = {
  frame: index,
  label: z.string(),
  group: index,
  source: sourceSchema,
  attributes: values,
}
const form = {
  points,
  rotation: z.number(),
  occluded: z.boolean(),
  zOrder: z.int(),
  elements: z.array(jointSchema),
}

export const recordSchema = z.discriminatedUnion('is', [
  z.object({
    is: z.literal('picture'),
    name: z.string().min(1),
    file: z.string().min(1),
    related: z.array(z.string().min(1)),
    isMissing: z.boolean(),
  }),
  z.object({ is: z.literal('tag'), ...common }),
  z.object({
    is: z.literal('shape'),
    ...common,
    type: shapeTypeSchema,
    ...form,
    score: z.number().nullable(),
  }),
  z.object({
    is: z.literal('track'),
    ...common,
    type: shapeTypeSchema,
    keyframes: z.array(
      z.object({ frame: index, outside: z.boolean(), attributes: values, ...form }),
    ),
  }),
])
export type OwnRecord = z.infer<typeof recordSchema>
export type OwnAnnotation = Exclude<OwnRecord, { is: 'picture' }>
export type OwnJoint = z.infer<typeof jointSchema>
