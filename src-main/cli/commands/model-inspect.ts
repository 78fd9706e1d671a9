import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ModelProposal } from '#shared/domain/model.ts'
import { classNames } from '../class-names.ts'
import type { Cli } from '../session.ts'

export function addModelInspect(parent: Command, cli: Cli): void {
  parent
    .command('inspect')
    .description('say what a model file is, and what is missing; nothing is changed')
    .argument(
      '<path>',
      'an .onnx, a folder, a zip, a YAML of X-AnyLabeling, a function.yaml of CVAT',
    )
    .option('--family <id>', 'the family it belongs to, in place of the likeliest')
    .option(
      '--labels <names|file>',
      'names of its classes in their order: a,b,c, a file with a line each, coco, or coco91',
    )
    .action((path: string, options: { family?: string; labels?: string }) =>
      cli.run(({ out, cwd, withCore }) =>
        withCore(async ({ client }) => {
          const { family } = options
          const labels = await classNames(options.labels, cwd)
          const proposal = await client.models.inspect({ path: resolve(cwd, path), family, labels })
          out.result(proposal, () => told(proposal))
          return undefined
        }),
      ),
    )
}

function told({
  manifest,
  families,
  missing,
  facts,
  notes,
  readFrom,
  classes,
}: ModelProposal): string {
  const labels = manifest.labels.map(({ name }) => name)
  const shown = labels.slice(0, 20).join(', ') + (labels.length > 20 ? ', …' : '')
  const [best, ...others] = families
  return [
    `${manifest.name}: a ${manifest.kind}, as ${readFrom} says`,
    best ? `family    ${manifest.family} (${best.name})` : 'family    unknown',
    ...(others.length > 0 ? [`          or ${others.map(({ id }) => id).join(', ')}`] : []),
    `labels    ${shown || (classes === null ? 'none' : `${classes}, without names`)}`,
    ...(manifest.licence === '' ? [] : [`licence   ${manifest.licence}`]),
    ...Object.entries(manifest.files).map(
      ([role, { path, url }]) => `${role.padEnd(9)} ${url ?? path}`,
    ),
    ...facts.map((fact) => `          ${fact}`),
    ...notes.map((note) => `note      ${note}`),
    ...(missing.length > 0 ? [`missing   ${missing.join(', ')}`] : []),
  ].join('\n')
}
