import { type Command, InvalidArgumentError } from 'commander'
import { type LinkReport, linkReportSchema } from '#shared/domain/annotate-report.ts'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { followRequest } from '../follow-request.ts'
import { findFunction } from '../function-option.ts'
import { wholeNumber } from '../options.ts'
import { type PartOptions, partOf, withPart } from '../run-options.ts'
import type { Cli, Session } from '../session.ts'
import { counted, table } from '../table.ts'
import { partly } from './task-auto-annotate.ts'

interface Options extends PartOptions {
  readonly function: string
  readonly threshold: number
  readonly maxDistance: number
  readonly maxGap: number
  readonly tracksOfOne?: boolean
  readonly preview?: boolean
}

export function addTaskLink(parent: Command, cli: Cli): void {
  withPart(
    parent
      .command('link')
      .description('link boxes of consecutive frames into tracks by their looks, in one step')
      .argument('<id>', 'task id', wholeNumber(1))
      .requiredOption('--function <name>', 'the ReID function: id or name')
      .option(
        '--threshold <distance>',
        'two looks differ at most so much, 0 to 2',
        number(0, 2),
        0.5,
      )
      .option(
        '--max-distance <pixels>',
        'a box moves at most so far from frame to frame',
        number(0, Number.MAX_SAFE_INTEGER),
        50,
      )
      .option('--max-gap <frames>', 'an object may be missing for so long', wholeNumber(0), 0),
  )
    .option('--tracks-of-one', 'boxes that nothing was linked to become tracks, too')
    .option('--preview', 'say what would happen, and do nothing')
    .action((id: number, options: Options) => cli.run((session) => link(session, id, options)))
}

function number(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(
      most < Number.MAX_SAFE_INTEGER
        ? `It must be a number from ${least} to ${most}.`
        : `It must be a number above ${least}.`,
    )
  }
}

function link(session: Session, id: number, options: Options): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const { id: functionId, name } = await findFunction(client, options.function, 'reid')
    const { threshold, maxDistance, maxGap, preview = false } = options
    const request = await client.functions.link({
      ...{ taskId, functionId, ...partOf(options), threshold, maxDistance, maxGap, preview },
      keepSingles: !options.tracksOfOne,
    })
    const { result } = await followRequest(session, client, request.id)
    const report = linkReportSchema.parse(result)
    session.out.result(report, () => text(report))
    return partly(session, name, report)
  })
}

function text(report: LinkReport): string {
  const { preview, boxes, tracks, linked, singles, paths } = report
  const verb = preview ? 'would become' : 'became'
  const line = `${linked} of ${boxes} boxes ${verb} ${counted(tracks, 'track')}; ${singles} were linked to nothing.`
  if (!preview || paths.length === 0) return line
  const rows = paths.map(({ first, last, boxes: ids }) => [
    first,
    last,
    ids.length,
    ids.slice(0, 8).join(' '),
  ])
  return `${line}\n${table([['FIRST', 'LAST', 'BOXES', 'IDS'], ...rows])}`
}
