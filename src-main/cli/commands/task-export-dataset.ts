import { resolve } from 'node:path'
import type { Command } from 'commander'
import { type JobId, taskIdSchema } from '#shared/domain/ids.ts'
import { exportReportSchema } from '#shared/domain/request.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly format: string
  readonly withImages?: boolean
}

export function addTaskExport(parent: Command, cli: Cli): void {
  parent
    .command('export-dataset')
    .description('write the annotations of a task to a file')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>', 'the archive to write; it appears once it is whole')
    .requiredOption('--format <name>', 'see `fieldmark formats`')
    .option('--with-images', 'put the pictures into the archive too')
    .action((id: number, file: string, { format, withImages = false }: Options) =>
      cli.run((session) => exportTo(session, id, file, { format, withImages })),
    )
}

export function exportTo(
  session: Session,
  id: number,
  file: string,
  how: { format: string; withImages: boolean; jobId?: JobId },
): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const { format, withImages, jobId = null } = how
    const { losses } = await client.datasets.lossReport({ taskId, jobId, format })
    for (const { count, what } of losses) session.out.warn(`${format}: ${count} ${what}.`)
    const path = resolve(session.cwd, file)
    const { requestId } = await client.datasets.export({ taskId, jobId, format, path, withImages })
    const request = await followRequest(session, client, requestId)
    const report = exportReportSchema.parse(request.result)
    const told = (note: string) => losses.some(({ what }) => note.includes(what))
    for (const note of report.notes) if (!told(note)) session.out.warn(note)
    session.out.result({ ...report, format, losses }, () => {
      const what = `${counted(report.annotations, 'annotation')} on ${counted(report.frames, 'frame')}`
      return `Wrote ${what} to ${report.path} (${report.sizeBytes.toLocaleString('en')} bytes).`
    })
    return report.picturesLeftOut > 0 ? EXIT.failed : EXIT.done
  })
}
