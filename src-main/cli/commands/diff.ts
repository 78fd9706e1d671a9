import { resolve } from 'node:path'
import type { Command } from 'commander'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { type Comparison, comparisonSchema, type Difference } from '#shared/domain/quality.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { share, wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { table } from '../table.ts'

interface Options {
  readonly format?: string
  readonly overlap: number
}

export function addDiff(parent: Command, cli: Cli): void {
  parent
    .command('diff')
    .description('compare the annotations of a task with those of another task or of a file')
    .argument('<task-id>', 'task id', wholeNumber(1))
    .argument('<other>', 'id of another task, or a file or folder with annotations')
    .option('--format <name>', 'format of the file; told from its content if left out')
    .option(
      '--overlap <share>',
      'shapes that overlap at least so much are the same object, 0 to 1',
      share,
      0.5,
    )
    .action((id: number, other: string, options: Options) =>
      cli.run((session) => diff(session, id, other, options)),
    )
}

/** @returns 0 when the sets are alike, 1 when they differ, as `diff` does */
function diff(session: Session, id: number, other: string, options: Options): Promise<number> {
  return session.withCore(async ({ client }) => {
    const second = /^\d+$/.test(other)
      ? { taskId: taskIdSchema.parse(Number(other)) }
      : { path: resolve(session.cwd, other), format: options.format ?? null }
    const taskId = taskIdSchema.parse(id)
    const { requestId } = await client.quality.compare({
      ...{ taskId, with: second, overlap: options.overlap },
    })
    const { result } = await followRequest(session, client, requestId)
    const comparison = comparisonSchema.parse(result)
    for (const note of comparison.notes) session.out.warn(note)
    session.out.result(comparison, () => human(comparison))
    return comparison.differenceCount === 0 ? EXIT.done : EXIT.failed
  })
}

function human(comparison: Comparison): string {
  const { frames, unmatched, matched, agreed, onlyFirst, onlySecond, meanOverlap } = comparison
  const rest = unmatched === 0 ? '' : ` (${unmatched} more have no partner)`
  const lines = [
    `${frames} frames compared${rest}. ${matched} pairs, ${agreed} of one label, mean overlap ${meanOverlap.toFixed(4)}.`,
    `${onlyFirst} only in the first set, ${onlySecond} only in the second.`,
    '',
    table([
      ['LABEL', 'FIRST', 'SECOND', 'AGREED'],
      ...comparison.labels.map((one) => [one.label, one.first, one.second, one.agreed]),
    ]),
  ]
  if (comparison.differences.length > 0) lines.push('', ...comparison.differences.map(line))
  return lines.join('\n')
}

/** Tab between the fields: frame, kind, shape, labels, overlap, objects, file. */
function line({ frame, kind, type, labels, overlap, ids, name }: Difference): string {
  const objects = ids.map((id) => id ?? '-').join(' / ')
  return [frame, kind, type, labels.join(' / '), overlap.toFixed(3), objects, name].join('\t')
}
