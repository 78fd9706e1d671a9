/**
 * What the use-cases need from the outside. Adapters (store, media, formats, requests) implement these and never import
 * each other; compose.ts is where they meet. Everything here is a type.
 */

import type { FormatInfo, Loss } from '#shared/contract/datasets.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import type { ChangeResult } from '#shared/contract/index.ts'
import type { Annotation, Shape, Tag } from '#shared/domain/annotation.ts'
import type {
  FrameIndex,
  JobId,
  LabelId,
  ProjectId,
  RequestId,
  TaskId,
} from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type {
  ErrorBody,
  ExportReport,
  ImportReport,
  RequestKind,
  WorkRequest,
} from '#shared/domain/request.ts'
import type {
  Frame,
  FrameStatus,
  Job,
  MediaState,
  Project,
  SortingMethod,
  Task,
} from '#shared/domain/task.ts'
import type { HistoryEntry, Step } from '#shared/operations/operation.ts'

// ---------------------------------------------------------------------------------------------------- store

/** Where a frame's bytes are. `source` indexes the task's MediaSource list; `entry` is '' for a single file. */
export interface FrameLocation {
  readonly source: MediaSource
  readonly entry: string
  /** Tar only: byte offset of the entry's data inside the archive. */
  readonly offset: number | null
  readonly sizeBytes: number | null
}

export interface MediaSource {
  readonly kind: 'folder' | 'file' | 'zip' | 'tar'
  /** Absolute path on this machine. */
  readonly path: string
}

