import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { Deps, Usecases } from '../../usecase.ts'

/**
 * Embeddings of frames, made ahead: the first while the caller waits, the rest afterwards, where they hold up no click. Whoever
 * asks next for frames of the same task has gone on: what was still to be made for them before is not made.
 */
export function createPrepare({
  functions,
}: Pick<Deps, 'functions'>): Usecases['functions']['prepare'] {
  const latest = new Map<TaskId, AbortController>()

  async function ahead(
    { taskId, functionId }: Parameters<Usecases['functions']['prepare']>[0],
    frames: readonly FrameIndex[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const frame of frames) {
      if (signal.aborted) return
      // Nobody waits for it: who comes to a frame that cannot be read, or prepared, is told then.
      await functions
        .prepare({ taskId, frame }, functionId, { lane: 'batch', signal })
        .catch(() => undefined)
    }
  }

  return async (input) => {
    const { taskId, functionId, frames } = input
    const mine = new AbortController()
    latest.get(taskId)?.abort()
    latest.set(taskId, mine)
    const start = performance.now()
    const [first, ...rest] = frames
    if (first !== undefined)
      await functions.prepare({ taskId, frame: first }, functionId, { lane: 'now' })
    void ahead(input, rest, mine.signal).finally(() => {
      if (latest.get(taskId) === mine) latest.delete(taskId)
    })
    return { tookMs: performance.now() - start }
  }
}
