import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { ExportFrames } from '#shared/contract/datasets.ts'

/** What `export-dataset` of a task, a job and a project are asked alike. */
export interface ExportOptions {
  readonly format: string
  readonly withImages?: boolean
  readonly filter?: string
  readonly frames: ExportFrames
  readonly strict?: boolean
  readonly verify?: boolean
  readonly name?: string
}

export function withExportOptions(command: Command): Command {
  return command
    .argument('[file]', 'the file to write; it appears once it is whole')
    .requiredOption('--format <name>', 'see `fieldmark formats`')
    .option('--with-images', 'put the pictures into the archive too')
    .option('--filter <text>', 'only annotations this finds, see docs/filter.md')
    .addOption(
      new Option('--frames <which>', 'which frames')
        .choices(['all', 'annotated', 'checked'])
        .default('all'),
    )
    .option('--strict', 'write nothing when anything would be lost, and say what')
    .option('--verify', 'read the written file back and compare it')
    .option('--name <name>', 'without a file: what to call it in the exports folder')
}

/** As the contract wants them. */
export function exportInput(options: ExportOptions, file: string | undefined, cwd: string) {
  const {
    format,
    withImages = false,
    filter = '',
    frames,
    strict = false,
    verify = false,
  } = options
  const path = file === undefined ? null : resolve(cwd, file)
  return { format, withImages, filter, frames, strict, verify, path, name: options.name ?? null }
}
