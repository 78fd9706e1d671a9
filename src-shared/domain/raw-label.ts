import { z } from 'zod'
import { inputTypeSchema, labelTypeSchema } from './label.ts'

/**
 * No line breaks and other control characters, nor half of a surrogate pair: a list of names in a file (`obj.names`) has
 * one a line, XML has no way to write most of them, and SQLite would keep another text than the one given.
 */
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/**
 * CVAT's raw label JSON, the spelling of its Raw editor and of `cvat-cli task create --labels`.
 * Strict: an unknown key is refused, because a typo there silently loses an attribute.
 * `id` on a label or attribute means "this existing one, changed"; without it a new one is made.
 */
export const rawAttributeSchema = z.strictObject({
  id: z.int().optional(),
  name: nameSchema,
  input_type: inputTypeSchema,
  mutable: z.boolean().default(false),
  values: z
    .array(z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]))
    .default([]),
  default_value: z
    .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
    .optional(),
})
const rawLabelBase = z.strictObject({
  id: z.int().optional(),
  name: nameSchema,
  color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .or(z.literal(''))
    .optional(),
  type: labelTypeSchema.default('any'),
  attributes: z.array(rawAttributeSchema).default([]),
})
export const rawLabelSchema = rawLabelBase.extend({
  svg: z.string().optional(),
  sublabels: z.array(rawLabelBase).optional(),
})
export const rawLabelsSchema = z.array(rawLabelSchema)
export type RawLabel = z.output<typeof rawLabelSchema>
export type RawLabelInput = z.input<typeof rawLabelSchema>
export type RawAttribute = z.output<typeof rawAttributeSchema>
