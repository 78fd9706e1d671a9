import type { Command } from 'commander'
import type { Cli } from '../session.ts'
import { table } from '../table.ts'

export function addProjectLs(parent: Command, cli: Cli): void {
  parent
    .command('ls')
    .description('list projects')
    .action(() =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const projects = await client.projects.list()
          out.result(projects, () =>
            table([
              ['ID', 'TASKS', 'NAME', 'LABELS'],
              ...projects.map((project) => [
                project.id,
                project.taskCount,
                project.name,
                project.labels.map((label) => label.name).join(', '),
              ]),
            ]),
          )
          return undefined
        }),
      ),
    )
}
