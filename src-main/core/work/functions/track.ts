import { z } from 'zod'
import { functionIdSchema } from '#shared/domain/function.ts'
import {
  annotationIdSchema,
  frameIndexSchema,
  requestIdSchema,
  taskIdSchema,
} from '#shared/domain/ids.ts'
import { applyLed } from '../../functions/apply-led.ts'
import { leadObjects } from '../../functions/lead-objects.ts'
import type { Work } from '../work.ts'

const trackParams = z.object({
  taskId: taskIdSchema,
  functionId: functionIdSchema,
  from: frameIndexSchema,
  to: frameIndexSchema,
  annotationIds: z.array(annotationIdSchema),
  minScore: z.number(),
  keyframeEvery: z.int().positive(),
})
export type TrackParams = z.infer<typeof trackParams>

/**
 * Objects of one frame led to another, frame by frame. Everything found is written in one step at the end: cancelled, failed
 * or killed before, annotations are as they were, and a request taken up again begins anew.
 */
export const trackObjects: Work = async (deps, params, hooks, requestId) => {
  const asked = trackParams.parse(params)
  const { taskId } = asked
  const led = await leadObjects(deps, asked, hooks)
  const report = applyLed(deps.store, led, {
    ...asked,
    clientStepId: `request:${requestIdSchema.parse(requestId)}`,
  })
  if (report.tracked > 0) {
    const task = deps.store.tasks.get(taskId)
    hooks.event({ type: 'annotations', taskId, revision: task.revision, by: null })
    hooks.event({ type: 'task', id: taskId, task })
  }
  return report
}
