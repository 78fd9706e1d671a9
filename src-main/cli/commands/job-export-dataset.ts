import type { Command } from 'commander'
import { jobIdSchema } from '#shared/domain/ids.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'
import { exportTo } from './task-export-dataset.ts'

interface Options {
  readonly format: string
  readonly withImages?: boolean
}

export function addJobExport(parent: Command, cli: Cli): void {
  parent
    .command('export-dataset')
    .description('write the annotations of one job to a file, with its part of every track')
    .argument('<id>', 'job id', wholeNumber(1))
    .argument('<file>', 'the archive to write; it appears once it is whole')
    .requiredOption('--format <name>', 'see `fieldmark formats`')
    .option('--with-images', 'put the pictures into the archive too')
    .action((id: number, file: string, { format, withImages = false }: Options) =>
      cli.run(async (session) => {
        const jobId = jobIdSchema.parse(id)
        const { taskId } = await session.withCore(({ client }) => client.jobs.get({ id: jobId }))
        return exportTo(session, taskId, file, { format, withImages, jobId })
      }),
    )
}
