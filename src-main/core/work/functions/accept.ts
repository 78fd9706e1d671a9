import { z } from 'zod'
import { requestIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { predictionChoiceSchema } from '#shared/domain/prediction.ts'
import { acceptMany } from '../../usecases/predictions/accept-predictions.ts'
import type { Work } from '../work.ts'
import { announceAnnotated } from './announce.ts'

const acceptParams = z.object({ taskId: taskIdSchema, choice: predictionChoiceSchema })

/** Predictions that are too many to be accepted while a person waits. */
export const acceptPredictions: Work = async (deps, params, hooks, requestId) => {
  const { taskId, choice } = acceptParams.parse(params)
  const total = deps.store.predictions.count(taskId, choice)
  const id = requestIdSchema.parse(requestId)
  const accepted = await acceptMany(deps.store, { taskId, choice }, id, (done) =>
    hooks.progress(done, total, `${done.toLocaleString('en')} accepted`),
  )
  announceAnnotated(deps, taskId, accepted.frames, hooks)
  return { count: accepted.count, revision: accepted.revision }
}
