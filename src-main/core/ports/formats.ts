/** Dataset formats: what an exporter reads and writes, what an importer sees. See ports.ts. */
import type { FormatInfo, Loss } from '#shared/contract/datasets.ts'
import type { Tag, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { AttributeSpec, Label, LabelType, Sublabel } from '#shared/domain/label.ts'
import type { Job, Project, Task } from '#shared/domain/task.ts'
import type { TrackMark, WovenShape } from '#shared/tracks/weave.ts'
import type { AnnotationCensus, FrameRange, KeptType, NewAnnotation } from './store.ts'

/** A frame of the task an export or import works on; width and height are known by then (0 when unreadable). */
export interface DatasetFrame {
  readonly index: FrameIndex
  /** startFrame + index * frameStep: the number XML and Datumaro files carry. */
  readonly absolute: number
  readonly name: string
  /** What the file of its picture is called in an export: `name`, or `frame_000012.PNG` for a frame of a video. */
  readonly fileName: string
  /** Of an exported project the task's subset; `default` for a task or a job, whatever its subset is, as in CVAT. */
  readonly subset: string
  readonly width: number
  readonly height: number
}

export interface DatasetTask {
  readonly task: Task
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
  readonly frameCount: number
}

/** A task of an exported project. Its frames are `first` … `first + frameCount - 1` of the export. */
export interface DatasetPart extends Omit<DatasetTask, 'labels'> {
  readonly first: FrameIndex
  readonly subset: string
  /** Added to the absolute numbers of its frames, so that no two of a subset are the same. */
  readonly offset: number
}

/**
 * What an exporter reads: a stream of frames, never a dataset in memory. A project is one long task: its tasks follow each
 * other by (subset, id), `index` counts through them and names are made unique within a subset.
 */
export interface DatasetSource extends DatasetTask {
  /** The project that is exported with its tasks, in order; `task` and `jobs` are its first task's then. Null: a task or a job. */
  readonly project: { readonly project: Project; readonly parts: readonly DatasetPart[] } | null
  /** The subsets of the frames in order, never empty: `['default']` for a task or a job. */
  readonly subsets: readonly string[]
  /** The one job that is exported, with its part of every track; null: the whole task. */
  readonly job: Job | null
  /** The frames that are exported: the job's or the task's; `frameCount` is how many. */
  readonly range: FrameRange
  /** Frames that are not written; keyframes may lie on them. */
  readonly deletedFrames: ReadonlySet<FrameIndex>
  /**
   * Every frame in order, deleted ones left out, with its annotations (drawing order: zOrder, then id).
   * @param tracks  `woven`: every track seen on a frame is a shape there. `apart`: for formats that write `tracks`
   * @param subset  only this subset's frames
   */
  frames(
    tracks?: 'woven' | 'apart',
    subset?: string,
  ): Iterable<{ frame: DatasetFrame; annotations: readonly (Tag | WovenShape)[] }>
  /** The tracks with their keyframes, in the order they were made, some thousand keyframes in memory at a time. */
  tracks(): Iterable<{ id: TrackMark['id']; track: Track }>
  /** The same frames alone, for lists of pictures: reading the annotations is most of what `frames` costs. */
  framesOnly(subset?: string): Iterable<DatasetFrame>
  /** The picture as people see it (see FrameReader `upright`); null for one that cannot be read, which is left out and told. */
  image(frame: DatasetFrame): Promise<Uint8Array | null>
}

/** Where an exporter writes: a zip being streamed to a temporary file beside its final name. */
export interface DatasetOutput {
  /** A text entry, produced piece by piece; awaits back-pressure. */
  text(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>
  /** A binary entry; stored, not deflated, when `compress` is false (pictures). */
  bytes(name: string, data: Uint8Array, compress: boolean): Promise<void>
  /** The same, piece by piece: records with pictures in them are larger than the memory. Awaits back-pressure. */
  stream(name: string, pieces: AsyncIterable<Uint8Array>, compress: boolean): Promise<void>
}

export interface WorkContext {
  readonly signal: AbortSignal
  /** `done` of `total` (null = unknown) and what is being done, e.g. "3,200 of 10,000 frames". Throttled by the receiver. */
  progress(done: number, total: number | null, message: string): void
  /** Tell what an export had to leave out that its losses cannot know, as ReadTarget's `note`. */
  note?(what: string, count?: number): void
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
  /** The bytes of an entry as they come, however large it is. */
  pieces(name: string): AsyncIterable<Uint8Array>
}

/** How a reader finds the frame an item means, in CVAT's order and then by unique stem. */
export interface FrameMatcher {
  /**
   * @param name   path as the file has it, with or without extension
   * @param number relative frame index the file names, if any
   * @param subset the subset the file has it in, where it has subsets: tells apart what has the same name
   */
  match(name: string, number?: number, subset?: string): DatasetFrame | null
}

/** Labels by name, as files name them. Built once per import: files name them a million times. */
export interface LabelIndex {
  /** Null: the task has no such label, or the person chose to leave it out. */
  label(name: string): Label | null
  sublabel(parent: Label, name: string): Sublabel | null
  /** @param value what the file says, from which the type of an attribute nobody has defined yet is told */
  attribute(label: Sublabel, name: string, value?: unknown): AttributeSpec | null
}

/** What a file says of a label beside its name; whatever it does not say is left out. */
export interface DescribedLabel {
  readonly name: string
  /** The skeleton it is a joint of. */
  readonly parent?: string
  /** `#rrggbb` */
  readonly color?: string
  readonly type?: LabelType
  readonly attributes?: readonly (Pick<AttributeSpec, 'name'> & Partial<AttributeSpec>)[]
  /** Bones between joints, by their names. */
  readonly edges?: readonly (readonly [string, string])[]
  readonly svg?: string
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
  readonly labelIndex: LabelIndex
  /**
   * The frame of an absolute number, where this is no plain arithmetic: among the tasks of a project. Not there: a task.
   * @param subset  the subset the file has it in, if it says so
   */
  frameAt?(absolute: number, subset?: string): DatasetFrame | null
  /** Tell what the file says of a label: what an import into a new project makes labels from. Ignored otherwise. */
  describe(label: DescribedLabel): void
}

/** A picture inside a record of a data set. */
export interface RecordPicture {
  /** As `read` names the item, with an extension. */
  readonly name: string
  readonly subset: string
  readonly data: Uint8Array
}

export interface DatasetFormat extends FormatInfo {
  /** What it has a place for, where that is not everything: shape types, and tags where they are named among them. */
  readonly keeps?: readonly KeptType[]
  /** Everything it reads has one label, whichever it had when it was written. */
  readonly oneLabel?: true
  /** What this format cannot hold of what the census (of the types it keeps) counts. */
  losses(census: AnnotationCensus): Loss[]
  /**
   * Of one frame, what no count of all annotations tells: the second tag of a frame, a point set that has not five points.
   * Summed over the frames by `severity` and `what` and added to `losses`; where it is missing nobody walks the frames.
   */
  frameLosses?(
    annotations: readonly (Tag | WovenShape)[],
    labels: readonly Label[],
    size?: Pick<DatasetFrame, 'width' | 'height'>,
  ): Loss[]
  /** Whether `frameLosses` could find anything where the census is this; where it is missing it always could. */
  hasFrameLosses?(census: AnnotationCensus): boolean
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
  /** Pictures that lie inside its records and not as files of their own: what an import into a project takes out first. */
  pictures?(input: DatasetInput, signal: AbortSignal): AsyncIterable<RecordPicture>
}

export interface FormatRegistry {
  list(): FormatInfo[]
  /** By exact CVAT name, or its case-blind equal. @throws FORMAT_UNKNOWN */
  get(name: string): DatasetFormat
  /** Names of the formats a file's content looks like, best first. Looks at names of entries and beginnings of texts. */
  detect(input: DatasetInput): Promise<string[]>
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
