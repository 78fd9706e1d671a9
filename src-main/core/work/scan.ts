import { z } from 'zod'
import { taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { copyMedia } from './copy-media.ts'
import type { Work } from './work.ts'

const scanParams = z.object({
  taskId: taskIdSchema,
  copyData: z.boolean().default(false),
  /** As asked for, null = the last one; the task learns its real stop frame from this scan. */
  stopFrame: z.int().nonnegative().nullable(),
})

/**
 * List a task's media: walk, sort, cut to start … stop by step, store. The first picture is told as soon as it is
 * found, so that a window can show it while a slow disk is still being walked.
 */
export const scan: Work = async (deps, params, hooks) => {
  const { taskId, copyData, stopFrame } = scanParams.parse(params)
  const task = deps.store.tasks.get(taskId)
  let unreadable: readonly string[] = []
  try {
    const found = await deps.scanner.scan(task.mediaPaths, {
      signal: hooks.signal,
      onFound: (first, count) => {
        hooks.preview(taskId, first, count)
        hooks.progress(0, null, `${count.toLocaleString('en')} pictures found`)
      },
    })
    unreadable = found.unreadableFolders ?? []
    const selected = deps.scanner.select(found.frames, { ...task, stopFrame, seed: taskId })
    if (selected.length === 0) throw nothingSelected(task, found.frames.length)
    const media = copyData
      ? await copyMedia(deps, taskId, found.sources, selected, hooks)
      : { sources: found.sources, frames: selected }
    deps.store.frames.setAll(taskId, media.sources, media.frames, media.frames.length)
  } catch (error) {
    // A task without a single frame is nothing a person asked for: refused whole, the store is as it was.
    deps.store.tasks.delete(taskId)
    hooks.event({ type: 'task', id: taskId, task: null })
    throw error
  }
  const listed = deps.store.tasks.get(taskId)
  hooks.event({ type: 'task', id: taskId, task: listed })
  return { size: listed.size, notes: unreadableNotes(unreadable) }
}

const NAMED = 20

/** What could not be looked into is skipped, never in silence. */
function unreadableNotes(entries: readonly string[]): string[] {
  if (entries.length === 0) return []
  const more = entries.length > NAMED ? ` and ${entries.length - NAMED} more` : ''
  const shown = `${entries.slice(0, NAMED).join(', ')}${more}`
  return [`What is in here could not be read, so it is not in the task: ${shown}`]
}

function nothingSelected(task: { startFrame: number; stopFrame: number }, found: number): AppError {
  return new AppError('INPUT_INVALID', {
    where: 'start frame',
    problem: `${task.startFrame} lies behind the last of ${found} pictures, so no frame is left`,
  })
}
