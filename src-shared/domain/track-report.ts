import { z } from 'zod'

/** What became of objects that a tracker was to lead over a range of frames: the result of a `track` request. */
export const trackReportSchema = z.object({
  /** Annotations that were changed: led further than the first frame. */
  tracked: z.int(),
  /** Of all objects: those that were lost on the way. */
  lost: z.int(),
  /** Lost at once: left as they are. */
  notFound: z.int(),
  /** Somebody changed or deleted them meanwhile: left as they are. */
  changedMeanwhile: z.int(),
  /** Asked for, and not seen on that frame, or of a type the tracker cannot follow. */
  passedOver: z.int(),
  /** The longest way: frames beyond the first. */
  frames: z.int(),
})
export type TrackReport = z.infer<typeof trackReportSchema>
