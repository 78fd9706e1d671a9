import type { TaskId } from '#shared/domain/ids.ts'

const frameKey = (taskId: TaskId) => `fieldmark.frame.${taskId}`

/** The frame a person left this task on; 0 when they never opened it. */
export function rememberedFrame(taskId: TaskId): number {
  const frame = Number(localStorage.getItem(frameKey(taskId)) ?? 0)
  return Number.isInteger(frame) && frame > 0 ? frame : 0
}

export function rememberFrame(taskId: TaskId, frame: number): void {
  try {
    localStorage.setItem(frameKey(taskId), String(frame))
  } catch {
    // Storage full or blocked: the next visit starts at the first frame.
  }
}
