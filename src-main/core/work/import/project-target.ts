/** All tasks of a project as readers see them: one long task, whose frames are told apart by subset. */
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Task } from '#shared/domain/task.ts'
import type { DatasetFrame, FrameMatcher, ReadTarget } from '../../ports.ts'
import { frameRecords } from '../dataset-task.ts'
import { frameOfPart, type Part } from '../export/dataset-parts.ts'
import type { WorkDeps } from '../work.ts'
import type { TargetOptions } from './import-target.ts'

/** As one long task is numbered: from 0, by 1. */
export function longTask(task: Task, size: number): Task {
  return { ...task, size, startFrame: 0, frameStep: 1, stopFrame: Math.max(0, size - 1) }
}

/** @param parts  as an export has them, see `createParts`; at least one */
export function projectTarget(
  deps: WorkDeps,
  { parts, labels }: { readonly parts: readonly Part[]; readonly labels: readonly Label[] },
  { report, hooks, labelIndex, describe }: TargetOptions,
): ReadTarget {
  const frameCount = parts.reduce((sum, part) => sum + part.frameCount, 0)
  const [first] = parts as [Part]
  function* framesOf(part: Part): Generator<DatasetFrame> {
    for (const record of frameRecords(deps, part.task.id)) yield frameOfPart(part, record)
  }
  const matchers = parts.map((part) => ({
    part,
    matcher: deps.createMatcher(() => framesOf(part)),
  }))
  return {
    task: longTask(first.task, frameCount),
    labels,
    jobs: first.jobs,
    frameCount,
    *taskFrames() {
      for (const part of parts) yield* framesOf(part)
    },
    matcher: { match: (...item) => matchIn(matchers, ...item) },
    frameAt: (absolute, subset) => frameAt(deps, of(parts, subset), absolute),
    signal: hooks.signal,
    progress: hooks.progress,
    unmatched: (name) => report.miss(name),
    note: (what, count = 1) => report.note(what, count),
    labelIndex,
    describe: describe ?? (() => undefined),
  }
}

/** Those of the subset a file names; all where it names none, or one nobody has. */
function of<T extends { readonly subset: string }>(
  parts: readonly T[],
  subset?: string,
): readonly T[] {
  const own = parts.filter((part) => part.subset === subset)
  return own.length > 0 ? own : parts
}

/**
 * By name in whichever task has it, if one has: of the subset the file tells, or else a folder of the name. A number counts
 * where there is but one task it can be of.
 */
function matchIn(
  all: readonly { readonly part: Part; readonly matcher: FrameMatcher }[],
  name: string,
  number?: number,
  subset?: string,
): DatasetFrame | null {
  const folders = new Set(name.split(/[\\/]/).slice(0, -1))
  const own = all.filter(({ part }) => part.subset === subset)
  const hinted = subset === undefined ? all.filter(({ part }) => folders.has(part.subset)) : []
  const asked = own.length > 0 ? own : hinted.length > 0 ? hinted : all
  const [only] = asked
  if (only && asked.length === 1) return only.matcher.match(name, number, subset)
  const found = asked.flatMap(({ matcher }) => matcher.match(name, undefined, subset) ?? [])
  const [frame] = found
  return frame && found.length === 1 ? frame : null
}

function frameAt(deps: WorkDeps, parts: readonly Part[], absolute: number): DatasetFrame | null {
  for (const part of parts) {
    const { task, offset, frameCount } = part
    const index = (absolute - offset - task.startFrame) / Math.max(1, task.frameStep)
    if (!Number.isInteger(index) || index < 0 || index >= frameCount) continue
    const [record] = deps.store.frames.records(task.id, index, 1)
    if (record) return frameOfPart(part, record)
  }
  return null
}

/** Where a part begins and ends in the long task. */
export interface Stretch {
  readonly first: FrameIndex
  readonly frameCount: number
}
