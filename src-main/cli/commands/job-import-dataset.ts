import type { Command } from 'commander'
import { jobIdSchema } from '#shared/domain/ids.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'
import { type ImportOptions, importInto, withImportOptions } from './task-import-dataset.ts'

export function addJobImport(parent: Command, cli: Cli): void {
  const command = parent
    .command('import-dataset')
    .description("take a file's annotations into one job; the rest of its task stays as it is")
    .argument('<id>', 'job id', wholeNumber(1))
  withImportOptions(command).action((id: number, file: string, options: ImportOptions) =>
    cli.run(async (session) => {
      const jobId = jobIdSchema.parse(id)
      const { taskId } = await session.withCore(({ client }) => client.jobs.get({ id: jobId }))
      return importInto(session, taskId, file, options, jobId)
    }),
  )
}
