import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '#shared/errors/app-error.ts'
import { followRestore } from '../backup.ts'
import type { Cli } from '../session.ts'
import { counted } from '../table.ts'

export function addProjectCreateFromBackup(parent: Command, cli: Cli): void {
  parent
    .command('create-from-backup')
    .description('create a project with its tasks from its backup, made here or by CVAT')
    .argument('<file>', 'the archive')
    .action((file: string) =>
      cli.run(async (session) => {
        await session.withCore(async ({ client }) => {
          const path = resolve(session.cwd, file)
          const started = await client.backups.restoreProject({ path })
          const { projectId, tasks, notes } = await followRestore(session, client, started)
          if (projectId === null)
            throw new AppError('INTERNAL', { detail: 'a restore that made no project' })
          const project = await client.projects.get({ id: projectId })
          session.out.result({ ...project, tasks, notes }, () => {
            const frames = tasks.reduce((sum, task) => sum + task.frames, 0)
            const what = `${counted(tasks.length, 'task')} and ${counted(frames, 'frame')}`
            return `Created project ${project.id} "${project.name}" with ${what}.`
          })
        })
        return undefined
      }),
    )
}
