import { z } from 'zod'

/** `options` in the manifest of a detection transformer; docs/families.md describes them. */
export const detrOptionsSchema = z.strictObject({
  /** What logits go through. `softmax`: one class or none a query, "none" the last. Left out: told from the number of labels. */
  head: z.enum(['sigmoid', 'softmax']).optional(),
  /** Which logit is no class. Left out: the last, when there is one more than labels; of softmax always. */
  background: z.enum(['none', 'first', 'last']).optional(),
  /** Sides pictures are fed with where the file leaves them open. */
  shortSide: z.int().positive().max(4096).default(800),
  longSide: z.int().positive().max(4096).default(1333),
})
export type DetrOptions = z.output<typeof detrOptionsSchema>
