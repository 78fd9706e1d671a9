import type { FrameIndex } from '#shared/domain/ids.ts'
import type { FrameFacts } from '#shared/domain/task.ts'
import type { FrameMarks } from '#shared/operations/frame-marks.ts'
import type { FrameOperation, Step } from '#shared/operations/operation.ts'

/** A verb of the locale file `history`. */
export type FrameVerb = 'delete-frame' | 'restore-frame' | 'check-frame' | 'uncheck-frame'

const changes: Record<FrameVerb, Partial<FrameFacts>> = {
  'delete-frame': { deleted: true },
  'restore-frame': { deleted: false },
  'check-frame': { checked: true },
  'uncheck-frame': { checked: false },
}

/** One step that marks frames, or null when every one is so already: history holds no steps that do nothing. */
export function frameStep(
  verb: FrameVerb,
  frames: readonly FrameIndex[],
  marks: FrameMarks,
): Step | null {
  const operations = frames
    .map((frame): FrameOperation => {
      const before = marks.factsOf(frame)
      return { kind: 'frame', frame, before, after: { ...before, ...changes[verb] } }
    })
    .filter(({ before, after }) => !sameFacts(before, after))
  const [first] = operations
  if (!first) return null
  return { title: { key: verb, count: operations.length }, frame: first.frame, operations }
}

function sameFacts(a: FrameFacts, b: FrameFacts): boolean {
  return a.deleted === b.deleted && a.checked === b.checked
}
