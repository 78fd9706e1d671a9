import type { Command } from 'commander'
import type { Cli } from '../session.ts'
import { counted } from '../table.ts'

export function addModelRemove(parent: Command, cli: Cli): void {
  parent
    .command('remove')
    .description('remove installed models')
    .argument('<id...>', 'ids, see `fieldmark model ls`')
    .action((ids: string[]) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          for (const id of ids) await client.models.remove({ id })
          out.result({ removed: ids }, () => `Removed ${counted(ids.length, 'model')}`)
          return undefined
        }),
      ),
    )
}
