import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { DatasetFormat, DatasetInput, LabelDraft, NewAnnotation } from '../../ports.ts'
import { datasetTask } from '../dataset-task.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { FoundLabels } from './found-labels.ts'
import type { ImportParams } from './import-params.ts'
import { ReportMaker } from './import-report.ts'
import { taskTarget } from './import-target.ts'
import { newLabel, plainLabel } from './raw-labels-of.ts'
import { matchesNothing } from './read-format.ts'

export interface Look {
  readonly wanted: ImportParams
  readonly format: DatasetFormat
  readonly input: DatasetInput
}

/**
 * Read a file for what it names: nothing is stored.
 * @param saw  gets all annotations, with the ids of `FoundLabels`
 */
export async function lookInto(
  deps: WorkDeps,
  { wanted, format, input }: Look,
  hooks: WorkHooks,
  saw: (annotations: readonly NewAnnotation[], found: FoundLabels) => void = () => undefined,
): Promise<{ found: FoundLabels; report: ReportMaker }> {
  const dataset = datasetTask(deps, wanted.taskId)
  const renamed = new Map(Object.entries(wanted.labels))
  const leftOut = [...renamed].filter(([, to]) => to === null).map(([name]) => name)
  const found = new FoundLabels(deps.createLabelIndex(dataset.labels, renamed), leftOut)
  const report = new ReportMaker()
  const describe = found.describe.bind(found)
  const target = taskTarget(deps, dataset, { report, hooks, labelIndex: found, describe })
  let count = 0
  try {
    for await (const annotations of format.read(input, target)) {
      for (const annotation of annotations) found.saw(annotation)
      saw(annotations, found)
      count += annotations.length
      hooks.progress(0, null, `${count.toLocaleString('en')} annotations seen`)
    }
  } catch (error) {
    if (!matchesNothing(error)) throw error
  }
  return { found, report }
}

/**
 * The labels an import is to make, as its file describes them, hidden until the import is through. Null: there are none to
 * make.
 * @throws LABELS_INVALID, and whatever reading throws
 */
export async function draftFromFile(
  deps: WorkDeps,
  look: Look,
  hooks: WorkHooks,
): Promise<LabelDraft | null> {
  const { taskId, createLabels } = look.wanted
  const known = new Set(deps.store.labels.ofTask(taskId).map(({ name }) => name))
  const names = [...new Set(createLabels)].filter((name) => !known.has(name))
  if (names.length === 0) return null
  const { found } = await lookInto(deps, look, hooks)
  const { projectId } = deps.store.tasks.get(taskId)
  const raw = names.map((name) => labelCalled(name, found, look.wanted.labels))
  return deps.store.labels.draft(projectId === null ? { taskId } : { projectId }, raw)
}

/** As the file's label of that name, or the first that is to become it, is described; a name the file has not is a plain label. */
function labelCalled(
  name: string,
  { byName }: FoundLabels,
  renamed: Readonly<Record<string, string | null>>,
): RawLabel {
  const [alias] = Object.entries(renamed).find(([, to]) => to === name) ?? []
  const found = byName.get(name) ?? (alias === undefined ? undefined : byName.get(alias))
  return found ? newLabel(found, name) : plainLabel(name)
}
