import type { TrackLane } from '#shared/contract/annotations.ts'
import type { ChangeResult } from '#shared/contract/index.ts'
import type { Annotation, Shape, ShapeType, Tag, Track } from '#shared/domain/annotation.ts'
import type {
  AnnotationId,
  FrameIndex,
  JobId,
  ProjectId,
  RequestId,
  TaskId,
} from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { ErrorBody, RequestKind, WorkRequest } from '#shared/domain/request.ts'
import type {
  Frame,
  FrameStatus,
  Job,
  MediaState,
  Project,
  SortingMethod,
  Task,
} from '#shared/domain/task.ts'
import type { VideoFacts } from '#shared/domain/video.ts'
import type { Candidates } from '#shared/filter/prefilter.ts'
import type { AnnotationOperation, HistoryEntry, StepTitle } from '#shared/operations/operation.ts'
import type { SentStep } from '#shared/operations/track-edit.ts'
import type { ArrivalRepository } from './arrivals.ts'
import type { ConnectionRepository } from './connections.ts'
import type { NetworkLog } from './network-log.ts'
import type { PredictionRepository } from './predictions.ts'
import type { SidecarRepository } from './sidecars.ts'
import type { NewTaskVideo, VideoFile, VideoFit, VideoRepository } from './video.ts'

/** Where a frame's bytes are. `source` indexes the task's MediaSource list; `entry` is '' for a single file. */
export interface FrameLocation {
  readonly source: MediaSource
  readonly entry: string
  /** Tar: byte offset of the entry's data inside the archive. Video: the frame's number in the video, see VideoIndex. */
  readonly offset: number | null
  readonly sizeBytes: number | null
}

export interface MediaSource {
  /** A task has pictures (any mix of the first four) or exactly one video. */
  readonly kind: 'folder' | 'file' | 'zip' | 'tar' | 'video'
  /** Absolute path on this machine. */
  readonly path: string
}

/** A context image as the scan found it, in the same source as its frame. */
export interface RelatedFile {
  readonly entry: string
  readonly offset: number | null
  readonly sizeBytes: number | null
}

/** A frame as the scan found it, before its header was read. */
export interface ScannedFrame {
  readonly name: string
  readonly sourceIndex: number
  readonly entry: string
  readonly offset: number | null
  readonly sizeBytes: number | null
  readonly mtimeMs: number | null
  /** Its context images in the order to show them; left out where there are none. */
  readonly related?: readonly RelatedFile[]
  /** Upright pixels as a manifest states them: true until its header is read. */
  readonly size?: { readonly width: number; readonly height: number }
}

/** What reading a frame's header told. Width and height are upright (EXIF orientation applied). */
export interface FrameHeader {
  readonly index: FrameIndex
  readonly status: Exclude<FrameStatus, 'pending'>
  readonly width: number | null
  readonly height: number | null
  /** EXIF orientation 1 … 8. */
  readonly orientation: number
  readonly sizeBytes: number | null
  readonly mtimeMs: number | null
  /** Hash of the size and the first 16 KiB, to find a moved file again. */
  readonly fingerprint: string | null
  /** Why it is unreadable, a clause without a full stop. */
  readonly problem: string | null
}

export interface FrameRecord extends Frame {
  readonly location: FrameLocation
  readonly orientation: number
  readonly fingerprint: string | null
  readonly problem: string | null
}

export interface NewTask {
  readonly name: string
  readonly projectId: ProjectId | null
  readonly labels: readonly RawLabel[]
  readonly subset: string
  readonly bugTracker: string
  readonly segmentSize: number
  readonly overlap: number
  readonly frameStep: number
  readonly startFrame: number
  /** null = last */
  readonly stopFrame: number | null
  readonly sortingMethod: SortingMethod
  readonly mediaPaths: readonly string[]
}

export interface ProjectRepository {
  list(): Project[]
  /** @throws NOT_FOUND */
  get(id: ProjectId): Project
  create(input: { name: string; bugTracker: string; labels: readonly RawLabel[] }): Project
  update(id: ProjectId, change: { name?: string; bugTracker?: string }): Project
  delete(id: ProjectId): void
}

export interface LabelRepository {
  /** Labels a task sees: its own, or its project's. Creation order. */
  ofTask(taskId: TaskId): Label[]
  ofProject(projectId: ProjectId): Label[]
  /**
   * Make the list equal `raw`: labels and attributes with an `id` are changed, those without are added, those left out
   * are removed. Colours left out get CVAT's default.
   * @throws LABEL_IN_USE when a label to be removed still has annotations
   */
  replace(owner: LabelOwner, raw: readonly RawLabel[]): Label[]
  /**
   * Labels on their way in: nobody sees them until the batch they came with is committed. A label with an `id` is one that
   * is there and gets those of its joints and attributes that have none. A crash leaves nothing to see.
   */
  draft(owner: LabelOwner, raw: readonly RawLabel[]): LabelDraft
  /** Now everybody sees them. @throws INPUT_INVALID when a person has made a label of such a name meanwhile */
  publishDraft(draft: LabelDraft): void
  /** As if they had never been. Those that were published stay. */
  dropDraft(draft: LabelDraft): void
}

