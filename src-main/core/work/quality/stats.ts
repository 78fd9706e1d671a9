import { z } from 'zod'
import type { Tag } from '#shared/domain/annotation.ts'
import { projectIdSchema, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { LabelStats, Stats } from '#shared/domain/quality.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { wovenFrames } from './frames.ts'

const statsParams = z.union([
  z.object({ taskId: taskIdSchema }),
  z.object({ projectId: projectIdSchema }),
])

/** Count what a task, or every task of a project, holds on its live frames. One pass, whatever the size. */
export const stats: Work = async (deps, params, hooks): Promise<Stats> => {
  const scope = statsParams.parse(params)
  const tasks =
    'taskId' in scope
      ? [deps.store.tasks.get(scope.taskId)]
      : deps.store.tasks.list({ projectId: scope.projectId })
  const counted = new Counted()
  const total = { frames: 0, deleted: 0, checked: 0 }
  const jobs: Record<string, number> = {}
  for (const { id, size } of tasks) {
    countTask(deps, id, { counted, hooks })
    const marks = deps.store.frames.marks(id)
    total.frames += size
    total.deleted += marks.deleted.length
    total.checked += marks.checked.length
    for (const { state } of deps.store.jobs.ofTask(id)) jobs[state] = (jobs[state] ?? 0) + 1
  }
  return {
    tasks: tasks.length,
    frames: total.frames,
    annotatedFrames: counted.frames,
    deletedFrames: total.deleted,
    checkedFrames: total.checked,
    jobs,
    labels: [...counted.labels.values()],
    sources: counted.sources,
    objects: counted.objects,
  }
}

function countTask(
  deps: WorkDeps,
  taskId: TaskId,
  { counted, hooks }: { counted: Counted; hooks: WorkHooks },
): void {
  const names = new Map(deps.store.labels.ofTask(taskId).map(({ id, name }) => [id, name]))
  for (const name of names.values()) counted.label(name)
  const tracks = new Set<number>()
  for (const { annotations } of wovenFrames(deps, taskId, hooks)) {
    if (annotations.length > 0) counted.frames += 1
    for (const one of annotations) counted.add(one, names.get(one.labelId) ?? '', tracks)
  }
}

class Counted {
  readonly labels = new Map<string, LabelStats>()
  readonly sources: Record<string, number> = {}
  frames = 0
  objects = 0

  label(name: string): LabelStats {
    const known = this.labels.get(name)
    if (known) return known
    const fresh = {
      label: name,
      tags: 0,
      shapes: {},
      tracks: {},
      keyframes: 0,
      interpolated: 0,
      total: 0,
    }
    this.labels.set(name, fresh)
    return fresh
  }

  /** @param tracks  of this task, those that were seen before */
  add(one: Tag | WovenShape, name: string, tracks: Set<number>): void {
    const label = this.label(name)
    label.total += 1
    const track = one.kind === 'shape' ? one.track : undefined
    if (track?.keyframe === true) label.keyframes += 1
    if (track?.keyframe === false) label.interpolated += 1
    const isNew = track === undefined || !tracks.has(track.id)
    if (!isNew) return
    if (track !== undefined) tracks.add(track.id)
    if (one.kind === 'tag') label.tags += 1
    else bump(track === undefined ? label.shapes : label.tracks, one.type)
    bump(this.sources, one.source)
    this.objects += 1
  }
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}
