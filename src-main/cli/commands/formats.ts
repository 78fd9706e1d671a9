import type { Command } from 'commander'
import type { Cli } from '../session.ts'
import { table } from '../table.ts'

export function addFormats(parent: Command, cli: Cli): void {
  parent
    .command('formats')
    .description('list the dataset formats')
    .action(() =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const formats = await client.datasets.formats()
          const brief = formats.map((format) => ({
            name: format.name,
            import: format.import,
            export: format.export,
            dimension: format.dimension,
          }))
          out.result(brief, () =>
            table([
              ['NAME', 'IMPORT', 'EXPORT', 'DIMENSION'],
              ...brief.map((f) => [f.name, yes(f.import), yes(f.export), f.dimension]),
            ]),
          )
          return undefined
        }),
      ),
    )
}

const yes = (value: boolean) => (value ? 'yes' : 'no')
