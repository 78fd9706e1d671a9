import { type Command, Option } from 'commander'
import { type AnnotateReport, annotateReportSchema } from '#shared/domain/annotate-report.ts'
import type { ParameterValues } from '#shared/domain/function.ts'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { findFunction } from '../function-option.ts'
import { readMapping } from '../mapping-option.ts'
import { share, wholeNumber } from '../options.ts'
import { type PartOptions, parameter, partOf, withPart } from '../run-options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options extends PartOptions {
  readonly function: string
  readonly threshold?: number
  readonly mapping?: string
  readonly clearExisting?: boolean
  readonly filter?: string
  readonly onlyEmpty?: boolean
  readonly as: 'annotations' | 'predictions'
  readonly tiles?: number
  readonly masksToPolygons?: boolean
  readonly param?: ParameterValues
}

export function addTaskAutoAnnotate(parent: Command, cli: Cli): void {
  withPart(
    parent
      .command('auto-annotate')
      .description('run a detector on the frames of a task; what it finds is one undoable step')
      .argument('<id>', 'task id', wholeNumber(1))
      .requiredOption('--function <name>', 'the detector: id or name, see `fieldmark function ls`')
      .option('--threshold <share>', "least score (else the function's own)", share)
      .option(
        '--mapping <file|json>',
        'which label of the function becomes which of the task (else by name)',
      ),
  )
    .option('--filter <text>', 'only frames on which this finds something (docs/filter.md)')
    .option('--only-empty', 'only frames without any annotation')
    .option('--clear-existing', 'take away what is on these frames, in the same step')
    .addOption(
      new Option('--as <kind>', 'annotations, or predictions to decide on later')
        .choices(['annotations', 'predictions'])
        .default('annotations'),
    )
    .option('--tiles <size>', 'look at overlapping tiles of so many pixels, too', wholeNumber(64))
    .option('--masks-to-polygons', 'masks become polygons, also where labels could take masks')
    .option('--param <name=value>', 'a parameter of the function; many times', parameter)
    .action((id: number, options: Options) => cli.run((session) => annotate(session, id, options)))
}

/** @returns 1 when frames could not be looked at, so that scripts can ask */
function annotate(session: Session, id: number, options: Options): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const { id: functionId, name } = await findFunction(client, options.function, 'detector')
    const { threshold, mapping, filter = '', onlyEmpty = false, tiles } = options
    const request = await client.functions.annotate({
      ...{ taskId, functionId, ...partOf(options), filter, onlyEmpty, as: options.as },
      parameters: { ...options.param, ...(threshold === undefined ? {} : { threshold }) },
      ...(mapping === undefined ? {} : { mapping: await readMapping(mapping, session.cwd) }),
      cleanup: options.clearExisting ?? false,
      tiles: tiles === undefined ? null : { size: tiles },
      masksToPolygons: options.masksToPolygons ?? false,
    })
    const { result } = await followRequest(session, client, request.id)
    const report = annotateReportSchema.parse(result)
    session.out.result(report, () => sentence(report, name))
    for (const note of report.notes) session.out.note(`Left out: ${note}.`)
    return partly(session, name, report)
  })
}

function sentence({ as, found, frames, removed, seconds }: AnnotateReport, name: string): string {
  const what = as === 'predictions' ? 'prediction' : 'annotation'
  const rate = seconds > 0 ? `, ${(frames / seconds).toFixed(1)} frames a second` : ''
  const gone = removed > 0 ? ` ${counted(removed, 'old annotation')} taken away.` : ''
  return `${name}: ${counted(found, what)} on ${counted(frames, 'frame')}${rate}.${gone}`
}

/** Names at most so many frames; --json has the rest. */
const NAMED = 20

/** What could not be looked at, by name. */
export function partly(
  { out }: Session,
  id: string,
  { failed, failedCount }: Pick<AnnotateReport, 'failed' | 'failedCount'>,
): number {
  if (failedCount === 0) return EXIT.done
  for (const { frame, name, problem } of failed.slice(0, NAMED))
    out.warn(`Frame ${frame} (${name}): ${problem}`)
  const more = failedCount - Math.min(NAMED, failed.length)
  if (more > 0) out.warn(`… and ${counted(more, 'more frame')}.`)
  const error = new AppError('FUNCTION_PARTLY', { id, frames: failedCount })
  out.warn(`${error.message}\n${error.remedy}`)
  return EXIT.failed
}
