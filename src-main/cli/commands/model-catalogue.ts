import type { Command } from 'commander'
import type { CatalogueEntry } from '#shared/domain/model.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Cli } from '../session.ts'
import { table } from '../table.ts'

export function addModelCatalogue(parent: Command, cli: Cli): void {
  parent
    .command('catalogue')
    .description('list known models of others, and how to get each')
    .argument('[id]', 'say how to get this one')
    .action((id: string | undefined) =>
      cli.run(({ out, withCore }) =>
        withCore(async ({ client }) => {
          const entries = await client.models.catalogue()
          if (id === undefined) out.result(entries, () => listing(entries))
          else {
            const entry = entries.find((one) => one.id === id)
            if (!entry) throw new AppError('NOT_FOUND', { what: 'model of the catalogue', id })
            out.result(entry, () => told(entry))
          }
          return undefined
        }),
      ),
    )
}

function listing(entries: readonly CatalogueEntry[]): string {
  return table([
    ['ID', 'KIND', 'RUNS HERE AS', 'LICENCE', 'NAME'],
    ...entries.map(({ id, kind, family, licence, name }) => [
      id,
      kind,
      family ?? '(Nuclio)',
      licence,
      name,
    ]),
  ])
}

const told = ({ name, description, licence, source, family, howTo }: CatalogueEntry) =>
  [
    name,
    '',
    description,
    '',
    `Licence: ${licence}`,
    `Source: ${source}`,
    `Runs here as: ${family ?? 'nothing; call it over Nuclio'}`,
    '',
    howTo,
  ].join('\n')
