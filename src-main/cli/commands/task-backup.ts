import { resolve } from 'node:path'
import type { Command } from 'commander'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { followBackup } from '../backup.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'

export function addTaskBackup(parent: Command, cli: Cli): void {
  parent
    .command('backup')
    .description('write a whole task, media included, to a file')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>', 'the archive to write; it appears once it is whole')
    .action((id: number, file: string) => cli.run((session) => backUpTask(session, id, file)))
}

export function backUpTask(session: Session, id: number, file: string): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const path = resolve(session.cwd, file)
    return followBackup(session, client, await client.backups.task({ taskId, path }))
  })
}
