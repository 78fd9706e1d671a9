import { z } from 'zod'
import type { client } from '#renderer/state/client.ts'
import type { FunctionId, ParameterValues } from '#shared/domain/function.ts'
import { type FrameIndex, type JobId, jobIdSchema, type TaskId } from '#shared/domain/ids.ts'
import type { LabelMapping } from '#shared/domain/label-mapping.ts'

/** What was chosen in the dialog, besides what the core remembers (labels and parameters by function). */
export const choiceSchema = z.object({
  /** The function; it may be gone. */
  functionId: z.string().nullable().catch(null),
  /** The job of it that is meant; null: the whole task. */
  jobId: jobIdSchema.nullable().catch(null),
  /** Both ends included; null: all of them. */
  range: z
    .object({ start: z.int().min(0), stop: z.int().min(0) })
    .nullable()
    .catch(null),
  onlyEmpty: z.boolean().catch(false),
  filter: z.string().catch(''),
  as: z.enum(['annotations', 'predictions']).catch('annotations'),
  cleanup: z.boolean().catch(false),
  masksToPolygons: z.boolean().catch(false),
  tiles: z
    .object({
      isOn: z.boolean(),
      size: z.int().min(64).max(8192),
      overlap: z.number().min(0).max(0.8),
    })
    .catch({ isOn: false, size: 640, overlap: 0.2 }),
  link: z
    .object({
      threshold: z.number().min(0).max(2),
      maxDistance: z.number().positive(),
      maxGap: z.int().min(0).max(1000),
      keepSingles: z.boolean(),
    })
    .catch({ threshold: 0.5, maxDistance: 50, maxGap: 0, keepSingles: true }),
})
export type Choice = z.infer<typeof choiceSchema>

export const firstChoice: Choice = choiceSchema.parse({})

interface Frames {
  readonly start: FrameIndex
  readonly stop: FrameIndex
}

/** What was chosen once, for the frames there are now: a range that does not fit is none, and so is a job that is gone. */
export function fitting(
  choice: Choice,
  jobs: readonly (Frames & { id: JobId })[],
  all: Frames,
): Choice {
  const job = jobs.find(({ id }) => id === choice.jobId) ?? null
  const limits = job ?? all
  const { range } = choice
  const fits = range && range.start >= limits.start && range.stop <= limits.stop
  return { ...choice, jobId: job?.id ?? null, range: fits ? range : null }
}

/** The frames there are to choose from; the last one is included. */
export const isWrongWay = ({ range }: Choice): boolean => range !== null && range.stop < range.start

interface Detecting {
  readonly taskId: TaskId
  readonly functionId: FunctionId
  readonly mapping: LabelMapping
  readonly parameters: ParameterValues
}

export function annotateInput(
  choice: Choice,
  detecting: Detecting,
): Parameters<typeof client.functions.annotate>[0] {
  const { tiles, as, cleanup } = choice
  return {
    ...detecting,
    ...placeOf(choice),
    filter: choice.filter.trim(),
    onlyEmpty: choice.onlyEmpty,
    masksToPolygons: choice.masksToPolygons,
    tiles: tiles.isOn ? { size: tiles.size, overlap: tiles.overlap, whole: true } : null,
    as,
    // Predictions lie beside the annotations: there is nothing to clean.
    cleanup: as === 'annotations' && cleanup,
  }
}

export function linkInput(
  choice: Choice,
  to: { readonly taskId: TaskId; readonly functionId: FunctionId; readonly preview: boolean },
): Parameters<typeof client.functions.link>[0] {
  return { ...to, ...placeOf(choice), ...choice.link }
}

const placeOf = ({ jobId, range }: Choice) => ({ jobId, frames: range })
