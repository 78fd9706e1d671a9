import type { Command } from 'commander'
import type { FunctionInfo } from '#shared/domain/function.ts'
import type { Cli } from '../session.ts'
import { counted, table } from '../table.ts'

export function addFunctionLs(parent: Command, cli: Cli): void {
  parent
    .command('ls')
    .description('list what can annotate: local models, OpenCV, Nuclio')
    .action(() =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const functions = await client.functions.list()
          out.result(functions, () => listing(functions))
          for (const { id, problem } of functions)
            if (problem) out.note(`${id}: ${problem.message}`)
          return undefined
        }),
      ),
    )
}

function listing(functions: readonly FunctionInfo[]): string {
  return table([
    ['ID', 'KIND', 'STATE', 'DEVICE', 'MS', 'LABELS', 'NAME'],
    ...functions.map((one) => [
      one.id,
      one.kind,
      one.state,
      one.device,
      one.speedMs === null ? '' : String(Math.round(one.speedMs)),
      labelsOf(one),
      one.name,
    ]),
  ])
}

function labelsOf({ labels }: FunctionInfo): string {
  const names = labels.map(({ name }) => name)
  return names.length > 4 ? counted(names.length, 'label') : names.join(', ')
}
