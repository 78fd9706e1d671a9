import type { Command } from 'commander'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { type QualityFinding, validationReportSchema } from '#shared/domain/quality.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { share, wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly duplicateOverlap: number
}

export function addValidate(parent: Command, cli: Cli): void {
  parent
    .command('validate')
    .description('look for broken shapes, duplicates, wrong labels and unreadable media in a task')
    .argument('<task-id>', 'task id', wholeNumber(1))
    .option(
      '--duplicate-overlap <share>',
      'two shapes of a label that overlap so much are one object, 0 to 1',
      share,
      0.95,
    )
    .action((id: number, { duplicateOverlap }: Options) =>
      cli.run((session) => check(session, id, duplicateOverlap)),
    )
}

/** @returns 1 when anything was found, so that scripts can ask */
function check(session: Session, id: number, duplicateOverlap: number): Promise<number> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const { requestId } = await client.quality.validate({ taskId, duplicateOverlap })
    const { result } = await followRequest(session, client, requestId)
    const report = validationReportSchema.parse(result)
    const what = `${counted(report.annotations, 'annotation')} on ${counted(report.frames, 'frame')}`
    session.out.result(report, () => report.findings.map(line).join('\n'))
    for (const rule of report.rules) session.out.note(`${rule.count} x ${rule.rule}: ${rule.what}.`)
    session.out.note(
      report.count === 0
        ? `${what}: nothing found.`
        : `${what}: ${counted(report.count, 'finding')}.`,
    )
    return report.count === 0 ? EXIT.done : EXIT.failed
  })
}

/** Tab between the fields: frame, object, rule, label, file, what is wrong. */
function line({ frame, annotationId, rule, label, name, problem }: QualityFinding): string {
  return [frame ?? '', annotationId ?? '', rule, label, name, problem].join('\t')
}
