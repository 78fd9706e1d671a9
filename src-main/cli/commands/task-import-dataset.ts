import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ImportMode } from '#shared/contract/datasets.ts'
import { type JobId, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Client } from '../connect.ts'
import { EXIT } from '../failure.ts'
import {
  type ImportWish,
  importDataset,
  importSentence,
  previewImport,
  reportImport,
} from '../import-dataset.ts'
import { collected, wholeNumber } from '../options.ts'
import { previewText } from '../preview-text.ts'
import type { Cli, Session } from '../session.ts'

export interface ImportOptions {
  readonly format?: string
  readonly mode: ImportMode
  readonly map?: Readonly<Record<string, string>>
  readonly skipLabel?: readonly string[]
  readonly createLabels?: boolean
  readonly preview?: boolean
}

export function addTaskImport(parent: Command, cli: Cli): void {
  withImportOptions(
    parent
      .command('import-dataset')
      .description("take a file's annotations into a task (undo brings the old ones back)")
      .argument('<id>', 'task id', wholeNumber(1)),
  ).action((id: number, file: string, options: ImportOptions) =>
    cli.run((session) => importInto(session, id, file, options)),
  )
}

/** The file, and what an import into a task or a job may be told. */
export function withImportOptions(command: Command): Command {
  return command
    .argument('<file>', 'the annotation file, or an archive that holds it')
    .option('--format <name>', 'its format, see `fieldmark formats`; else its content tells')
    .addOption(
      new Option('--mode <mode>', 'what becomes of the annotations that are there')
        .choices(['replace', 'add', 'merge'])
        .default('replace'),
    )
    .option(
      '--map <old=new>',
      'a label of the file and the one it is here; may be given several times',
      pairs,
    )
    .option(
      '--skip-label <name>',
      'a label of the file to leave out; may be given several times',
      collected,
    )
    .option('--create-labels', 'make the labels of the file that the task has not')
    .option('--preview', 'say what would happen, and do nothing')
}

function pairs(
  text: string,
  earlier: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf('=')
  if (at <= 0 || at === text.length - 1)
    throw new InvalidArgumentError('It must be two names with = between them, such as Car=car.')
  return { ...earlier, [text.slice(0, at)]: text.slice(at + 1) }
}

export function importInto(
  session: Session,
  id: number,
  file: string,
  options: ImportOptions,
  jobId: JobId | null = null,
): Promise<number> {
  return session.withCore(async ({ client }) => {
    const { id: taskId } = await client.tasks.get({ id: taskIdSchema.parse(id) })
    const wish = await wishOf(session, client, taskId, { file, options, jobId })
    if (options.preview) {
      const preview = await previewImport(session, client, taskId, wish)
      session.out.result(preview, () => previewText(preview))
      return EXIT.done
    }
    const report = await importDataset(session, client, taskId, wish)
    reportImport(session, report)
    session.out.result(report, () => importSentence(report))
    if (report.unmatchedCount === 0) return EXIT.done
    const partly = new AppError('IMPORT_PARTLY', { file, unmatched: report.unmatchedCount })
    session.out.warn(`${partly.message}\n${partly.remedy}`)
    return EXIT.failed
  })
}

/** Which labels there are to make, a look at the file tells. */
async function wishOf(
  session: Session,
  client: Client,
  taskId: TaskId,
  { file, options, jobId }: { file: string; options: ImportOptions; jobId: JobId | null },
): Promise<ImportWish> {
  const { format = null, mode, map = {}, skipLabel = [], createLabels = false } = options
  const skipped = Object.fromEntries(skipLabel.map((name) => [name, null]))
  const path = resolve(session.cwd, file)
  const wish = { jobId, path, format, mode, labels: { ...map, ...skipped } }
  if (!createLabels) return wish
  const { labels } = await previewImport(session, client, taskId, wish)
  const unknown = labels.filter(({ state, parent }) => state === 'unknown' && parent === null)
  return { ...wish, createLabels: unknown.map(({ name }) => name) }
}
