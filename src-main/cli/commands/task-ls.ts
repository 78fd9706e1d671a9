import type { Command } from 'commander'
import type { Cli } from '../session.ts'
import { table } from '../table.ts'

export function addTaskLs(parent: Command, cli: Cli): void {
  parent
    .command('ls')
    .description('list tasks')
    .option('--search <text>', "only these, such as 'mode: annotation AND name: street'")
    .action(({ search }: { search?: string }) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const tasks = await client.tasks.list(search === undefined ? {} : { search })
          out.result(tasks, () =>
            table([
              ['ID', 'MODE', 'FRAMES', 'ANNOTATIONS', 'JOBS', 'NAME'],
              ...tasks.map((task) => [
                task.id,
                task.mode,
                task.size,
                task.objectCount,
                `${task.completedJobCount}/${task.jobCount} done`,
                task.name,
              ]),
            ]),
          )
          return undefined
        }),
      ),
    )
}
