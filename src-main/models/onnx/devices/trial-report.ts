import { z } from 'zod'
import type { PackOrder } from '../protocol.ts'

/** What the process of a trial is asked. `probe`: does it work at all? `compare`: is it quicker with this model, and right? */
export type TrialWork =
  | { readonly kind: 'probe'; readonly executionProvider: string }
  | { readonly kind: 'compare'; readonly executionProvider: string; readonly pack: PackOrder }
/** `out`: the file it writes to. */
export type TrialOrder = TrialWork & { readonly out: string }

/** What it writes. A process that died has written nothing. */
export const trialReportSchema = z.object({
  /** Why it does not work, a clause; '' when it does. */
  problem: z.string(),
  /** Milliseconds of the nets of one picture, on the processor and there; null when only probed. */
  cpuMs: z.number().nullable(),
  ms: z.number().nullable(),
})
export type TrialReport = z.infer<typeof trialReportSchema>
