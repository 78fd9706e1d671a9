import { Argument, type Command } from 'commander'
import { commandTree } from '../describe/command-tree.ts'
import { completions, type Shell } from '../describe/completion/index.ts'
import type { Cli } from '../session.ts'

export function addCompletion(parent: Command, cli: Cli): void {
  parent
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(completions)))
    .action((shell: Shell) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const formats = (await client.datasets.formats()).map(({ name }) => name)
          const script = completions[shell](commandTree(parent), formats)
          out.result({ shell, script }, () => script.trimEnd())
          return undefined
        }),
      ),
    )
}
