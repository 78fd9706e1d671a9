import { z } from 'zod'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { Work, WorkDeps, WorkHooks } from '../work.ts'
import { readPackets } from './index-video.ts'

const PAGE = 2000
const indexParams = z.object({ taskId: taskIdSchema })

/** Read the headers that have not been read yet; a file that cannot be read is noted, never fatal. */
export async function readPendingHeaders(
  deps: WorkDeps,
  taskId: TaskId,
  hooks: WorkHooks,
): Promise<number> {
  const total = deps.store.tasks.get(taskId).size
  let done = 0
  for (;;) {
    const records = deps.store.frames.pending(taskId, PAGE)
    if (records.length === 0) return done
    for await (const headers of deps.scanner.readHeaders(records, hooks.signal)) {
      deps.store.frames.setHeaders(taskId, headers)
      done += headers.length
      hooks.progress(done, total, `${done.toLocaleString('en')} headers read`)
    }
  }
}

/** What can be known of a task's pictures without decoding them: headers, or a video's packets. */
export const indexHeaders: Work = async (deps, params, hooks) => {
  const { taskId } = indexParams.parse(params)
  if (deps.store.videos.ofTask(taskId)) return readPackets(deps, taskId, hooks)
  const indexed = await readPendingHeaders(deps, taskId, hooks)
  const problems = deps.store.frames.problems(taskId)
  hooks.event({ type: 'task', id: taskId, task: deps.store.tasks.get(taskId) })
  return { indexed, problems: problems.slice(0, 1000), problemCount: problems.length }
}
