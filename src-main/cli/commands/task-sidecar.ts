import { type Command, Option } from 'commander'
import { type RequestId, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import {
  type SidecarFormat,
  type SidecarReport,
  type SidecarState,
  sidecarFormats,
  sidecarReportSchema,
} from '#shared/domain/sidecar.ts'
import type { Client } from '../connect.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly format?: SidecarFormat | 'off'
  readonly sync?: boolean
}

export function addTaskSidecar(parent: Command, cli: Cli): void {
  parent
    .command('sidecar')
    .description("keep another program's files beside the pictures in step, or tell how they stand")
    .argument('<id>', 'task id', wholeNumber(1))
    .addOption(
      new Option('--format <name>', 'keep files of this program from now on, or no more').choices([
        ...sidecarFormats,
        'off',
      ]),
    )
    .option('--sync', 'look at every file now')
    .action((id: number, options: Options) => cli.run((session) => sidecar(session, id, options)))
}

function sidecar(session: Session, id: number, { format, sync }: Options): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    if (format !== undefined) return set(session, client, taskId, format)
    if (!sync) return show(session, client, taskId)
    return report(session, client, (await client.sidecar.sync({ taskId })).requestId)
  })
}

async function show({ out }: Session, client: Client, taskId: TaskId): Promise<number> {
  const state = await client.sidecar.get({ taskId })
  warnOf(out, state)
  out.result(state, () => {
    if (state.format === null) return 'Keeps no files beside its pictures.'
    return `Keeps ${state.format} files beside its pictures: ${counted(state.files, 'file')} in step.`
  })
  return state.problemCount > 0 ? EXIT.failed : EXIT.done
}

async function set(
  session: Session,
  client: Client,
  taskId: TaskId,
  format: SidecarFormat | 'off',
): Promise<number> {
  const wanted = format === 'off' ? null : format
  const { requestId, losses } = await client.sidecar.set({ taskId, format: wanted })
  for (const { count, what } of losses) {
    session.out.warn(`${format}: ${count} ${what}; what is here stays as it is.`)
  }
  if (requestId !== null) return report(session, client, requestId)
  session.out.result(await client.sidecar.get({ taskId }), () => {
    return 'Keeps no files beside its pictures any more. Those that are there stay as they are.'
  })
  return EXIT.done
}

async function report(session: Session, client: Client, requestId: RequestId): Promise<number> {
  const { result } = await followRequest(session, client, requestId)
  const done = sidecarReportSchema.parse(result)
  const { out } = session
  for (const { name, file } of done.kept) {
    out.warn(`${name} was changed on both sides. The other program's file is ${file} now.`)
  }
  for (const note of done.notes) out.warn(`${note}.`)
  warnOf(out, done)
  out.result(done, () => sentence(done))
  return done.problemCount > 0 ? EXIT.failed : EXIT.done
}

function sentence({ written, readIn, withoutPlace }: SidecarReport): string {
  const without =
    withoutPlace === 0 ? '' : ` ${counted(withoutPlace, 'picture')} without a place for one.`
  return `Wrote ${counted(written, 'file')}, read ${counted(readIn, 'file')} that had changed.${without}`
}

function warnOf(
  out: Session['out'],
  { problems, problemCount }: Pick<SidecarState, 'problems' | 'problemCount'>,
): void {
  for (const { file, problem } of problems) out.warn(`${file} was left alone: ${problem}.`)
  const more = problemCount - problems.length
  if (more > 0) out.warn(`${counted(more, 'more file')} were left alone.`)
}
