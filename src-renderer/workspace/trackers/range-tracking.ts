import i18next from 'i18next'
import { client } from '#renderer/state/client.ts'
import { events } from '#renderer/state/events.ts'
import { notifyDone, notifyProblem } from '#renderer/ui/notify.tsx'
import type { TrackerInfo } from '#shared/contract/trackers.ts'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { trackReportSchema } from '#shared/domain/track-report.ts'
import { aiProblem } from '../ai/ai-problem.ts'
import { type Bench, shapeNow } from '../bench/bench.ts'
import { isShown } from '../filter/shown.ts'

export interface RangeTracking {
  readonly tracker: TrackerInfo
  readonly ids: readonly AnnotationId[]
  /** Before or after the frame shown. */
  readonly to: FrameIndex
  readonly minScore: number
  readonly keyframeEvery: number
}

/** Of this frame: what a tracker can lead on, seen, shown and free. */
export function trackable(bench: Bench, tracker: TrackerInfo): AnnotationId[] {
  const { annotations } = bench.document.state.getState()
  return [...annotations.values()]
    .filter((one) => one.kind !== 'tag' && tracker.shapeTypes.includes(one.type))
    .filter((one) => isShown(bench, one) && !bench.document.viewOf(one.id).locked)
    .filter((one) => shapeNow(bench, one) !== null)
    .map(({ id }) => id)
}

/** A request of the queue leads them; it goes on while the person does other things, and says so when it is done. */
export async function startTracking(bench: Bench, wanted: RangeTracking): Promise<void> {
  const { tracker, ids, to, minScore, keyframeEvery } = wanted
  const { frame } = bench.document.state.getState()
  try {
    // The core leads what it has: edits that are still here go first.
    await bench.document.outbox.flush()
    const request = await client.functions.track({
      taskId: bench.taskId,
      functionId: functionId(tracker),
      from: frame,
      to,
      annotationIds: [...ids],
      minScore,
      keyframeEvery,
    })
    tellWhenDone(request)
  } catch (error) {
    notifyProblem(aiProblem(error))
  }
}

const functionId = ({ id }: TrackerInfo): FunctionId => functionIdSchema.parse(id)

function tellWhenDone({ id }: WorkRequest): void {
  const stop = events.on('request', ({ request }) => {
    if (request.id !== id || request.state === 'queued' || request.state === 'started') return
    stop()
    if (request.state === 'finished') tell(request)
    if (request.state === 'failed' && request.error) notifyProblem(request.error)
  })
}

function tell({ result }: WorkRequest): void {
  const { data } = trackReportSchema.safeParse(result)
  if (!data) return
  const { tracked, frames, lost, changedMeanwhile, passedOver } = data
  const notes = [
    lost > 0 && i18next.t('ai:trackedLost', { count: lost }),
    changedMeanwhile > 0 && i18next.t('ai:trackedChanged', { count: changedMeanwhile }),
    passedOver > 0 && i18next.t('ai:trackedPassedOver', { count: passedOver }),
  ]
  const title = i18next.t('ai:tracked', { count: tracked, frames })
  notifyDone(title, notes.filter((note) => note !== false).join(' '))
}
