import type { FunctionId } from '#shared/domain/function.ts'
import type { FrameIndex, LabelId, RequestId, TaskId } from '#shared/domain/ids.ts'
import type {
  Prediction,
  PredictionChoice,
  PredictionId,
  Proposal,
} from '#shared/domain/prediction.ts'
import type { FrameRange } from './store.ts'

/** What a request of automatic annotation has come to, kept from start to start. */
export interface PredictionRun {
  readonly id: number
  /** The frames it is for, ascending, both ends included. */
  readonly frames: readonly FrameRange[]
  /** Every frame of the request up to this one is dealt with; -1: none. */
  readonly doneThrough: FrameIndex
  /** What the work said with it; null at first. */
  readonly facts: unknown
}

export interface PredictionCheckpoint {
  readonly doneThrough: FrameIndex
  /** Anything that JSON can say. */
  readonly facts: unknown
}

/** `open`: a layer to decide on. `staged`: hidden, until all of it becomes annotations at once. */
export type PredictionKind = 'open' | 'staged'

export type PredictionFilter = Omit<PredictionChoice, 'ids' | 'frame'>

export interface PredictionSummary {
  readonly open: number
  readonly frames: number
  readonly byLabel: { labelId: LabelId; count: number }[]
  /** Twenty bins of score 0 … 1. */
  readonly byScore: number[]
  readonly withoutScore: number
}

export interface DecidedPrediction {
  readonly prediction: Prediction
  readonly decision: 'open' | 'accepted' | 'rejected'
}

/** Open are those nobody has decided on, and those whose acceptance was undone. Frames that are deleted have none. */
export interface PredictionRepository {
  /** What a request has come to so far; null before `begin`, and once it was abandoned. */
  runOf(requestId: RequestId): PredictionRun | null
  begin(run: {
    readonly taskId: TaskId
    readonly requestId: RequestId
    readonly functionId: FunctionId
    readonly kind: PredictionKind
    readonly frames: readonly FrameRange[]
  }): PredictionRun
  /**
   * Frames that are done, with what was found, and how far the run is: one transaction. Open ones take the place of those of
   * the same function on these frames that were not accepted. Groups are numbers of one frame's answer; what is stored has
   * numbers that no other group of the store has. What has a label that is gone is left out.
   */
  put(
    run: PredictionRun,
    frames: readonly { readonly frame: FrameIndex; readonly proposals: readonly Proposal[] }[],
    checkpoint: PredictionCheckpoint,
  ): void
  /** What a run has staged, in order. `next` is where to go on, null at the end. */
  staged(
    run: PredictionRun,
    after: number,
    limit: number,
  ): { proposals: Proposal[]; next: number | null }
  /** Frames that functions have looked at for the layer, ascending; both ends included. */
  covered(taskId: TaskId): FrameRange[]
  /** A staged run is over, or nobody wants it: a request of the same number begins anew. */
  abandon(requestId: RequestId): void
  /** As `abandon`, of requests of a task that failed. */
  abandonFailed(taskId: TaskId): void

  ofFrame(taskId: TaskId, frame: FrameIndex): Prediction[]
  /** Open ones of frames from `from` on, whole frames, about `limit`. `next`: the frame that comes after, null at the end. */
  page(
    taskId: TaskId,
    choice: PredictionChoice,
    from: FrameIndex,
    limit: number,
  ): { predictions: Prediction[]; next: FrameIndex | null }
  /** All of these frames, whatever was decided. Without `minScore` also those that have none. */
  between(taskId: TaskId, frames: FrameRange, minScore: number | null): DecidedPrediction[]
  summary(taskId: TaskId): PredictionSummary
  open(taskId: TaskId): number
  /** Open ones that fit. */
  count(taskId: TaskId, choice: PredictionChoice): number
  /** The nearest frame beyond `from` with an open one that fits. */
  nextFrame(
    taskId: TaskId,
    from: FrameIndex,
    direction: 'forward' | 'backward',
    filter: PredictionFilter,
  ): FrameIndex | null
  /**
   * Reject open ones, or open rejected ones: those of whole frames from `from` on, some thousand. `next`: where to go on.
   */
  decide(
    taskId: TaskId,
    verdict: 'reject' | 'restore',
    choice: PredictionChoice,
    from: FrameIndex,
  ): { count: number; next: FrameIndex | null }
  /**
   * These are accepted as soon as a step called `clientStepId` is done, and for as long as it is. To be called before the step
   * is made, slice by slice: whatever happens in between, they are open.
   */
  accept(taskId: TaskId, clientStepId: string, ids: readonly PredictionId[]): void
  /** Forget some thousand of a task's, whatever was decided, and last of all who looked at which frame. @returns whether there are more */
  clear(taskId: TaskId): boolean
}
