import { DropNotes } from '#shared/functions/notes.ts'
import { toProposals } from '#shared/functions/proposals.ts'
import type { Deps, Usecases } from '../../usecase.ts'
import { checkedRun } from './detector-run.ts'

/** One frame, while a person waits. Nothing is stored but the mapping. */
export function createDetect(deps: Deps): Usecases['functions']['detect'] {
  return async ({ taskId, frame, ...run }, caller) => {
    const begun = performance.now()
    const { resolved } = await checkedRun(deps, taskId, run)
    const { width, height } = deps.store.frames.record(taskId, frame)
    const { functionId, parameters, region, tiles, masksToPolygons } = run
    const detections = await deps.functions.detect(
      { taskId, frame },
      { functionId, parameters, region, tiles },
      { ...caller, lane: 'now' },
    )
    const notes = new DropNotes()
    const size = width === null || height === null ? null : { width, height }
    const options = { mapping: resolved, frame, size, masksToPolygons }
    const proposals = toProposals(detections, options, notes)
    return { proposals, notes: notes.list(), tookMs: performance.now() - begun }
  }
}
