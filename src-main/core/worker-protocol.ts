import type { AppEvent } from '#shared/contract/events.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { ErrorBody, RequestKind } from '#shared/domain/request.ts'
import type { FrameFunctions, FrameLocation } from './ports.ts'

/** What work may ask of the main process: see `FrameFunctions`. The last argument of each, the call, is added there. */
export type CallMethod = Exclude<keyof FrameFunctions, 'prepare' | 'interact' | 'scissors'>

/**
 * What a worker thread is told. `cancelled` is one Int32: set to 1 it stops even work that never yields. `end`: nothing
 * more will come.
 */
export type ToWorker =
  | {
      readonly type: 'run'
      readonly requestId: number
      readonly kind: RequestKind
      readonly params: unknown
      readonly cancelled: SharedArrayBuffer
    }
  | { readonly type: 'end' }
  | { readonly type: 'answer'; readonly ticket: number; readonly result: unknown }
  | { readonly type: 'refusal'; readonly ticket: number; readonly error: ErrorBody }

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: number | null; readonly message: string }
  | { readonly type: 'event'; readonly event: AppEvent }
  | {
      readonly type: 'preview'
      readonly taskId: TaskId
      readonly first: FrameLocation & { name: string }
      readonly found: number
    }
  /** A question to the main process, where functions are loaded once for all. */
  | {
      readonly type: 'call'
      readonly ticket: number
      readonly method: CallMethod
      readonly args: readonly unknown[]
    }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: ErrorBody }

export interface WorkerSettings {
  readonly dataDir: string
  /** One Int32: how many people wait for a video's frame at this moment. */
  readonly people: SharedArrayBuffer
}
