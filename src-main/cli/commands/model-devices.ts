import { type Command, InvalidArgumentError } from 'commander'
import { wrongUsage } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { sizeText } from '../size-text.ts'
import { table } from '../table.ts'

interface Options {
  readonly model?: string
  readonly use?: string
  readonly memory?: number
}

export function addModelDevices(parent: Command, cli: Cli): void {
  parent
    .command('devices')
    .description('list what models can run on here; choose one for a model, or bound their memory')
    .option('--model <id>', 'the model that --use is for')
    .option('--use <device>', 'its device: a name of the list, or auto for the quickest that works')
    .option('--memory <size>', 'bytes that models may take together, such as 4GB', sizeOf)
    .action((options: Options) => cli.run((session) => devices(session, options)))
}

/** `4GB`, `512 MB`, `1000000`. */
function sizeOf(text: string): number {
  const found = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text.trim())
  const unit = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[(found?.[2] ?? '').toLowerCase()] ?? Number.NaN
  const bytes = Math.round(Number(found?.[1]) * unit)
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
  throw new InvalidArgumentError('It must be a size, such as 4GB or 512MB.')
}

function devices(session: Session, { model, use, memory }: Options): Promise<undefined> {
  if ((model === undefined) !== (use === undefined)) {
    throw wrongUsage('--model and --use go together', 'model devices')
  }
  return session.withCore(async ({ client }) => {
    if (model !== undefined && use !== undefined) {
      const executionProvider = use === 'auto' ? null : use
      await client.models.update({ id: model, executionProvider })
    }
    if (memory !== undefined) await client.models.setMemoryLimit({ bytes: memory })
    const found = await client.models.devices()
    session.out.result(found, () =>
      [
        table([
          ['DEVICE', 'NAME', 'WORKS'],
          ...found.executionProviders.map(({ name, title, available, problem }) => [
            name,
            title,
            available ? 'yes' : `no: ${problem}`,
          ]),
        ]),
        `Models take ${sizeText(found.memoryUsed)} of ${sizeText(found.memoryLimit)}`,
      ].join('\n'),
    )
    return undefined
  })
}
