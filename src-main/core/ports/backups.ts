/** Backups of tasks and projects: what goes into the archives and comes out of them. See ports.ts. */
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { Job, Project, SortingMethod, Task } from '#shared/domain/task.ts'
import type { DatasetInput, DatasetOutput } from './formats.ts'
import type { FrameRange, NewAnnotation } from './store.ts'

/** A frame's picture and context images: paths below the archive's `data/`. */
export interface BackupFrame {
  readonly name: string
  readonly file: string
  readonly related: readonly string[]
  /** The picture is lost; a black one of its size lies in its place, so that the others keep their numbers. */
  readonly isMissing: boolean
}

/** What a task's backup says, and of its media how they are to be read; the media themselves are written by who has them. */
export interface BackupContent {
  readonly task: Task
  readonly labels: readonly Label[]
  readonly jobs: readonly Job[]
  /** Which of the files in `data/` are frames, as CVAT's reader is told. */
  readonly media: BackupMedia
  readonly deleted: readonly FrameIndex[]
  readonly checked: readonly FrameIndex[]
  /** In order; none for a video. */
  frames(): Iterable<BackupFrame>
  /** All annotations in the order they were made. */
  annotations(): Iterable<Annotation>
  /** Annotations on the frames of a job, in order of frames; of tracks those that are seen there. */
  tags(range: FrameRange): Iterable<Annotation>
  shapes(range: FrameRange): Iterable<Annotation>
  tracks(range: FrameRange): Iterable<Track>
}

/** Absolute frames of the sorted files, both ends included. */
export interface BackupMedia {
  readonly startFrame: number
  readonly stopFrame: number
  readonly frameStep: number
  readonly sortingMethod: SortingMethod
}

/** A backup that was opened: what it says, checked. */
export interface OpenBackup {
  /** Null: a task's backup, with one task. */
  readonly project: RestoredProject | null
  readonly tasks: readonly RestoredTask[]
  /** What is in the archive and has no place here, one sentence each. */
  readonly notes: readonly string[]
}

export interface RestoredProject {
  readonly name: string
  readonly bugTracker: string
  readonly labels: readonly RawLabel[]
  readonly guide: readonly BackupFile[]
}

/** A file of the archive. */
export interface BackupFile {
  /** Its name in the archive. */
  readonly entry: string
  /** Where it goes: a path below `data/`, or below the folder that held the guide. */
  readonly path: string
  readonly sizeBytes: number
}

export type RestoredJob = Pick<Job, 'startFrame' | 'stopFrame' | 'stage' | 'state'>

export interface RestoredTask {
  readonly name: string
  readonly subset: string
  readonly bugTracker: string
  readonly labels: readonly RawLabel[]
  readonly segmentSize: number
  readonly overlap: number
  /** By ascending start. */
  readonly jobs: readonly RestoredJob[]
  /** `stopFrame` null: the last one. */
  readonly media: Omit<BackupMedia, 'stopFrame'> & { readonly stopFrame: number | null }
  /** How frames are counted from the first on, when that is not what `media` says of the files. */
  readonly numbering: { readonly startFrame: number; readonly frameStep: number } | null
  /** Paths below `data/` in the order of their frames; null where sorting tells. */
  readonly order: readonly string[] | null
  readonly deleted: readonly FrameIndex[]
  readonly checked: readonly FrameIndex[]
  /** Everything in `data/`. */
  readonly data: readonly BackupFile[]
  readonly guide: readonly BackupFile[]
  /** Written by Fieldmark: frames and annotations come out exactly as they went in. */
  readonly isOwn: boolean
  /** What an own backup says of its pictures; nothing for a video. */
  frames(): AsyncIterable<BackupFrame>
  /**
   * Annotations ready to be stored, in the order they were made.
   * @param frameCount  what lies beyond is left out and told
   * @throws BACKUP_INVALID, CANCELLED
   */
  annotations(into: RestoreTarget): AsyncIterable<NewAnnotation[]>
}

export interface RestoreTarget {
  /** As they are stored by now. */
  readonly labels: readonly Label[]
  readonly frameCount: number
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): void
  /** Tell that `count` things were left out or changed, `what` being a plural clause. */
  note(what: string, count?: number): void
}

/** CVAT's backups, and what Fieldmark adds to them so that nothing is lost. Knows no files but the archive's. */
export interface BackupFormat {
  /**
   * `task.json` and `annotations.json`, which is all that CVAT reads beside `data/`.
   * @param folder  '' or `task_0/`
   * @returns what CVAT will take otherwise, one sentence each
   */
  writeTask(output: DatasetOutput, folder: string, content: BackupContent): Promise<string[]>
  /** Fieldmark's own words for the same task, in full. */
  writeOwn(output: DatasetOutput, folder: string, content: BackupContent): Promise<void>
  /** `project.json`, and Fieldmark's own beside it. */
  writeProject(output: DatasetOutput, project: Project, jobs: readonly Job[]): Promise<void>
  /** A black picture, to stand in a lost one's place. */
  blankPicture(width: number, height: number): Uint8Array
  /** @throws BACKUP_INVALID naming entry, key and line, BACKUP_WRONG_KIND, ARCHIVE_* */
  open(input: DatasetInput, what: 'task' | 'project'): Promise<OpenBackup>
}
