import { access } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { z } from 'zod'
import type { createTaskInput } from '#shared/contract/index.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import type { Task } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { type Deps, publishTask } from '../../usecase.ts'

const GLOB = /[*?[\]{}]/

/**
 * Store a task and ask for its media to be scanned; answers before the scan ends.
 * @throws LABELS_INVALID, MEDIA_NOT_FOUND, INPUT_INVALID, NOT_FOUND (project)
 */
export async function createTask(
  deps: Deps,
  input: z.output<typeof createTaskInput>,
): Promise<{ task: Task; requestId: WorkRequest['id'] }> {
  if (input.projectId !== null && input.labels?.length) {
    throw new AppError('INPUT_INVALID', {
      where: 'labels',
      problem: 'a task in a project uses the labels of the project, so give one or the other',
    })
  }
  if (input.segmentSize > 0 && input.overlap !== null && input.overlap >= input.segmentSize) {
    throw new AppError('INPUT_INVALID', {
      where: 'overlap',
      problem: `${input.overlap} must be smaller than the segment size ${input.segmentSize}`,
    })
  }
  const labels = parseRawLabels(input.labels ?? [])
  const mediaPaths = await existingPaths(input.paths)
  if (input.projectId !== null) deps.store.projects.get(input.projectId)
  const task = deps.store.tasks.create({
    ...input,
    overlap: input.overlap ?? 0,
    labels,
    mediaPaths,
  })
  const request = deps.queue.enqueue('scan', task.id, `Listing ${task.name}`, {
    taskId: task.id,
    copyData: input.copyData,
    stopFrame: input.stopFrame,
    overlap: input.overlap,
  })
  publishTask(deps, task.id)
  return { task, requestId: request.id }
}

/** Absolute paths, each of them there (globs are left to the scan). @throws MEDIA_NOT_FOUND */
export async function existingPaths(paths: readonly string[]): Promise<string[]> {
  const absolute = paths.map((path) => (isAbsolute(path) ? path : resolve(path)))
  for (const path of absolute) {
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (!there && !GLOB.test(path)) throw new AppError('MEDIA_NOT_FOUND', { path })
  }
  return absolute
}
