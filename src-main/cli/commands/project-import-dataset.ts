import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { projectIdSchema } from '#shared/domain/ids.ts'
import { type ProjectImportReport, projectImportReportSchema } from '#shared/domain/request.ts'
import { EXIT } from '../failure.ts'
import { followRequest } from '../follow-request.ts'
import { nameUnmatched } from '../import-dataset.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly format?: string
  readonly name?: string
  readonly media: 'new' | 'existing'
}

export function addProjectImport(parent: Command, cli: Cli): void {
  parent
    .command('import-dataset')
    .description('make tasks of a data set with its pictures, one for each subset')
    .argument('<id>', 'project id, or `new`', idOrNew)
    .argument('<file>', 'the archive, or the folder it was unpacked to')
    .option('--format <name>', 'its format, see `fieldmark formats`; else its content tells')
    .option('--name <name>', 'what to call the new project; else like the file')
    .addOption(
      new Option('--media <which>', 'make tasks, or annotate the pictures the project has')
        .choices(['new', 'existing'])
        .default('new'),
    )
    .action((id: number | null, file: string, options: Options) =>
      cli.run((session) => importInto(session, id, file, options)),
    )
}

function idOrNew(text: string): number | null {
  if (text === 'new') return null
  try {
    return wholeNumber(1)(text)
  } catch {
    throw new InvalidArgumentError('It must be the number of a project, or `new`.')
  }
}

function importInto(
  session: Session,
  id: number | null,
  file: string,
  { format, name, media }: Options,
): Promise<number> {
  return session.withCore(async ({ client }) => {
    const path = resolve(session.cwd, file)
    const projectId = id === null ? null : projectIdSchema.parse(id)
    const named = { projectName: name ?? null, format: format ?? null }
    const input = { projectId, ...named, path, media }
    const { requestId } = await client.datasets.importProject(input)
    const request = await followRequest(session, client, requestId)
    const report = projectImportReportSchema.parse(request.result)
    for (const note of report.notes) session.out.warn(note)
    nameUnmatched(session, report, 'picture')
    session.out.result(report, () => sentences(report))
    return report.unmatchedCount > 0 ? EXIT.failed : EXIT.done
  })
}

function sentences({ projectId, tasks, labelsCreated, imported }: ProjectImportReport): string {
  const lines = tasks.map(
    ({ id, name, frames, imported: own }) =>
      `Task ${id} "${name}": ${counted(frames, 'frame')}, ${counted(own, 'annotation')}.`,
  )
  const labels = labelsCreated.length > 0 ? ` Labels made: ${labelsCreated.join(', ')}.` : ''
  lines.push(`Imported ${counted(imported, 'annotation')} into project ${projectId}.${labels}`)
  return lines.join('\n')
}
