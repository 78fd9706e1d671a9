import type { Annotation, Shape, Tag, Track } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Labelled } from '#shared/quality/compare.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { TrackWeaver } from '#shared/tracks/weave.ts'
import type { DatasetFrame, NewAnnotation } from '../../ports.ts'
import { datasetTask, frameRecords, toDatasetFrame } from '../dataset-task.ts'
import { ReportMaker } from '../import/import-report.ts'
import { taskTarget } from '../import/import-target.ts'
import { formatOf } from '../import/read-format.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'

/** The set a task is compared with. */
export interface SecondSet {
  /**
   * What it has on the frame of this name; null when it has no such frame. Asked for in ascending order.
   */
  of(frame: DatasetFrame): readonly Labelled[] | null
  notes(): string[]
}

/** Another task. Its frames are found by name, as an import finds them; one that is deleted there is not there. */
export function taskSet(deps: WorkDeps, taskId: TaskId): SecondSet {
  const { store } = deps
  const dataset = datasetTask(deps, taskId)
  const names = new Map(dataset.labels.map(({ id, name }) => [id, name]))
  const deleted = new Set(store.frames.marks(taskId).deleted)
  const matcher = deps.createMatcher(function* () {
    for (const record of frameRecords(deps, taskId)) {
      if (!record.deleted) yield toDatasetFrame(dataset, record)
    }
  })
  return {
    of({ name }) {
      const frame = matcher.match(name)
      if (frame === null || deleted.has(frame.index)) return null
      const here = store.annotations.ofFrame(taskId, frame.index)
      return labelled(
        here.flatMap((one) => (one.kind === 'track' ? (shapeOn(one, frame.index) ?? []) : one)),
        names,
      )
    },
    notes: () => [],
  }
}

/**
 * A file, read over the frames of the task it is compared with. All of it is in memory, so that its frames may come in
 * any order.
 * @throws what reading a dataset throws
 */
export async function fileSet(
  deps: WorkDeps,
  taskId: TaskId,
  { file, hooks }: { file: { path: string; format: string | null }; hooks: WorkHooks },
): Promise<SecondSet> {
  const { labels, annotations, notes } = await readFile(deps, taskId, { ...file, hooks })
  const names = new Map(labels.map(({ id, name }) => [id, name]))
  const numbered = annotations.map(withoutId)
  const weaver = new TrackWeaver(numbered.filter((one) => one.kind === 'track'))
  const own = Map.groupBy(
    numbered.filter((one): one is Tag | Shape => one.kind !== 'track'),
    ({ frame }) => frame,
  )
  return {
    of: ({ index }) => labelled(weaver.weave(own.get(index) ?? [], index), names),
    notes: () => notes,
  }
}

async function readFile(
  deps: WorkDeps,
  taskId: TaskId,
  { path, format: wanted, hooks }: { path: string; format: string | null; hooks: WorkHooks },
) {
  const input = await deps.formats.openInput(path)
  try {
    const { format } = await formatOf(deps.formats, wanted, input)
    const report = new ReportMaker()
    const dataset = datasetTask(deps, taskId)
    const labelIndex = deps.createLabelIndex(dataset.labels)
    const target = taskTarget(deps, dataset, { report, hooks, labelIndex })
    const annotations: NewAnnotation[] = []
    for await (const batch of format.read(input, target)) annotations.push(...batch)
    const unmatched = report.unmatchedCount
    const notes = unmatched === 0 ? [] : [`${unmatched} items of the file have no frame here`]
    return { labels: dataset.labels, annotations, notes: [...notes, ...report.notes()] }
  } finally {
    input.close()
  }
}

function withoutId(annotation: NewAnnotation): Annotation {
  return { ...annotation, id: 0 as Track['id'] }
}

export function labelled(
  annotations: readonly (Tag | Shape)[],
  names: ReadonlyMap<number, string>,
): Labelled[] {
  return annotations.map((annotation) => ({
    annotation,
    label: names.get(annotation.labelId) ?? '',
  }))
}
