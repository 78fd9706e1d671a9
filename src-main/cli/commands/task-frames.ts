import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Connection } from '../connect.ts'
import { EXIT, failureBody } from '../failure.ts'
import { followVideoIndex } from '../follow-request.ts'
import { numberRanges, wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

/** Pictures held in memory meanwhile. */
const AT_ONCE = 4

interface Options {
  readonly outdir: string
  readonly quality: 'original' | 'compressed'
}

export function addTaskFrames(parent: Command, cli: Cli): void {
  parent
    .command('frames')
    .description('save pictures of a task to files')
    .argument('<id>', 'task id', wholeNumber(1))
    .argument('<frames...>', 'frame numbers, from 0, or ranges such as 0-99', numberRanges)
    .option('--outdir <dir>', 'where to put them', '.')
    .addOption(
      new Option(
        '--quality <quality>',
        'the file itself (of a video: PNG, as decoded), or what the screen shows',
      )
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
  numbers: readonly number[],
  { outdir, quality }: Options,
): Promise<number> {
  const folder = resolve(session.cwd, outdir)
  return session.withCore(async (connection) => {
    const { client } = connection
    const task = await client.tasks.get({ id: taskIdSchema.parse(id) })
    const beyond = numbers.find((frame) => frame >= task.size)
    if (beyond !== undefined) throw new AppError('NOT_FOUND', { what: 'frame', id: beyond })
    // Ascending, so that a video is decoded once from the first to the last.
    const frames = [...new Set(numbers)].sort((a, b) => a - b)
    if (task.video && !(await followVideoIndex(session, client, task.id)))
      session.out.note(UNCHECKED)
    await mkdir(folder, { recursive: true })
    const saved: string[] = []
    const failed: { frame: number; problem: string }[] = []
    await inOrder(frames, async (frame) => {
      if (session.signal.aborted) throw new AppError('CANCELLED', { what: 'Saving frames' })
      try {
        saved.push(await saveFrame(connection, task.id, frame, { folder, quality }))
      } catch (error) {
        const { message, remedy } = failureBody(error)
        session.out.warn(`${message}\n${remedy}`)
        failed.push({ frame, problem: message })
      }
      session.out.progress(`${saved.length} of ${counted(frames.length, 'frame')}`)
    })
    session.out.result({ files: saved.sort(), failed }, () => saved.join('\n'))
    return failed.length > 0 ? EXIT.failed : EXIT.done
  })
}

const UNCHECKED =
  'This video is not checked from end to end yet. Frames are those its container tells of.'

/** Begun in order, a few at a time: while one is compressed the next is decoded. */
async function inOrder(frames: readonly number[], save: (frame: number) => Promise<void>) {
  let next = 0
  const worker = async () => {
    for (let at = next++; at < frames.length; at = next++) await save(frames[at] ?? 0)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

async function saveFrame(
  connection: Connection,
  taskId: TaskId,
  frame: number,
  { folder, quality }: { folder: string; quality: Options['quality'] },
): Promise<string> {
  const { body, contentType } = await connection.frame(taskId, frame, quality)
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
