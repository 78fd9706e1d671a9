import type { Loss } from '#shared/contract/datasets.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import { type ExportReport, exportReportSchema, type Verification } from '#shared/domain/request.ts'
import type { Client } from './connect.ts'
import { EXIT } from './failure.ts'
import { followRequest } from './follow-request.ts'
import type { Session } from './session.ts'
import { counted } from './table.ts'

/** What will be lost is told before, what became of it after. @returns the exit status */
export async function followExport(
  session: Session,
  client: Client,
  {
    format,
    losses,
    start,
  }: {
    readonly format: string
    readonly losses: readonly Loss[]
    start(): Promise<{ requestId: RequestId }>
  },
): Promise<number> {
  for (const { count, what } of losses) session.out.warn(`${format}: ${count} ${what}.`)
  const { requestId } = await start()
  const request = await followRequest(session, client, requestId)
  const report = exportReportSchema.parse(request.result)
  const told = (note: string) => losses.some(({ what }) => note.includes(what))
  for (const note of report.notes) if (!told(note)) session.out.warn(note)
  session.out.result({ ...report, format, losses }, () => sentences(report))
  const disagrees = report.verified !== null && !report.verified.agreesWithLossReport
  return report.picturesLeftOut > 0 || disagrees ? EXIT.failed : EXIT.done
}

function sentences(report: ExportReport): string {
  const what = `${counted(report.annotations, 'annotation')} on ${counted(report.frames, 'frame')}`
  const wrote = `Wrote ${what} to ${report.path} (${report.sizeBytes.toLocaleString('en')} bytes).`
  return report.verified ? `${wrote}\n${proof(report.verified)}` : wrote
}

function proof(verified: Verification): string {
  const { annotations, found, missing, surplus, largestErrorPx, agreesWithLossReport } = verified
  const error =
    largestErrorPx === 0 ? 'exactly where they were' : `at most ${pixels(largestErrorPx)} off`
  const more = surplus === 0 ? '' : `, ${surplus} that were not written`
  const said = agreesWithLossReport
    ? 'as the loss report says'
    : 'which is NOT what the loss report says'
  return `Read back: ${found} of ${counted(annotations, 'annotation')}, ${error}; ${missing} missing${more}, ${said}.`
}

const pixels = (error: number): string => `${Number(error.toPrecision(3))} px`
