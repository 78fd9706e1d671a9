import {
  type BackupReport,
  backupReportSchema,
  type RestoreReport,
  restoreReportSchema,
} from '#shared/domain/backup.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import type { Client } from './connect.ts'
import { EXIT } from './failure.ts'
import { followRequest } from './follow-request.ts'
import type { Session } from './session.ts'
import { counted } from './table.ts'

/** @returns the exit status: pictures that could not be read make a backup that is not whole */
export async function followBackup(
  session: Session,
  client: Client,
  { requestId }: { requestId: RequestId },
): Promise<number> {
  const request = await followRequest(session, client, requestId)
  const report = backupReportSchema.parse(request.result)
  for (const note of report.notes) session.out.warn(note)
  session.out.result(report, () => sentence(report))
  return report.picturesLeftOut > 0 ? EXIT.failed : EXIT.done
}

function sentence({ path, sizeBytes, tasks, frames, annotations }: BackupReport): string {
  const what = `${counted(tasks, 'task')} with ${counted(annotations, 'annotation')} on ${counted(frames, 'frame')}`
  return `Wrote ${what} to ${path} (${sizeBytes.toLocaleString('en')} bytes).`
}

/** What came out, its remarks told. */
export async function followRestore(
  session: Session,
  client: Client,
  { requestId }: { requestId: RequestId },
): Promise<RestoreReport> {
  const request = await followRequest(session, client, requestId)
  const report = restoreReportSchema.parse(request.result)
  for (const note of report.notes) session.out.warn(note)
  return report
}
