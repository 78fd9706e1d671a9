import type { Command } from 'commander'
import { type JobId, taskIdSchema } from '#shared/domain/ids.ts'
import { followExport } from '../export-dataset.ts'
import { type ExportOptions, exportInput, withExportOptions } from '../export-options.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'

export function addTaskExport(parent: Command, cli: Cli): void {
  const command = parent
    .command('export-dataset')
    .description('write the annotations of a task to a file')
    .argument('<id>', 'task id', wholeNumber(1))
  withExportOptions(command).action(
    (id: number, file: string | undefined, options: ExportOptions) =>
      cli.run((session) => exportTo(session, id, file, options)),
  )
}

export function exportTo(
  session: Session,
  id: number,
  file: string | undefined,
  { jobId = null, ...options }: ExportOptions & { jobId?: JobId | null },
): Promise<number> {
  return session.withCore(async ({ client }) => {
    const input = exportInput(options, file, session.cwd)
    const { format, frames, filter } = input
    const wanted = { taskId: taskIdSchema.parse(id), jobId }
    const { losses } = await client.datasets.lossReport({ ...wanted, format, frames, filter })
    const start = () => client.datasets.export({ ...wanted, ...input })
    return followExport(session, client, { format, losses, start })
  })
}
