import { basename, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type FunctionKind, functionKinds } from '#shared/domain/function.ts'
import { EXIT } from '../failure.ts'
import { writeScaffold } from '../functions/scaffold.ts'
import type { Cli } from '../session.ts'

interface Options {
  readonly kind: FunctionKind
  readonly name?: string
}

export function addFunctionInit(parent: Command, cli: Cli): void {
  parent
    .command('init')
    .description('write a custom function to start from: it works, with a place for your model')
    .argument('<dir>', 'a folder that does not exist yet, or is empty')
    .addOption(
      new Option('--kind <kind>', 'what it does').choices(functionKinds).makeOptionMandatory(),
    )
    .option('--name <name>', 'as people know it (else the name of the folder)')
    .action((dir: string, { kind, name }: Options) =>
      cli.run(async ({ out, cwd }) => {
        const path = resolve(cwd, dir)
        const written = await writeScaffold(path, kind, name ?? basename(path))
        out.result({ path, kind, ...written }, () =>
          [path, ...written.files.map((file) => `  ${file}`)].join('\n'),
        )
        out.note(`Run it with: fieldmark function serve "${dir}" --watch --connect`)
        return EXIT.done
      }),
    )
}