export type LabelOwner = { readonly taskId: TaskId } | { readonly projectId: ProjectId }

export interface LabelDraft {
  readonly owner: LabelOwner
  /** All labels of the owner, as they will be. */
  readonly labels: Label[]
  readonly labelIds: readonly number[]
  readonly attributeIds: readonly number[]
}

export interface TaskRepository {
  list(filter?: { projectId?: ProjectId }): Task[]
  /** @throws NOT_FOUND */
  get(id: TaskId): Task
  create(input: NewTask): Task
  update(
    id: TaskId,
    change: { name?: string; subset?: string; bugTracker?: string; projectId?: ProjectId | null },
  ): Task
  delete(id: TaskId): void
  setMediaState(id: TaskId, state: MediaState): void
  sources(id: TaskId): MediaSource[]
}

/** Frames of a task, both ends included. */
export interface FrameRange {
  readonly start: FrameIndex
  readonly stop: FrameIndex
}

export interface JobRepository {
  ofTask(taskId: TaskId): Job[]
  /** @throws NOT_FOUND */
  get(id: JobId): Job
  update(id: JobId, change: Partial<Pick<Job, 'stage' | 'state'>>): Job
  /** In place of all jobs a task has: these, in this order. */
  setAll(taskId: TaskId, jobs: readonly Omit<Job, 'id' | 'taskId' | 'updatedAt'>[]): void
  /** Somebody works on these frames: their jobs changed now, and new ones are in progress. @returns whether a state changed */
  touch(taskId: TaskId, frames: readonly FrameIndex[]): boolean
}

export interface FrameRepository {
  /**
   * Set a task's whole frame list, size, stopFrame, sources and jobs (cut by segmentSize and overlap as CVAT does: a
   * segment starts every segmentSize - overlap frames), then mediaState `ready`. Small transactions; a crash in between
   * leaves the task `scanning` and the next call starts over.
   */
  setAll(
    taskId: TaskId,
    sources: readonly MediaSource[],
    frames: Iterable<ScannedFrame>,
    total: number,
  ): void
  /**
   * The same for a task of one video: its frames start … stop by step are all `ok` at once, called `frame_%06d`, and its
   * mode becomes `interpolation`.
   * @throws INPUT_INVALID when the start frame lies behind the last one
   */
  setVideo(taskId: TaskId, video: NewTaskVideo): void
  /**
   * The video has `frameCount` frames: grow or shrink the list and its jobs, which keep their ids where they begin where
   * they began. Frames beyond the end stay, marked unreadable, while anything is annotated there.
   */
  fitVideo(taskId: TaskId, frameCount: number): VideoFit
  /** The video lies elsewhere now, or was changed (Relink). What is known of it comes along when it is the same file. */
  relocateVideo(taskId: TaskId, file: VideoFile, facts: VideoFacts): void
  list(taskId: TaskId, from: number, count: number): Frame[]
  /** @throws NOT_FOUND */
  record(taskId: TaskId, index: FrameIndex): FrameRecord
  records(taskId: TaskId, from: number, count: number): FrameRecord[]
  /** Indices whose header has not been read, in order, at most `limit`. */
  pending(taskId: TaskId, limit: number): FrameRecord[]
  setHeaders(taskId: TaskId, headers: readonly FrameHeader[]): void
  problems(
    taskId: TaskId,
  ): { frame: FrameIndex; name: string; status: FrameStatus; problem: string }[]
  find(taskId: TaskId, text: string, limit: number): Frame[]
  /** Every frame whose name contains the text, ascending. */
  indicesNamed(taskId: TaskId, text: string): FrameIndex[]
  /** Indices of deleted and of checked frames, ascending. Steps change them: see `annotations.apply`. */
  marks(taskId: TaskId): { deleted: FrameIndex[]; checked: FrameIndex[] }
  /** What a restored task begins with: no step, nothing to undo. Frames it does not have are passed over. */
  setMarks(
    taskId: TaskId,
    marks: { readonly deleted: readonly FrameIndex[]; readonly checked: readonly FrameIndex[] },
  ): void
  /** Whether any frame of the task has context images. */
  hasRelated(taskId: TaskId): boolean
  /** Context images of `count` frames from `from`, in the order to show them; frames without any are left out. */
  related(taskId: TaskId, from: number, count: number): { frame: FrameIndex; entries: string[] }[]
  /** @throws NOT_FOUND */
  relatedLocation(taskId: TaskId, frame: FrameIndex, position: number): FrameLocation
  /** Point frames at new locations (Relink); their status becomes `pending`. */
  relocate(
    taskId: TaskId,
    sources: readonly MediaSource[],
    moves: Iterable<{
      index: FrameIndex
      sourceIndex: number
      entry: string
      offset: number | null
      related?: readonly RelatedFile[]
    }>,
  ): void
}

