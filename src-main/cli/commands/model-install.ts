import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Model } from '#shared/domain/model.ts'
import { classNames } from '../class-names.ts'
import { followRequest } from '../follow-request.ts'
import type { Cli } from '../session.ts'

interface Options {
  readonly id?: string
  readonly name?: string
  readonly family?: string
  readonly labels?: string
  readonly sha256?: string
}

export function addModelInstall(parent: Command, cli: Cli): void {
  parent
    .command('install')
    .description('install a model from a file, a folder, a zip or an address')
    .argument(
      '<from>',
      'an .onnx, a pack, a YAML of X-AnyLabeling or CVAT, or an http(s) address of one',
    )
    .option('--id <id>', 'what it is to be called: lower case, digits, - . _')
    .option('--name <name>', 'what people see')
    .option('--family <id>', 'the family it belongs to, in place of the likeliest')
    .option(
      '--labels <names|file>',
      'names of its classes in their order: a,b,c, a file with a line each, coco, or coco91',
    )
    .option('--sha256 <hash>', 'what an address is expected to give')
    .option('--overwrite', 'replace one of the same id')
    .action(
      (
        from: string,
        { labels, overwrite = false, ...options }: Options & { overwrite?: boolean },
      ) =>
        cli.run((session) =>
          session.withCore(async ({ client }) => {
            const request = await client.models.install({
              ...options,
              from: /^https?:\/\//i.test(from) ? from : resolve(session.cwd, from),
              labels: await classNames(labels, session.cwd),
              overwrite,
            })
            const { result } = await followRequest(session, client, request.id)
            const model = result as Model
            session.out.result(
              model,
              () => `Installed ${model.manifest.name} as ${model.functionId}`,
            )
            return undefined
          }),
        ),
    )
}
