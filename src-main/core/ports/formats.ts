/** Dataset formats: what an exporter reads and writes, what an importer sees. See ports.ts. */
import type { FormatInfo, Loss } from '#shared/contract/datasets.ts'
import type { ShapeType, Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import type { TrackMark, WovenShape } from '#shared/tracks/weave.ts'
import type { AnnotationCensus, FrameRange, NewAnnotation } from './store.ts'

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

/** What an exporter reads: a stream of frames, never a dataset in memory. */
export interface DatasetSource extends DatasetTask {
  /** The one job that is exported, with its part of every track; null: the whole task. */
  readonly job: Job | null
  /** The frames that are exported: the job's or the task's; `frameCount` is how many. */
  readonly range: FrameRange
  /** Frames that are not written; keyframes may lie on them. */
  readonly deletedFrames: ReadonlySet<FrameIndex>
  /**
   * Every frame in order, deleted ones left out, with its annotations (drawing order: zOrder, then id).
   * @param tracks  `woven`: every track seen on a frame is a shape there. `apart`: for formats that write `tracks`
   */
  frames(
    tracks?: 'woven' | 'apart',
  ): Iterable<{ frame: DatasetFrame; annotations: readonly (Tag | WovenShape)[] }>
  /** The tracks with their keyframes, in the order they were made, some thousand keyframes in memory at a time. */
  tracks(): Iterable<{ id: TrackMark['id']; track: Track }>
  /** The same frames alone, for lists of pictures: reading the annotations is most of what `frames` costs. */
  framesOnly(): Iterable<DatasetFrame>
  /** The picture as people see it (see FrameReader `upright`); null for one that cannot be read, which is left out and told. */
  image(frame: DatasetFrame): Promise<Uint8Array | null>
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

/** How a reader finds the frame an item means, in CVAT's order and then by unique stem. */
export interface FrameMatcher {
  /**
   * @param name   path as the file has it, with or without extension
   * @param number relative frame index the file names, if any
   */
  match(name: string, number?: number): DatasetFrame | null
}

export interface ReadTarget extends DatasetTask {
  readonly matcher: FrameMatcher
  /** Every frame in order, deleted ones too. */
  taskFrames(): Iterable<DatasetFrame>
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
  /** The shape types it has a place for, where these are not all. Tags have none in such a format. */
  readonly keeps?: readonly ShapeType[]
  /** What this format cannot hold of what the census (of the types it keeps) counts. */
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
