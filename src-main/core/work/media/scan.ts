import { z } from 'zod'
import { taskIdSchema } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { ScanResult } from '../../ports.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { copyMedia } from './copy-media.ts'
import { scanVideo } from './scan-video.ts'

const scanParams = z.object({
  taskId: taskIdSchema,
  copyData: z.boolean().default(false),
  /** As asked for, null = the last one; the task learns its real stop frame from this scan. */
  stopFrame: z.int().nonnegative().nullable(),
  /** As asked for, null = the default of the media. */
  overlap: z.int().nonnegative().nullable().default(null),
})

/**
 * List a task's media: walk, sort, cut to start … stop by step, store. The first picture is told as soon as it is
 * found, so that a window can show it while a slow disk is still being walked.
 */
export const scan: Work = async (deps, params, hooks) => {
  const { taskId, copyData, stopFrame, overlap } = scanParams.parse(params)
  const task = deps.store.tasks.get(taskId)
  let notes: readonly string[] = []
  try {
    const found = await deps.scanner.scan(task.mediaPaths, {
      signal: hooks.signal,
      onFound: (first, count) => {
        hooks.preview(taskId, first, count)
        hooks.progress(0, null, `${count.toLocaleString('en')} pictures found`)
      },
    })
    notes = notesOf(found)
    if (found.video) {
      const { startFrame } = task
      const wanted = { taskId, startFrame, stopFrame, overlap, copyData }
      await scanVideo(deps, found.video, wanted, hooks)
    } else await storePictures(deps, task, found, { copyData, stopFrame }, hooks)
  } catch (error) {
    // A task without a single frame is nothing a person asked for: refused whole, the store is as it was.
    deps.store.tasks.delete(taskId)
    hooks.event({ type: 'task', id: taskId, task: null })
    throw error
  }
  const listed = deps.store.tasks.get(taskId)
  hooks.event({ type: 'task', id: taskId, task: listed })
  return { size: listed.size, notes }
}

async function storePictures(
  deps: WorkDeps,
  task: Task,
  found: ScanResult,
  { copyData, stopFrame }: { copyData: boolean; stopFrame: number | null },
  hooks: WorkHooks,
): Promise<void> {
  const selected = deps.scanner.select(found.frames, { ...task, stopFrame, seed: task.id })
  if (selected.length === 0) throw nothingSelected(task, found.frames.length)
  const media = copyData
    ? await copyMedia(deps, task.id, found.sources, selected, hooks)
    : { sources: found.sources, frames: selected }
  deps.store.frames.setAll(task.id, media.sources, media.frames, media.frames.length)
}

const NAMED = 20

/** What could not be looked into or has no place in the task is skipped, never in silence. */
function notesOf({ unreadableFolders = [], videosLeftOut = 0 }: ScanResult): string[] {
  const notes: string[] = []
  if (unreadableFolders.length > 0) {
    const rest = unreadableFolders.length - NAMED
    const shown =
      unreadableFolders.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
    notes.push(`What is in here could not be read, so it is not in the task: ${shown}`)
  }
  if (videosLeftOut > 0) {
    const videos = videosLeftOut === 1 ? 'A video lies' : `${videosLeftOut} videos lie`
    notes.push(`${videos} beside the pictures, left out: a video needs a task of its own`)
  }
  return notes
}

function nothingSelected(task: { startFrame: number; stopFrame: number }, found: number): AppError {
  return new AppError('INPUT_INVALID', {
    where: 'start frame',
    problem: `${task.startFrame} lies behind the last of ${found} pictures, so no frame is left`,
  })
}
