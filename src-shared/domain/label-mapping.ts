import { z } from 'zod'

/**
 * Which label of the task each label of a function becomes: CVAT's own form so that its files work.
 * A label that is not named is dropped. Attributes and joints that are left out altogether go by name; `{}` is none.
 */
const attributeNamesSchema = z.record(z.string(), z.string())
const sublabelMappingSchema = z.strictObject({
  name: z.string(),
  attributes: attributeNamesSchema.optional(),
})
export const labelMappingSchema = z.record(
  z.string(),
  z.union([
    /** The old flat form: `{"person": "pedestrian"}`. */
    z.string().transform((name) => ({ name })),
    z.strictObject({
      name: z.string(),
      attributes: attributeNamesSchema.optional(),
      sublabels: z.record(z.string(), sublabelMappingSchema).optional(),
    }),
  ]),
)
/** One label of the function, and what becomes of it. */
export interface MappedTo {
  name: string
  attributes?: Record<string, string> | undefined
  sublabels?:
    | Record<string, { name: string; attributes?: Record<string, string> | undefined }>
    | undefined
}
export type LabelMapping = Record<string, MappedTo>
export type LabelMappingInput = z.input<typeof labelMappingSchema>
