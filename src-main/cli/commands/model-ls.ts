import type { Command } from 'commander'
import type { Model } from '#shared/domain/model.ts'
import type { Cli } from '../session.ts'
import { sizeText } from '../size-text.ts'
import { table } from '../table.ts'

export function addModelLs(parent: Command, cli: Cli): void {
  parent
    .command('ls')
    .description('list the models of this machine')
    .action(() =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const models = await client.models.list()
          out.result(models, () => listing(models))
          for (const { id, problem } of models) if (problem) out.note(`${id}: ${problem.message}`)
          return undefined
        }),
      ),
    )
}

function listing(models: readonly Model[]): string {
  return table([
    ['ID', 'KIND', 'FAMILY', 'FROM', 'SIZE', 'LICENCE', 'NAME'],
    ...models.map(({ id, manifest, origin, sizeBytes, problem }) => [
      id,
      problem ? 'damaged' : manifest.kind,
      manifest.family,
      origin,
      sizeText(sizeBytes),
      manifest.licence.slice(0, 30),
      manifest.name,
    ]),
  ])
}
