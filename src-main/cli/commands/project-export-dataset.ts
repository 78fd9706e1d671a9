import type { Command } from 'commander'
import { projectIdSchema } from '#shared/domain/ids.ts'
import { followExport } from '../export-dataset.ts'
import { type ExportOptions, exportInput, withExportOptions } from '../export-options.ts'
import { collected, wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'

interface Options extends ExportOptions {
  readonly subset?: readonly string[]
}

export function addProjectExport(parent: Command, cli: Cli): void {
  const command = parent
    .command('export-dataset')
    .description('write the annotations of all tasks of a project to one file, by subset')
    .argument('<id>', 'project id', wholeNumber(1))
  withExportOptions(command)
    .option('--subset <name>', 'only this subset; may be given several times', collected)
    .action((id: number, file: string | undefined, { subset, ...options }: Options) =>
      cli.run((session) =>
        session.withCore(async ({ client }) => {
          const input = exportInput(options, file, session.cwd)
          const { format, frames, filter } = input
          const subsets = subset ? [...subset] : null
          const wanted = { projectId: projectIdSchema.parse(id), subsets }
          const selected = { ...wanted, format, frames, filter }
          const { losses } = await client.datasets.projectLossReport(selected)
          const start = () => client.datasets.exportProject({ ...wanted, ...input })
          return followExport(session, client, { format, losses, start })
        }),
      ),
    )
}