export interface AnnotationRepository {
  /**
   * Live annotations of one frame: its tags and shapes and, unless left out, tracks that have begun by then. Ordered by
   * zOrder, then id.
   */
  ofFrame(taskId: TaskId, frame: FrameIndex, tracks?: 'with' | 'omit'): Annotation[]
  /** Live annotations of the task, in the order asked for; unknown ids are left out. */
  byIds(taskId: TaskId, ids: readonly AnnotationId[]): Annotation[]
  /** Frames in ascending order with their live tags and shapes: one pass over an index, for exports. Empty frames are skipped. */
  byFrame(taskId: TaskId): Iterable<{ frame: FrameIndex; annotations: Annotation[] }>
  /**
   * Live annotations, tracks among them, of whole frames from `from` on, in frame order: about `limit` of them. `next` is
   * the frame that comes after, null at the end.
   */
  page(
    taskId: TaskId,
    from: FrameIndex,
    limit: number,
  ): { annotations: Annotation[]; next: FrameIndex | null }
  /** Ids of all live annotations, ascending: the order they were made in. Reads an index only. */
  ids(taskId: TaskId): AnnotationId[]
  count(taskId: TaskId): number
  searchFrame(
    taskId: TaskId,
    from: FrameIndex,
    direction: 'forward' | 'backward',
    /** `skip`: deleted frames are passed over. */
    deleted?: 'show' | 'skip',
  ): FrameIndex | null
  /** Tags and shapes on these frames (both ends inclusive) of the labels and kinds wanted, in order of frames. */
  candidates(
    taskId: TaskId,
    frames: { first: FrameIndex; last: FrameIndex },
    wanted: Candidates,
  ): Annotation[]
  /** The nearest of these frames with such a tag or shape, from the end `direction` starts at. Reads an index only. */
  candidateFrame(
    taskId: TaskId,
    frames: { first: FrameIndex; last: FrameIndex },
    wanted: Candidates,
    direction: 'forward' | 'backward',
  ): FrameIndex | null
  /** Every live track, by its first frame. */
  tracks(taskId: TaskId): Track[]
  /** Live tracks by id, from the first after `after`; a page ends once it holds some 20,000 keyframes. */
  trackPage(taskId: TaskId, after: number): { tracks: Track[]; next: AnnotationId | null }
  /** Tracks without outlines, by first frame and id, those after a place: `next` is where to go on, null at the end. */
  lanes(
    taskId: TaskId,
    after: { readonly frame: number; readonly id: number },
    limit: number,
  ): { tracks: TrackLane[]; next: { frame: FrameIndex; id: AnnotationId } | null }
  /**
   * Annotations seen on each of `count` frames from `from`: its own, and (unless `of` is `shapes`) tracks that are not
   * outside there.
   */
  countByFrame(taskId: TaskId, from: FrameIndex, count: number, of?: 'all' | 'shapes'): number[]
  reserveIds(count: number): { first: number; count: number }
  /** See the contract's `annotations.apply`. One transaction. @throws REVISION_CONFLICT, ANNOTATION_INVALID, NOT_FOUND */
  apply(taskId: TaskId, baseRevision: number, clientStepId: string, step: SentStep): ChangeResult
  undo(taskId: TaskId): ChangeResult
  redo(taskId: TaskId): ChangeResult
  history(taskId: TaskId, before: number | undefined, limit: number): HistoryEntry[]
  /** Bulk arrival (imports). Nothing shows until `commit`; a crash or `abort` leaves no trace. */
  beginBatch(taskId: TaskId, requestId: RequestId): AnnotationBatch
  /**
   * Very many changes of annotations as they were at `baseRevision`, as one step. Nothing shows until `commit`; a crash or
   * `abort` leaves no trace. What is changed gets a new id.
   */
  beginRewrite(taskId: TaskId, requestId: RequestId, baseRevision: number): AnnotationRewrite
  /**
   * Per shape type and per fact, how many shapes and tags a file of the task (or of the frames of `range`) would hold:
   * what loss reports count.
   * @param keeps  what the file keeps, shape types and maybe tags; what else is told counts these alone, since what is left out whole has
   *   nothing more to lose. Not given: every annotation, tags among them
   */
  census(taskId: TaskId, range?: FrameRange, keeps?: readonly KeptType[]): AnnotationCensus
}

