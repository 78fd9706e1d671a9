import { resolve } from 'node:path'
import type { Command } from 'commander'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { EXIT } from '../failure.ts'
import { importDataset, importSentence, reportImport } from '../import-dataset.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'

interface Options {
  readonly format: string
}

export function addTaskImport(parent: Command, cli: Cli): void {
  parent
    .command('import-dataset')
    .description("replace a task's annotations by those of a file (undo brings the old ones back)")
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>', 'the annotation file, or an archive that holds it')
    .requiredOption('--format <name>', 'its format, see `fieldmark formats`')
    .action((id: number, file: string, { format }: Options) =>
      cli.run((session) => importInto(session, id, file, format)),
    )
}

export function importInto(
  session: Session,
  id: number,
  file: string,
  format: string,
): Promise<number> {
  return session.withCore(async ({ client }) => {
    const { id: taskId } = await client.tasks.get({ id: taskIdSchema.parse(id) })
    const path = resolve(session.cwd, file)
    const report = await importDataset(session, client, taskId, { path, format })
    reportImport(session, report)
    session.out.result(report, () => importSentence(report))
    if (report.unmatchedCount === 0) return EXIT.done
    const partly = new AppError('IMPORT_PARTLY', { file, unmatched: report.unmatchedCount })
    session.out.warn(`${partly.message}\n${partly.remedy}`)
    return EXIT.failed
  })
}
