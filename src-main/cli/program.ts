import { Command } from 'commander'
import { addAliases } from './commands/aliases.ts'
import { addCompletion } from './commands/completion.ts'
import { addDemo } from './commands/demo.ts'
import { addDiff } from './commands/diff.ts'
import { addDoctor } from './commands/doctor.ts'
import { addFormats } from './commands/formats.ts'
import { addFunctionCall } from './commands/function-call.ts'
import { addFunctionConnect } from './commands/function-connect.ts'
import { addFunctionInit } from './commands/function-init.ts'
import { addFunctionLs } from './commands/function-ls.ts'
import { addFunctionServe } from './commands/function-serve.ts'
import { addJobExport } from './commands/job-export-dataset.ts'
import { addJobImport } from './commands/job-import-dataset.ts'
import { addLibraryRestore } from './commands/library-restore.ts'
import { addLibrarySnapshot } from './commands/library-snapshot.ts'
import { addManifestCreate } from './commands/manifest-create.ts'
import { addModelBench } from './commands/model-bench.ts'
import { addModelCatalogue } from './commands/model-catalogue.ts'
import { addModelDevices } from './commands/model-devices.ts'
import { addModelInspect } from './commands/model-inspect.ts'
import { addModelInstall } from './commands/model-install.ts'
import { addModelLs } from './commands/model-ls.ts'
import { addModelRemove } from './commands/model-remove.ts'
import { addOpen } from './commands/open.ts'
import { addPredictions } from './commands/predictions.ts'
import { addProjectBackup } from './commands/project-backup.ts'
import { addProjectCreate } from './commands/project-create.ts'
import { addProjectCreateFromBackup } from './commands/project-create-from-backup.ts'
import { addProjectDelete } from './commands/project-delete.ts'
import { addProjectExport } from './commands/project-export-dataset.ts'
import { addProjectImport } from './commands/project-import-dataset.ts'
import { addProjectLs } from './commands/project-ls.ts'
import { addQuery } from './commands/query.ts'
import { addRequests } from './commands/requests.ts'
import { addServe } from './commands/serve.ts'
import { addStats } from './commands/stats.ts'
import { addTaskAutoAnnotate } from './commands/task-auto-annotate.ts'
import { addTaskBackup } from './commands/task-backup.ts'
import { addTaskCreate } from './commands/task-create.ts'
import { addTaskCreateFromBackup } from './commands/task-create-from-backup.ts'
import { addTaskDelete } from './commands/task-delete.ts'
import { addTaskExport } from './commands/task-export-dataset.ts'
import { addTaskFrames } from './commands/task-frames.ts'
import { addTaskImport } from './commands/task-import-dataset.ts'
import { addTaskLink } from './commands/task-link.ts'
import { addTaskLs } from './commands/task-ls.ts'
import { addTaskSidecar } from './commands/task-sidecar.ts'
import { addValidate } from './commands/validate.ts'
import type { Streams } from './output.ts'
import type { Cli } from './session.ts'
import { version } from './version.ts'

const PROJECT = [
  addProjectLs,
  addProjectCreate,
  addProjectDelete,
  addProjectExport,
  addProjectImport,
  addProjectBackup,
  addProjectCreateFromBackup,
]
const TASK = [
  addTaskLs,
  addTaskCreate,
  addTaskDelete,
  addTaskFrames,
  addTaskExport,
  addTaskImport,
  addTaskAutoAnnotate,
  addTaskLink,
  addTaskSidecar,
  addTaskBackup,
  addTaskCreateFromBackup,
]
const FUNCTION = [
  addFunctionLs,
  addFunctionCall,
  addFunctionConnect,
  addFunctionInit,
  addFunctionServe,
]
const MODEL = [
  addModelLs,
  addModelInstall,
  addModelInspect,
  addModelRemove,
  addModelBench,
  addModelDevices,
  addModelCatalogue,
]
const TOP = [
  addOpen,
  addServe,
  addDemo,
  addDoctor,
  addFormats,
  addQuery,
  addStats,
  addValidate,
  addDiff,
  addCompletion,
]

/** The whole command line. Complaints are thrown (see main.ts), never exits. */
export function buildProgram(cli: Cli, streams: Streams): Command {
  const program = new Command('fieldmark')
    .description(
      'Offline-first annotation of images, video and point clouds. The whole product, without a window.',
    )
    .version(version, '-V, --version', 'print the version')
    .option(
      '--data-dir <dir>',
      "where Fieldmark keeps its data (else FIELDMARK_HOME, else the platform's)",
    )
    .option('--json', 'print exactly one JSON document on stdout')
    .option('--quiet', 'no remarks and no progress on stderr')
    .helpCommand(true)
  prepare(program, streams)
  for (const add of TOP) add(program, cli)
  const project = program.command('project').description('projects: tasks that share labels')
  for (const add of PROJECT) add(project, cli)
  const task = program.command('task').description('tasks: media to annotate')
  for (const add of TASK) add(task, cli)
  const job = program.command('job').description('jobs: parts of a task')
  for (const add of [addJobExport, addJobImport]) add(job, cli)
  const models = program.command('model').description('models: what functions of this machine run')
  for (const add of MODEL) add(models, cli)
  const functions = program.command('function').description('functions: what annotates by itself')
  for (const add of FUNCTION) add(functions, cli)
  addPredictions(
    program
      .command('predictions')
      .description('predictions: what functions proposed, to decide on'),
    cli,
  )
  addRequests(program.command('request').description('requests: what the machine works at'), cli)
  const library = program.command('library').description('the library: everything there is')
  for (const add of [addLibrarySnapshot, addLibraryRestore]) add(library, cli)
  const manifest = program.command('manifest').description('manifests: media described in a file')
  addManifestCreate(manifest, cli)
  program.commandsGroup('Verbs of the older command line:')
  addAliases(program, cli)
  return program
}

/** Subcommands copy these settings when they are made, so this comes before them. */
function prepare(program: Command, streams: Streams): void {
  program
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => streams.out(text),
      writeErr: (text) => streams.err(text),
      // The sentence is printed once, by main.ts, together with its remedy; the usage line follows it from here.
      outputError: () => {},
    })
}