/** What a format may have a place for. */
export type KeptType = ShapeType | 'tag'

/** An annotation on its way in: no id yet. */
export type NewAnnotation = Omit<Tag, 'id'> | Omit<Shape, 'id'> | Omit<Track, 'id'>

export interface AnnotationBatch {
  add(annotations: readonly NewAnnotation[]): void
  /**
   * One short transaction: the batch appears (and with `replace` everything else goes) as one undoable history entry, and
   * with it the labels that were drafted for it.
   */
  commit(
    mode: 'replace' | 'add',
    /** What history calls it: an import of such a format, or something else. */
    title: string | Omit<StepTitle, 'count'>,
    labels?: LabelDraft,
  ): { revision: number; added: number; replaced: number }
  /** As `commit`, of a task that has no annotations and no history: what it begins with cannot be undone. */
  settle(): { revision: number; added: number }
  abort(): void
}

export interface AnnotationRewrite {
  /** Ids of what is created or changed are given anew. @throws ANNOTATION_INVALID, BULK_OVERTAKEN */
  add(operations: readonly AnnotationOperation[]): void
  /** One short transaction, one undoable history entry. @throws BULK_OVERTAKEN when the task was changed since `baseRevision` */
  commit(title: StepTitle, frame: FrameIndex): { revision: number }
  abort(): void
}

/** On frames that are not deleted, as files hold them: of a track a shape on every frame it is seen on. */
export interface AnnotationCensus {
  readonly tags: number
  /** Those seen on any frame. */
  readonly tracks: number
  readonly shapes: Readonly<Record<string, number>>
  /** Those of `shapes` that are positions of tracks. */
  readonly trackShapes: Readonly<Record<string, number>>
  readonly rotatedRectangles: number
  readonly grouped: number
  /** Shapes whose zOrder is not 0. */
  readonly layered: number
  readonly occluded: number
  /** Annotations with at least one attribute value. */
  readonly attributed: number
  readonly scored: number
  /** Annotations that somebody or some model made here: those of files come back from files as what they were. */
  readonly sourced: number
  /** The tags among those of any source but files, whether tags are kept or not. */
  readonly sourcedTags: number
  /** Frames whose pictures carry an EXIF turn. */
  readonly turnedFrames: number
}

export interface RequestRepository {
  create(kind: RequestKind, taskId: TaskId | null, title: string, params: unknown): WorkRequest
  get(id: RequestId): WorkRequest
  /** The params given to `create`; parse them again before use. */
  params(id: RequestId): unknown
  list(limit: number): WorkRequest[]
  /** Queued ones in order, and (after a crash) those that were `started`, which go back to queued with attempts + 1. */
  recover(): WorkRequest[]
  update(
    id: RequestId,
    change: {
      state?: WorkRequest['state']
      progress?: number | null
      message?: string
      error?: ErrorBody | null
      result?: unknown
    },
  ): WorkRequest
  nextQueued(kinds: readonly RequestKind[]): WorkRequest | null
}

export interface SettingsRepository {
  all(): Record<string, unknown>
  merge(change: Record<string, unknown>): Record<string, unknown>
}

/** The SQLite project store. Synchronous: every call is a short prepared statement or one transaction. */
export interface Store {
  readonly schemaVersion: number
  readonly projects: ProjectRepository
  readonly labels: LabelRepository
  readonly tasks: TaskRepository
  readonly jobs: JobRepository
  readonly frames: FrameRepository
  readonly annotations: AnnotationRepository
  readonly predictions: PredictionRepository
  readonly requests: RequestRepository
  readonly settings: SettingsRepository
  readonly videos: VideoRepository
  readonly arrivals: ArrivalRepository
  readonly sidecars: SidecarRepository
  readonly connections: ConnectionRepository
  readonly networkLog: NetworkLog
  /**
   * All that is read while `body` runs is the store as it is now, whatever others write meanwhile. For a worker's own
   * connection: nothing can be written through it until `body` is done.
   */
  inOneSnapshot<T>(body: () => Promise<T>): Promise<T>
  /** Whatever `body` writes, through any of the repositories, is one transaction. */
  together<T>(body: () => T): T
  /** Drop what a crash left behind (unfinished batches). Call once at start, in the owning process only. */
  sweep(): void
  /** Online copy with SQLite's backup API, then keep the newest `keep`. */
  backup(dir: string, keep: number): Promise<string>
  /** True when the newest backup is older than a day, or there is none, and the store holds anything. */
  worthBackingUp(dir?: string): boolean
  /** `PRAGMA quick_check`: null when well, else what it said. */
  check(): string | null
  close(): void
}
