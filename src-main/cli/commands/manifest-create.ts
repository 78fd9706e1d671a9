import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { ManifestReport } from '#main/core/compose-manifest.ts'
import { type SortingMethod, sortingMethodSchema } from '#shared/domain/task.ts'
import { EXIT } from '../failure.ts'
import { mediaPaths } from '../media-paths.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly force?: boolean
  readonly sorting: SortingMethod
  readonly outputDir: string
  readonly checksums: boolean
}

export function addManifestCreate(parent: Command, cli: Cli): void {
  parent
    .command('create')
    .description('describe pictures, point clouds or a video in manifest.jsonl and index.json')
    .argument('<paths...>', 'a folder, pictures, a glob, an archive, or one video')
    .option('--force', "write a video's manifest even if it has too few keyframes for a server")
    .addOption(
      new Option('--sorting <method>', 'how the pictures are ordered')
        .choices(sortingMethodSchema.options)
        .default('lexicographical'),
    )
    .option('--output-dir <dir>', 'where the manifest is saved', '.')
    .option('--no-checksums', "leave out the pictures' checksums, so that none is decoded")
    .action((paths: string[], options: Options) =>
      cli.run((session) => create(session, paths, options)),
    )
}

async function create(
  session: Session,
  paths: readonly string[],
  options: Options,
): Promise<number> {
  const { cwd, out, signal } = session
  // Imported late: `--help` should not load an image library and a video decoder.
  const { createManifest } = await import('#main/core/compose-manifest.ts')
  const report = await createManifest({
    paths: mediaPaths(paths, cwd),
    outputDir: resolve(cwd, options.outputDir),
    sortingMethod: options.sorting,
    force: options.force ?? false,
    checksums: options.checksums,
    signal,
    progress: (done, total, message) =>
      out.progress(total ? `${message} (${Math.floor((100 * done) / total)} %)` : message),
  })
  return tell(session, report)
}

function tell({ out }: Session, report: ManifestReport): number {
  const { type, manifest, items, replaced, problems, unreadableFolders } = report
  for (const folder of unreadableFolders) out.warn(`${folder} could not be listed and is left out.`)
  for (const { name, problem } of problems) out.warn(`${name}: ${problem}.`)
  if (replaced) out.note('The manifest that was there has been replaced.')
  const what = type === 'video' ? 'keyframe' : 'picture'
  out.result(report, () => `Wrote ${manifest}: ${counted(items, what)}.`)
  const whole = unreadableFolders.length === 0 && (type === 'video' || problems.length === 0)
  return whole ? EXIT.done : EXIT.failed
}
