import type { TaskId } from '#shared/domain/ids.ts'
import { type ImportReport, importReportSchema } from '#shared/domain/request.ts'
import type { Client } from './connect.ts'
import { followRequest } from './follow-request.ts'
import type { Session } from './session.ts'
import { counted } from './table.ts'

/** At most this many unmatched names are printed; --json has the rest. */
const NAMED = 20

/** Import a file and wait for it. @throws what refused it; the task is then unchanged */
export async function importDataset(
  session: Session,
  client: Client,
  taskId: TaskId,
  { path, format }: { path: string; format: string },
): Promise<ImportReport> {
  const input = { taskId, path, format }
  const { requestId } = await client.datasets.import(input)
  const request = await followRequest(session, client, requestId)
  return importReportSchema.parse(request.result)
}

/** Name what had no frame, and what was left out or changed, on stderr. */
export function reportImport({ out }: Session, report: ImportReport): void {
  for (const note of report.notes) out.warn(note)
  for (const name of report.unmatched.slice(0, NAMED)) out.warn(`No frame for ${name}.`)
  const more = report.unmatchedCount - Math.min(NAMED, report.unmatched.length)
  if (more > 0) out.warn(`… and ${more} more without a frame.`)
}

export function importSentence(report: ImportReport): string {
  const frames = counted(report.matchedFrames, 'frame')
  return `Imported ${counted(report.imported, 'annotation')} on ${frames}.`
}
