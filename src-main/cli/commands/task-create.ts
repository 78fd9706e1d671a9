import type { Command } from 'commander'
import { Option } from 'commander'
import { sortingMethodSchema } from '#shared/domain/task.ts'
import { createTask, type TaskOptions } from '../create-task.ts'
import { wholeNumber } from '../options.ts'
import type { Cli } from '../session.ts'

export function addTaskCreate(parent: Command, cli: Cli): void {
  const command = parent
    .command('create')
    .description(
      'create a task from folders, images, archives or globs, or from a video, on this machine',
    )
    .argument('<name>', 'what to call it')
    .argument('<paths...>', 'where the media are')
  taskOptions(command).action((name: string, paths: string[], options: TaskOptions) =>
    cli.run((session) => createTask(session, name, paths, options)),
  )
}

/** The options of the manual's task dialog, under `cvat-cli`'s names. */
export function taskOptions(command: Command): Command {
  return command
    .option('--labels <file|json>', "CVAT's label JSON, or a file that holds it")
    .option(
      '--project-id <n>',
      "put it into this project, with the project's labels",
      wholeNumber(1),
    )
    .option('--subset <name>', 'Train, Test, Validation or your own word')
    .option('--segment-size <n>', 'frames a job; 0 makes one job', wholeNumber(0))
    .option(
      '--overlap <n>',
      'frames that neighbouring jobs share (a video: 5 unless you say)',
      wholeNumber(0),
    )
    .option('--frame-step <n>', 'take every n-th frame', wholeNumber(1))
    .option('--start-frame <n>', 'first frame to take, from 0', wholeNumber(0))
    .option('--stop-frame <n>', 'last frame to take, inclusive', wholeNumber(0))
    .addOption(
      new Option('--sorting-method <method>', 'how the frames are ordered')
        .choices(sortingMethodSchema.options)
        .default('natural'),
    )
    .option('--bug-tracker <url>', 'address of the issue tracker')
    .addOption(new Option('--bug <url>').hideHelp())
    .option('--copy-data', 'copy the media into the data directory')
    .option('--annotation-path <file>', 'import these annotations right away')
    .option('--annotation-format <name>', 'their format', 'CVAT for images 1.1')
    .addOption(new Option('--image-quality <n>').hideHelp())
    .addOption(new Option('--chunk-size <n>').hideHelp())
    .addOption(new Option('--use-cache').hideHelp())
    .addOption(new Option('--use-zip-chunks').hideHelp())
}