/** A frame as the scan found it, before its header was read. */
export interface ScannedFrame {
  readonly name: string
  readonly sourceIndex: number
  readonly entry: string
  readonly offset: number | null
  readonly sizeBytes: number | null
  readonly mtimeMs: number | null
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
   * are removed. Colours left out get CVAT's default (formats.md 37).
   * @throws LABEL_IN_USE when a label to be removed still has annotations
   */
  replace(owner: { taskId: TaskId } | { projectId: ProjectId }, raw: readonly RawLabel[]): Label[]
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

export interface JobRepository {
  ofTask(taskId: TaskId): Job[]
  update(id: JobId, change: Partial<Pick<Job, 'stage' | 'state'>>): Job
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
  /** Point frames at new locations (Relink); their status becomes `pending`. */
  relocate(
    taskId: TaskId,
    sources: readonly MediaSource[],
    moves: Iterable<{
      index: FrameIndex
      sourceIndex: number
      entry: string
      offset: number | null
    }>,
  ): void
}

export interface AnnotationRepository {
  /** Live annotations of one frame: its tags and shapes, and tracks that have begun by then. Ordered by zOrder, then id. */
  ofFrame(taskId: TaskId, frame: FrameIndex): Annotation[]
  /** Frames in ascending order with their live tags and shapes: one pass over an index, for exports. Empty frames are skipped. */
  byFrame(taskId: TaskId): Iterable<{ frame: FrameIndex; annotations: Annotation[] }>
  count(taskId: TaskId): number
  searchFrame(
    taskId: TaskId,
    from: FrameIndex,
    direction: 'forward' | 'backward',
  ): FrameIndex | null
  reserveIds(count: number): { first: number; count: number }
  /** See the contract's `annotations.apply`. One transaction. @throws REVISION_CONFLICT, ANNOTATION_INVALID, NOT_FOUND */
  apply(taskId: TaskId, baseRevision: number, clientStepId: string, step: Step): ChangeResult
  undo(taskId: TaskId): ChangeResult
  redo(taskId: TaskId): ChangeResult
  history(taskId: TaskId, before: number | undefined, limit: number): HistoryEntry[]
  /** Bulk arrival (imports). Nothing shows until `commit`; a crash or `abort` leaves no trace. */
  beginBatch(taskId: TaskId, requestId: RequestId): AnnotationBatch
  /** Per shape type and per fact, how many live annotations a task holds: what loss reports count. */
  census(taskId: TaskId): AnnotationCensus
}

/** An annotation on its way in: no id yet. Tracks are not among them yet. */
export type NewAnnotation = Omit<Tag, 'id'> | Omit<Shape, 'id'>

export interface AnnotationBatch {
  add(annotations: readonly NewAnnotation[]): void
  /** One short transaction: the batch appears (and with `replace` everything else goes) as one undoable history entry. */
  commit(
    mode: 'replace' | 'add',
    titleLabel: string,
  ): { revision: number; added: number; replaced: number }
  abort(): void
}

export interface AnnotationCensus {
  readonly tags: number
  readonly tracks: number
  readonly shapes: Readonly<Record<string, number>>
  readonly rotatedRectangles: number
  readonly grouped: number
  /** Shapes whose zOrder is not 0. */
  readonly layered: number
  readonly occluded: number
  /** Annotations with at least one attribute value. */
  readonly attributed: number
  readonly scored: number
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
  readonly requests: RequestRepository
  readonly settings: SettingsRepository
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

// ---------------------------------------------------------------------------------------------------- media

export interface ScanResult {
  readonly sources: MediaSource[]
  /** Unsorted, as found. */
  readonly frames: ScannedFrame[]
  /** Files that are no pictures (skipped), counted. */
  readonly otherFiles: number
  /** Subfolders that could not be listed (permissions), relative to their source. Skipped, never fatal. */
  readonly unreadableFolders?: readonly string[]
}

export interface MediaScanner {
  /**
   * List the pictures under folders (recursive), globs, single files and archives, without opening any picture.
   * `onFound` is called soon after the first picture and then a few times a second.
   * @throws MEDIA_NOT_FOUND, MEDIA_NONE, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
   */
  scan(
    paths: readonly string[],
    options: {
      signal: AbortSignal
      onFound?: (first: FrameLocation & { name: string }, found: number) => void
    },
  ): Promise<ScanResult>
  /** Sort by CVAT's sorting method (random is seeded and repeatable), then keep start … stop (inclusive) by step. */
  select(
    frames: ScannedFrame[],
    how: {
      sortingMethod: SortingMethod
      startFrame: number
      stopFrame: number | null
      frameStep: number
      seed: number
    },
  ): ScannedFrame[]
  /** Headers of many frames, in the order given, read lazily and in parallel. Never throws for one bad file. */
  readHeaders(frames: readonly FrameRecord[], signal: AbortSignal): AsyncIterable<FrameHeader[]>
}

export interface FrameBytes {
  readonly contentType: string
  readonly body: Uint8Array
  /** True when `body` needs its EXIF orientation applied by whoever decodes it (browsers do). */
  readonly exifTurned: boolean
}

export interface FrameReader {
  /**
   * A frame's picture. `original`: the file's own bytes where a browser can show them. `upright`: pixels as people see
   * them: the file's own bytes unless EXIF turns it (then re-encoded in the same format, best quality, no EXIF turn).
   * `display`: what the canvas shows: own bytes if a browser can decode them, else converted to PNG or WebP, 8 bit.
   * `thumbnail`: WebP, at most 256 px on the long side.
   * @throws FRAME_MISSING, IMAGE_UNREADABLE
   */
  read(
    frame: FrameRecord,
    quality: 'original' | 'upright' | 'display' | 'thumbnail',
    signal?: AbortSignal,
  ): Promise<FrameBytes>
  /** Hint: these will be wanted soon. Bounded and cancellable by the next hint. */
  prefetch(frames: readonly FrameRecord[]): void
  /**
   * A picture that is not in the store yet (preview during a scan). `as` 'file': the file's own bytes whatever they are,
   * for copying it; otherwise as `display`.
   */
  readLocation(location: FrameLocation, name: string, as?: 'display' | 'file'): Promise<FrameBytes>
  close(): void
}

// ---------------------------------------------------------------------------------------------------- formats

/** A frame of the task an export or import works on; width and height are known by then (0 when unreadable). */
export interface DatasetFrame {
  readonly index: FrameIndex
  /** startFrame + index * frameStep: the number XML and Datumaro files carry. */
  readonly absolute: number
  readonly name: string
  readonly width: number
  readonly height: number
}

export interface DatasetTask {
  readonly task: Task
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
  readonly frameCount: number
}

/** What an exporter reads: a stream of frames, never a dataset in memory. Tracks arrive as shapes. */
export interface DatasetSource extends DatasetTask {
  /** Every frame in order, deleted ones left out, with its annotations (drawing order: zOrder, then id). */
  frames(): Iterable<{ frame: DatasetFrame; annotations: readonly (Tag | Shape)[] }>
  /** The picture as people see it (see FrameReader `upright`). */
  image(frame: DatasetFrame): Promise<Uint8Array>
}

/** Where an exporter writes: a zip being streamed to a temporary file beside its final name. */
export interface DatasetOutput {
  /** A text entry, produced piece by piece; awaits back-pressure. */
  text(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>
  /** A binary entry; stored, not deflated, when `compress` is false (pictures). */
  bytes(name: string, data: Uint8Array, compress: boolean): Promise<void>
}

export interface WorkContext {
  readonly signal: AbortSignal
  /** `done` of `total` (null = unknown) and what is being done, e.g. "3,200 of 10,000 frames". Throttled by the receiver. */
  progress(done: number, total: number | null, message: string): void
}

/** One file or archive to import. Readers never touch the file system themselves. */
export interface DatasetInput {
  /** For messages: the file's base name. */
  readonly file: string
  /** A bare file has one entry named like the file. Names are checked (no path escapes), sizes bounded. */
  readonly entries: readonly { readonly name: string; readonly sizeBytes: number }[]
  /** Decoded pieces of an entry; fatal on invalid UTF-8. */
  text(name: string): AsyncIterable<string>
  bytes(name: string): Promise<Uint8Array>
}

/** How a reader finds the frame an item means, in the order of formats.md 2.7 and then by unique stem. */
export interface FrameMatcher {
  /**
   * @param name   path as the file has it, with or without extension
   * @param number relative frame index the file names, if any
   */
  match(name: string, number?: number): DatasetFrame | null
}

export interface ReadTarget extends DatasetTask {
  readonly matcher: FrameMatcher
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): void
  /** Tell that an item of the file has no frame here. Counted and listed in the report. */
  unmatched(name: string): void
  /** Tell that `count` things were left out or changed, `what` being a plural clause ("objects with the unknown label \"cat\""). */
  note(what: string, count?: number): void
  /** Ids for the target's labels and attributes by name; null when the task has no such label. */
  labelByName(name: string, parent?: string): Label | null
}

export interface DatasetFormat extends FormatInfo {
  /** What this format cannot hold of what the census counts. */
  losses(census: AnnotationCensus): Loss[]
  /** @throws CANCELLED */
  write(
    source: DatasetSource,
    output: DatasetOutput,
    options: { withImages: boolean; context: WorkContext },
  ): Promise<void>
  /**
   * Batches of annotations ready to be stored. Refuses a malformed file as a whole by throwing; the caller discards the batch.
   * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT
   */
  read(input: DatasetInput, target: ReadTarget): AsyncIterable<NewAnnotation[]>
}

export interface FormatRegistry {
  list(): FormatInfo[]
  /** By exact CVAT name, or its case-blind equal. @throws FORMAT_UNKNOWN */
  get(name: string): DatasetFormat
  /** Open a zip or a bare file for reading, checked for unsafe names and bombs. */
  openInput(path: string): Promise<DatasetInput & { close(): void }>
  /**
   * Write a zip to a temporary file beside `path`, then fsync and rename; on any error the temporary file is removed.
   * @throws DISK_FULL, EXPORT_NOT_WRITABLE
   */
  writeZip(
    path: string,
    fill: (output: DatasetOutput) => Promise<void>,
  ): Promise<{ sizeBytes: number }>
}

// ---------------------------------------------------------------------------------------------------- requests

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
  /** Store it and start it when a slot is free. */
  enqueue(kind: RequestKind, taskId: TaskId | null, title: string, params: unknown): WorkRequest
  cancel(id: RequestId): WorkRequest
  retry(id: RequestId): WorkRequest
  /** Resolves when the request is finished, failed or cancelled. */
  settled(id: RequestId): Promise<WorkRequest>
  /** Take up what a crash left. */
  resume(): void
  close(): Promise<void>
}

// ---------------------------------------------------------------------------------------------------- events, clock

export interface EventBus {
  publish(event: AppEvent): void
  /** Replays what is newer than `since` (bounded memory), then goes on. Returns how to stop. */
  subscribe(listener: (id: number, event: AppEvent) => void, since?: number): () => void
}

export interface Clock {
  now(): Date
}

export type { ExportReport, ImportReport, LabelId }
