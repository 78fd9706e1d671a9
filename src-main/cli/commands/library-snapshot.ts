import { resolve } from 'node:path'
import type { Command } from 'commander'
import { followBackup } from '../backup.ts'
import type { Cli } from '../session.ts'

export function addLibrarySnapshot(parent: Command, cli: Cli): void {
  parent
    .command('snapshot')
    .description('write the whole library to a file, while it is in use or not')
    .argument('<file>', 'the archive to write; it appears once it is whole')
    .option('--with-models', 'put installed models into it, too')
    .action((file: string, { withModels = false }: { withModels?: boolean }) =>
      cli.run((session) =>
        session.withCore(async ({ client }) => {
          const path = resolve(session.cwd, file)
          return followBackup(session, client, await client.backups.snapshot({ path, withModels }))
        }),
      ),
    )
}
