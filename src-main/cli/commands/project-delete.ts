import type { Command } from 'commander'
import { projectIdSchema } from '#shared/domain/ids.ts'
import { wholeNumbers } from '../options.ts'
import type { Cli } from '../session.ts'
import { counted } from '../table.ts'

export function addProjectDelete(parent: Command, cli: Cli): void {
  parent
    .command('delete')
    .description('delete projects with their tasks; the media stay where they are')
    .argument('<ids...>', 'project ids', wholeNumbers(1))
    .action((numbers: number[]) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const ids = [...new Set(numbers)].map((id) => projectIdSchema.parse(id))
          // One unknown id refuses the whole line: nothing is deleted by half a typing mistake.
          for (const id of ids) await client.projects.get({ id })
          for (const id of ids) await client.projects.delete({ id })
          out.result({ deleted: ids }, () => `Deleted ${counted(ids.length, 'project')}.`)
          return undefined
        }),
      ),
    )
}
