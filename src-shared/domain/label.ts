import { z } from 'zod'
import { attributeIdSchema, labelIdSchema } from './ids.ts'

export const labelTypes = [
  'any',
  'rectangle',
  'polygon',
  'polyline',
  'points',
  'ellipse',
  'cuboid',
  'mask',
  'skeleton',
  'tag',
] as const
export const labelTypeSchema = z.enum(labelTypes)
export type LabelType = z.infer<typeof labelTypeSchema>

export const inputTypes = ['select', 'checkbox', 'radio', 'number', 'text'] as const
export const inputTypeSchema = z.enum(inputTypes)
export type InputType = z.infer<typeof inputTypeSchema>

/**
 * A typed property of a Label.
 * `values`: select and radio list the choices; number holds [min, max, step]; checkbox ['false', 'true']; text [].
 * Attribute values are always text, as in CVAT; a checkbox says 'true' or 'false'.
 */
export const attributeSpecSchema = z.object({
  id: attributeIdSchema,
  name: z.string(),
  inputType: inputTypeSchema,
  mutable: z.boolean(),
  defaultValue: z.string(),
  values: z.array(z.string()),
})
export type AttributeSpec = z.infer<typeof attributeSpecSchema>

const labelBase = z.object({
  id: labelIdSchema,
  name: z.string(),
  /** `#rrggbb`, lower case. */
  color: z.string(),
  type: labelTypeSchema,
  attributes: z.array(attributeSpecSchema),
  /** Skeletons only: CVAT's SVG of nodes and edges. */
  svg: z.string().nullable(),
})

/** What an Annotation says it is. Skeletons carry their joints as `sublabels`. List order is creation order. */
export const labelSchema = labelBase.extend({ sublabels: z.array(labelBase) })
export type Sublabel = z.infer<typeof labelBase>
export type Label = z.infer<typeof labelSchema>
