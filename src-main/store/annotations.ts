import type { AnnotationRepository } from '../core/ports.ts'
import { beginBatch } from './annotation-batch.ts'
import { createAnnotationChanges } from './annotation-changes.ts'
import { createAnnotationReads } from './annotation-reads.ts'
import { beginRewrite } from './annotation-rewrite.ts'
import { createAnnotationSearches } from './annotation-search.ts'
import { createAnnotationTable } from './annotation-table.ts'
import { createBatchTable } from './batch-table.ts'
import type { Handle } from './connection.ts'
import { createFrameMarks } from './frame-marks.ts'
import { createJournal } from './journal.ts'
import { reserveIds } from './sequence.ts'
import { withDoor } from './sqlite-errors.ts'
import { readLanes } from './track-lanes.ts'

export function createAnnotations(handle: Handle, onGarbage: () => void): AnnotationRepository {
  const table = createAnnotationTable(handle)
  const batches = createBatchTable(handle)
  const frameMarks = createFrameMarks(handle)
  const deps = { handle, table, batches, frameMarks, journal: createJournal(handle), onGarbage }
  return {
    ...createAnnotationReads(handle, table),
    ...createAnnotationSearches(handle, table),
    ...createAnnotationChanges(deps),
    lanes: (taskId, after, limit) => readLanes(handle, taskId, after, limit),
    reserveIds: (count) => reserveIds(handle, count),
    beginRewrite: (taskId, requestId, baseRevision) =>
      withDoor(handle.path, beginRewrite(deps, { taskId, requestId, baseRevision })),
    beginBatch: (taskId, requestId) => withDoor(handle.path, beginBatch(deps, taskId, requestId)),
  }
}
