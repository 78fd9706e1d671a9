import { z } from 'zod'
import { rawLabelSchema } from '../domain/raw-label.ts'

/** Labels as CVAT's raw JSON: checked by `parseRawLabels`, which names the place of a mistake. */
export const rawLabels = z
  .array(z.unknown())
  .meta({ description: "CVAT's raw label JSON", items: rawLabelSchema.description })
