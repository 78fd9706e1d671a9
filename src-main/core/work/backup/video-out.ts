import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { DatasetOutput } from '../../ports.ts'
import type { WorkDeps } from '../work.ts'
import { archiveNames } from './file-names.ts'
import type { Telling } from './write-task.ts'

const PIECE_BYTES = 2 ** 20
const MIB = 2 ** 20

/**
 * The video itself, byte for byte. Without it there would be nothing to annotate, so a lost one stops the backup.
 * @throws FRAME_MISSING, DISK_FULL, CANCELLED
 */
export async function writeVideo(
  { store }: WorkDeps,
  output: DatasetOutput,
  { taskId, folder }: { taskId: TaskId; folder: string },
  { hooks, before, total }: Telling,
): Promise<void> {
  const file = store.videos.ofTask(taskId)
  const path = file?.path ?? ''
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('FRAME_MISSING', { path, frame: 0 }, { cause })
  })
  try {
    const { size: sizeBytes } = await handle.stat()
    const { size: frames } = store.tasks.get(taskId)
    const pieces = handle.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false })
    const counted = (async function* () {
      let done = 0
      for await (const piece of pieces as AsyncIterable<Uint8Array>) {
        if (hooks.signal.aborted) throw new AppError('CANCELLED', { what: 'The backup' })
        done += piece.length
        const share = frames * (done / Math.max(1, sizeBytes))
        const message = `${Math.round(done / MIB)} of ${Math.round(sizeBytes / MIB)} MiB of video`
        hooks.progress(before + share, total, message)
        yield piece
      }
    })()
    await output.stream(`${folder}data/${archiveNames()(basename(path))}`, counted, false)
  } finally {
    await handle.close()
  }
}
