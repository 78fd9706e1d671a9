import type { Command } from 'commander'
import { createTask, type TaskOptions } from '../create-task.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'
import { backUpTask } from './task-backup.ts'
import { taskOptions } from './task-create.ts'
import { taskFromBackup } from './task-create-from-backup.ts'
import { addTaskDelete } from './task-delete.ts'
import { exportTo } from './task-export-dataset.ts'
import { addTaskFrames } from './task-frames.ts'
import { importInto } from './task-import-dataset.ts'
import { addTaskLs } from './task-ls.ts'

const XML = 'CVAT for images 1.1'

/**
 * The verbs of the older command line, at the top level, so that old scripts run unchanged. `export` and `import` mean
 * a whole task's backup.
 */
export function addAliases(program: Command, cli: Cli): void {
  for (const add of [addTaskLs, addTaskDelete, addTaskFrames]) add(program, cli)
  taskOptions(
    program
      .command('create')
      .description('the same as `task create`')
      .argument('<name>')
      .argument('<paths...>'),
  ).action((name: string, paths: string[], options: TaskOptions) =>
    cli.run((session) => createTask(session, name, paths, options)),
  )
  program
    .command('dump')
    .description('the same as `task export-dataset`')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>')
    .option('--format <name>', 'see `fieldmark formats`', XML)
    .action((id: number, file: string, { format }: { format: string }) =>
      cli.run((session) => exportTo(session, id, file, { format, frames: 'all' })),
    )
  program
    .command('upload')
    .description('the same as `task import-dataset`')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>')
    .option('--format <name>', 'see `fieldmark formats`', XML)
    .action((id: number, file: string, { format }: { format: string }) =>
      cli.run((session) => importInto(session, id, file, { format, mode: 'replace' })),
    )
  program
    .command('export')
    .description('the same as `task backup`')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<file>')
    .action((id: number, file: string) => cli.run((session) => backUpTask(session, id, file)))
  program
    .command('import')
    .description('the same as `task create-from-backup`')
    .argument('<file>')
    .action((file: string) => cli.run((session) => taskFromBackup(session, file)))
}
