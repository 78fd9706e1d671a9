import type { Command } from 'commander'
import { jobIdSchema } from '#shared/domain/ids.ts'
import { type ExportOptions, withExportOptions } from '../export-options.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'
import { exportTo } from './task-export-dataset.ts'

export function addJobExport(parent: Command, cli: Cli): void {
  const command = parent
    .command('export-dataset')
    .description('write the annotations of one job to a file, with its part of every track')
    .argument('<id>', 'job id', wholeNumber(1))
  withExportOptions(command).action(
    (id: number, file: string | undefined, options: ExportOptions) =>
      cli.run(async (session) => {
        const jobId = jobIdSchema.parse(id)
        const { taskId } = await session.withCore(({ client }) => client.jobs.get({ id: jobId }))
        return exportTo(session, taskId, file, { ...options, jobId })
      }),
  )
}
