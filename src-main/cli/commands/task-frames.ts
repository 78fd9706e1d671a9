import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Connection } from '../connect.ts'
import { EXIT, failureBody } from '../failure.ts'
import { wholeNumber, wholeNumbers } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface Options {
  readonly outdir: string
  readonly quality: 'original' | 'compressed'
}

export function addTaskFrames(parent: Command, cli: Cli): void {
  parent
    .command('frames')
    .description('save pictures of a task to files')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<frames...>', 'frame numbers, from 0', wholeNumbers(0))
    .option('--outdir <dir>', 'where to put them', '.')
    .addOption(
      new Option('--quality <quality>', 'the file itself, or what the screen shows')
        .choices(['original', 'compressed'])
        .default('original'),
    )
    .action((id: number, frames: number[], options: Options) =>
      cli.run((session) => saveFrames(session, id, frames, options)),
    )
}

async function saveFrames(
  session: Session,
  id: number,
  frames: readonly number[],
  { outdir, quality }: Options,
): Promise<number> {
  const folder = resolve(session.cwd, outdir)
  return session.withCore(async (connection) => {
    const task = await connection.client.tasks.get({ id: taskIdSchema.parse(id) })
    const beyond = frames.find((frame) => frame >= task.size)
    if (beyond !== undefined) throw new AppError('NOT_FOUND', { what: 'frame', id: beyond })
    await mkdir(folder, { recursive: true })
    const saved: string[] = []
    const failed: { frame: number; problem: string }[] = []
    for (const frame of frames) {
      if (session.signal.aborted) throw new AppError('CANCELLED', { what: 'Saving frames' })
      try {
        saved.push(await saveFrame(connection, task.id, frame, { folder, quality }))
      } catch (error) {
        const { message, remedy } = failureBody(error)
        session.out.warn(`${message}\n${remedy}`)
        failed.push({ frame, problem: message })
      }
      session.out.progress(`${saved.length} of ${counted(frames.length, 'frame')}`)
    }
    session.out.result({ files: saved, failed }, () => saved.join('\n'))
    return failed.length > 0 ? EXIT.failed : EXIT.done
  })
}

async function saveFrame(
  connection: Connection,
  taskId: TaskId,
  frame: number,
  { folder, quality }: { folder: string; quality: Options['quality'] },
): Promise<string> {
  const wanted = quality === 'original' ? 'original' : 'display'
  const { body, contentType } = await connection.frame(taskId, frame, wanted)
  const number = String(frame).padStart(6, '0')
  const path = join(folder, `task_${taskId}_frame_${number}${extensionOf(contentType)}`)
  // Under another name until it is whole: a cut-off picture must not look like one.
  await writeFile(`${path}.part`, body)
  await rename(`${path}.part`, path)
  return path
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'image/tiff': '.tif',
  'image/bmp': '.bmp',
  'image/avif': '.avif',
}

function extensionOf(contentType: string): string {
  return EXTENSIONS[contentType.split(';')[0]?.trim() ?? ''] ?? '.bin'
}
