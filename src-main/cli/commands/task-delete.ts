import type { Command } from 'commander'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { wholeNumbers } from '../options.ts'
import type { Cli } from '../session.ts'
import { counted } from '../table.ts'

export function addTaskDelete(parent: Command, cli: Cli): void {
  parent
    .command('delete')
    .description('delete tasks with their annotations; the media stay where they are')
    .argument('<ids...>', 'task ids', wholeNumbers(1))
    .action((numbers: number[]) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const ids = [...new Set(numbers)].map((id) => taskIdSchema.parse(id))
          // One unknown id refuses the whole line: nothing is deleted by half a typing mistake.
          for (const id of ids) await client.tasks.get({ id })
          for (const id of ids) await client.tasks.delete({ id })
          out.result({ deleted: ids }, () => `Deleted ${counted(ids.length, 'task')}.`)
          return undefined
        }),
      ),
    )
}
