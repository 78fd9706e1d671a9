import type { AppEvent } from '#shared/contract/events.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { RequestKind, WorkRequest } from '#shared/domain/request.ts'

/** Runs one request's work off the main loop, usually in a worker thread. */
export interface RequestRunner {
  run(
    request: WorkRequest,
    params: unknown,
    hooks: {
      signal: AbortSignal
      onProgress(progress: number | null, message: string): void
      onEvent(event: AppEvent): void
    },
  ): Promise<unknown>
  close(): Promise<void>
}

export interface RequestQueue {
  /** A stored request as it really is: on a full disk its end may be known here and not be stored yet. */
  current(request: WorkRequest): WorkRequest
  /** Store it and start it when a slot is free. */
  enqueue(kind: RequestKind, taskId: TaskId | null, title: string, params: unknown): WorkRequest
  cancel(id: RequestId): WorkRequest
  /** Of a kind that goes on where it stopped. @throws INPUT_INVALID for any other */
  pause(id: RequestId): WorkRequest
  /** A paused one waits for its turn again. */
  unpause(id: RequestId): WorkRequest
  retry(id: RequestId): WorkRequest
  /** Resolves when the request is finished, failed or cancelled. */
  settled(id: RequestId): Promise<WorkRequest>
  /** Take up what a crash left. */
  resume(): void
  close(): Promise<void>
}
