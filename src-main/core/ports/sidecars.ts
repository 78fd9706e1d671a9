/** Files beside a task's pictures, as the store remembers them. See ports.ts. */
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { SidecarFormat, SidecarProblem } from '#shared/domain/sidecar.ts'

/** What both sides last agreed on, of one frame. */
export interface SidecarFile {
  readonly frame: FrameIndex
  /** Absolute. */
  readonly path: string
  readonly sizeBytes: number
  readonly mtimeMs: number
  /** When it was looked at. */
  readonly checkedMs: number
  /** SHA-256 of its bytes; '' for one that was never agreed on. */
  readonly hash: string
  /** SHA-256 of what would have been written of the frame then. */
  readonly rendered: string
  /** SHA-256 of what is about to be written: a file of it is ours, though nobody lived to tell. */
  readonly pending: string | null
  /** Whether it holds what has no place here: a copy is kept before it is written over. */
  readonly isLossy: boolean
  /** Why it is left alone, a clause without a full stop. */
  readonly problem: string | null
}

export interface SidecarRepository {
  /** Null: the task keeps no files. `synced` is whatever `setSynced` was given last. */
  get(taskId: TaskId): { readonly format: SidecarFormat; readonly synced: string | null } | null
  /** Tasks that keep files. */
  tasks(): TaskId[]
  /** Another format, or null for none, forgets what was known of all files. */
  set(taskId: TaskId, format: SidecarFormat | null): void
  /** A word for the state of the store that all files are in step with; null: nobody knows. */
  setSynced(taskId: TaskId, synced: string | null): void
  file(taskId: TaskId, frame: FrameIndex): SidecarFile | null
  put(taskId: TaskId, file: SidecarFile): void
  forget(taskId: TaskId, frame: FrameIndex): void
  /** Files without a problem, and the problems, at most `limit` of them, in order of frames. */
  state(
    taskId: TaskId,
    limit: number,
  ): { files: number; problemCount: number; problems: SidecarProblem[] }
}
