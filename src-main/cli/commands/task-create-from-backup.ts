import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '#shared/errors/app-error.ts'
import { followRestore } from '../backup.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

export function addTaskCreateFromBackup(parent: Command, cli: Cli): void {
  parent
    .command('create-from-backup')
    .description('create a task from its backup, made here or by CVAT')
    .argument('<file>', 'the archive')
    .action((file: string) => cli.run((session) => taskFromBackup(session, file)))
}

export async function taskFromBackup(session: Session, file: string): Promise<undefined> {
  await session.withCore(async ({ client }) => {
    const path = resolve(session.cwd, file)
    const report = await followRestore(session, client, await client.backups.restoreTask({ path }))
    const [made] = report.tasks
    if (!made) throw new AppError('INTERNAL', { detail: 'a restore that made no task' })
    const { annotations } = made
    const task = await client.tasks.get({ id: made.id })
    session.out.result({ ...task, annotations, notes: report.notes }, () => {
      const what = `${counted(task.size, 'frame')} and ${counted(annotations, 'annotation')}`
      return `Created task ${task.id} "${task.name}" with ${what}.`
    })
  })
  return undefined
}
