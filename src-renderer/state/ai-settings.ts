import { z } from 'zod'
import { parameterValuesSchema } from '#shared/domain/function.ts'

/** What an interactor's or the scissors' result becomes, where the label leaves the choice. */
export const resultTypes = ['polygon', 'mask', 'rectangle'] as const
export type ResultType = (typeof resultTypes)[number]

const share = z.number().min(0).max(1)

/** What was chosen last in the AI and OpenCV tools. Functions are remembered by id, and may be gone. */
export const aiSettingsSchema = z.object({
  tab: z.enum(['interactors', 'detectors', 'trackers']).catch('interactors'),
  openCvTab: z.enum(['drawing', 'image', 'trackers']).catch('drawing'),
  interactor: z.string().nullable().catch(null),
  openCvInteractor: z.string().nullable().catch(null),
  detector: z.string().nullable().catch(null),
  tracker: z.string().nullable().catch(null),
  result: z.enum(resultTypes).catch('polygon'),
  /** Share of the points a polygon keeps. */
  density: share.catch(0.5),
  /** Interactors look only at what is on screen: for small objects. */
  onlyVisible: z.boolean().catch(false),
  masksToPolygons: z.boolean().catch(false),
  tiles: z
    .object({
      isOn: z.boolean(),
      size: z.int().min(64).max(8192),
      overlap: z.number().min(0).max(0.8),
    })
    .catch({ isOn: false, size: 640, overlap: 0.2 }),
  /** What was set of a function, by its id. */
  parameters: z.record(z.string(), parameterValuesSchema).catch({}),
  /** Tracking over a range. */
  track: z
    .object({ minScore: share, keyframeEvery: z.int().min(1).max(1000) })
    .catch({ minScore: 0, keyframeEvery: 1 }),
})
export type AiSettings = z.infer<typeof aiSettingsSchema>

export const defaultAiSettings: AiSettings = aiSettingsSchema.parse({})
