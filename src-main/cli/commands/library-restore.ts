import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { LibraryReport } from '#main/core/compose-library.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

export function addLibraryRestore(parent: Command, cli: Cli): void {
  parent
    .command('restore')
    .description('put a snapshot in the place of a library that is not in use')
    .argument('<file>', 'the snapshot')
    .option('--force', 'where there is a library already, move it aside first')
    .action((file: string, { force = false }: { force?: boolean }) =>
      cli.run((session) => restore(session, file, force)),
    )
}

async function restore(session: Session, file: string, force: boolean): Promise<undefined> {
  const { out, dataDir, cwd, signal } = session
  // Imported late: `--help` should not load a database.
  const { restoreLibrary } = await import('#main/core/compose-library.ts')
  const report = await restoreLibrary({
    dataDir,
    file: resolve(cwd, file),
    force,
    signal,
    progress: (done, total, message) =>
      out.progress(total ? `${message} (${Math.floor((100 * done) / total)} %)` : message),
  })
  out.result(report, () => sentences(report))
  return undefined
}

function sentences({ dataDir, tasks, projects, movedAside }: LibraryReport): string {
  const what = `${counted(projects, 'project')} and ${counted(tasks, 'task')}`
  const aside = movedAside === null ? '' : `\nWhat was there is in ${movedAside}.`
  return `Restored ${what} to ${dataDir}.${aside}`
}
