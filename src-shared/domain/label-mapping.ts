import { z } from 'zod'

/**
 * Which label of the task each label of a function becomes: CVAT's own form (serverless.md 5.5), so that its files work.
 * A label that is not named is dropped. `name` null: dropped, said aloud.
 */
const attributeNamesSchema = z.record(z.string(), z.string())
const sublabelMappingSchema = z.strictObject({
  name: z.string(),
  attributes: attributeNamesSchema.default({}),
})
export const labelMappingSchema = z.record(
  z.string(),
  z.union([
    /** The old flat form: `{"person": "pedestrian"}`. */
    z.string().transform((name) => ({ name, attributes: {}, sublabels: {} })),
    z.strictObject({
      name: z.string(),
      attributes: attributeNamesSchema.default({}),
      sublabels: z.record(z.string(), sublabelMappingSchema).default({}),
    }),
  ]),
)
export type LabelMapping = z.output<typeof labelMappingSchema>
export type LabelMappingInput = z.input<typeof labelMappingSchema>
