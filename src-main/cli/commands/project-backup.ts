import { resolve } from 'node:path'
import type { Command } from 'commander'
import { projectIdSchema } from '#shared/domain/ids.ts'
import { followBackup } from '../backup.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'

export function addProjectBackup(parent: Command, cli: Cli): void {
  parent
    .command('backup')
    .description('write a project with all its tasks, media included, to a file')
    .argument('<id>', 'project id', wholeNumber(1))
    .argument('<file>', 'the archive to write; it appears once it is whole')
    .action((id: number, file: string) =>
      cli.run((session) =>
        session.withCore(async ({ client }) => {
          const projectId = projectIdSchema.parse(id)
          const path = resolve(session.cwd, file)
          return followBackup(session, client, await client.backups.project({ projectId, path }))
        }),
      ),
    )
}
