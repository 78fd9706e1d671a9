import type { Verification } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetFormat, DatasetSource, ReadTarget } from '../../ports.ts'
import { datasetTask } from '../dataset-task.ts'
import { FoundLabels } from '../import/found-labels.ts'
import { ReportMaker } from '../import/import-report.ts'
import { type TargetOptions, taskTarget } from '../import/import-target.ts'
import { projectTarget } from '../import/project-target.ts'
import { matchesNothing } from '../import/read-format.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import type { ExportLosses } from './dataset-losses.ts'
import { createParts } from './dataset-parts.ts'
import type { Exported } from './dataset-source.ts'
import { RoundTrip } from './round-trip.ts'

const REFUSALS = new Set<string>([
  'DATASET_INVALID',
  'DATASET_NOT_THIS_FORMAT',
  'DATASET_MATCHES_NOTHING',
  'ARCHIVE_UNREADABLE',
  'ARCHIVE_UNSAFE',
])

interface Written {
  readonly exported: Exported
  /** The same again, from its first frame. */
  readonly source: DatasetSource
  readonly format: DatasetFormat
  readonly path: string
  /** What the loss report says. */
  readonly expected: Pick<ExportLosses, 'dropped' | 'extra'>
}

/**
 * Read a written file as an import into the very same task would, and compare. Null for a format that cannot be read. A file
 * that its own format refuses has nothing in it that could be found: `note` is told why.
 * @throws CANCELLED
 */
export async function verifyExport(
  deps: WorkDeps,
  { exported, source, format, path, expected }: Written,
  { hooks, note }: { hooks: WorkHooks; note: (sentence: string) => void },
): Promise<Verification | null> {
  if (!format.import) return null
  const known = new Set<number>(source.labels.map(({ id }) => id))
  const found = new FoundLabels(deps.createLabelIndex(source.labels))
  const target = targetOf(deps, exported, { labelIndex: found, hooks })
  const trip = new RoundTrip(source, (id) => known.has(id) && format.oneLabel !== true)
  const input = await deps.formats.openInput(path)
  try {
    for await (const annotations of format.read(input, target)) {
      for (const annotation of annotations) trip.saw(found.asKnown(annotation))
      hooks.progress(trip.found, null, `${trip.found.toLocaleString('en')} annotations compared`)
    }
  } catch (error) {
    const isRefusal = error instanceof AppError && REFUSALS.has(error.code)
    if (!isRefusal) {
      trip.close()
      throw error
    }
    // A file of no annotations fits any task and none.
    if (!matchesNothing(error)) note(`The file could not be read back. ${error.message}`)
  } finally {
    input.close()
  }
  trip.finish()
  const { annotations, missing, surplus, largestError: largestErrorPx } = trip
  // What is surplus may stand for something of the same label that is missing.
  const { dropped, extra } = expected
  const agreesWithLossReport = missing - surplus === dropped - extra && surplus <= extra
  return { annotations, found: trip.found, missing, surplus, largestErrorPx, agreesWithLossReport }
}

function targetOf(
  deps: WorkDeps,
  { project, streams }: Exported,
  options: Pick<TargetOptions, 'labelIndex' | 'hooks'>,
): ReadTarget {
  const [stream] = streams
  const how = { report: new ReportMaker(), ...options }
  if (!project && stream) return taskTarget(deps, datasetTask(deps, stream.task.id), how)
  return projectTarget(deps, { parts: createParts(streams), labels: project?.labels ?? [] }, how)
}
