import type { ImportMode } from '#shared/contract/datasets.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import { type ImportPreview, importPreviewSchema } from '#shared/domain/import-preview.ts'
import { type ImportReport, importReportSchema } from '#shared/domain/request.ts'
import type { Client } from './connect.ts'
import { followRequest } from './follow-request.ts'
import type { Session } from './session.ts'
import { counted } from './table.ts'

/** At most this many unmatched names are printed; --json has the rest. */
const NAMED = 20

export interface ImportWish {
  /** Only this job of the task. */
  readonly jobId?: JobId | null
  readonly path: string
  /** Null: told from the content. */
  readonly format: string | null
  readonly mode?: ImportMode
  /** By name in the file: the task's label, null to leave it out. */
  readonly labels?: Record<string, string | null>
  readonly createLabels?: string[]
}

/** Import a file and wait for it. @throws what refused it; the task is then unchanged */
export async function importDataset(
  session: Session,
  client: Client,
  taskId: TaskId,
  wish: ImportWish,
): Promise<ImportReport> {
  const { requestId } = await client.datasets.import({ taskId, ...wish })
  const request = await followRequest(session, client, requestId)
  return importReportSchema.parse(request.result)
}

/** What importing it would do. */
export async function previewImport(
  session: Session,
  client: Client,
  taskId: TaskId,
  wish: ImportWish,
): Promise<ImportPreview> {
  const { requestId } = await client.datasets.previewImport({ taskId, ...wish })
  const request = await followRequest(session, client, requestId)
  return importPreviewSchema.parse(request.result)
}

/** Name what had no frame, and what was left out or changed, on stderr. */
export function reportImport(session: Session, report: ImportReport): void {
  for (const note of report.notes) session.out.warn(note)
  nameUnmatched(session, report, 'frame')
}

export function nameUnmatched(
  { out }: Session,
  { unmatched, unmatchedCount }: Pick<ImportReport, 'unmatched' | 'unmatchedCount'>,
  what: string,
): void {
  for (const name of unmatched.slice(0, NAMED)) out.warn(`No ${what} for ${name}.`)
  const more = unmatchedCount - Math.min(NAMED, unmatched.length)
  if (more > 0) out.warn(`… and ${more} more without a ${what}.`)
}

export function importSentence(report: ImportReport): string {
  const frames = counted(report.matchedFrames, 'frame')
  const merged = report.merged > 0 ? ` ${report.merged} were here already.` : ''
  const made =
    report.labelsCreated.length > 0 ? ` Labels made: ${report.labelsCreated.join(', ')}.` : ''
  return `Imported ${counted(report.imported, 'annotation')} on ${frames}.${merged}${made}`
}
