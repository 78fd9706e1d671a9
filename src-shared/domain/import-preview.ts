import { z } from 'zod'

/** A label as a file has it, and what becomes of it here. */
export const previewLabelSchema = z.object({
  name: z.string(),
  /** Shapes, tracks and tags of it on frames that are here; of a joint's label, its joints. */
  count: z.int(),
  /** The skeleton it is a joint of. */
  parent: z.string().nullable(),
  /** The task's label it goes to; null: what has it is left out. */
  target: z.string().nullable(),
  /** `here`: of the same name. `mapped`: a person said which. `created`: will be made. `left-out`: a person said so. `unknown`: nobody has said. */
  state: z.enum(['here', 'mapped', 'created', 'left-out', 'unknown']),
  /** The task's label with the nearest name, where `unknown`; null: none is near. */
  suggestion: z.string().nullable(),
  /**
   * Attributes the file gives it which its target has not (`missing`: left out), or for which some of its values are none of
   * those the target knows (`value`).
   */
  attributes: z.array(
    z.object({
      name: z.string(),
      problem: z.enum(['missing', 'value']),
      /** A value the file gives it. */
      example: z.string(),
    }),
  ),
})
export type PreviewLabel = z.infer<typeof previewLabelSchema>

/** What an import of this file would do. Nothing was changed. */
export const importPreviewSchema = z.object({
  /** CVAT's exact name; found by content where none was given. */
  format: z.string(),
  /** Other formats the content would fit too, best first. */
  alternatives: z.array(z.string()),
  labels: z.array(previewLabelSchema),
  frames: z.object({
    /** Frames of the task something of the file lies on. */
    matched: z.int(),
    /** Items of the file that have no frame here, named (at most 1,000; the count is exact). */
    unmatchedCount: z.int(),
    unmatched: z.array(z.string()),
  }),
  /** What would be added; a track is one, of the shape type it has. */
  added: z.object({
    tags: z.int(),
    tracks: z.int(),
    /** By shape type, tracks left out. */
    shapes: z.record(z.string(), z.int()),
  }),
  /** Annotations of the task that would go (mode `replace`). */
  replaced: z.int(),
  /** Annotations of the file that are here already and would be passed over (mode `merge`). */
  merged: z.int(),
  notes: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>
