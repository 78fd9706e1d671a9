import type { ExportFrames } from '#shared/contract/datasets.ts'
import type { JobId, ProjectId, TaskId } from '#shared/domain/ids.ts'

/** What is exported: a task, one job of it, or all tasks of a project (of some subsets). */
export type ExportScope =
  | { readonly taskId: TaskId; readonly jobId: JobId | null }
  | { readonly projectId: ProjectId; readonly subsets: readonly string[] | null }

/** Which of its frames and annotations. */
export interface ExportSelection {
  readonly frames: ExportFrames
  /** The filter language; empty: all. */
  readonly filter: string
}

/** What a person asked for in the export dialog. */
export interface ExportWish extends ExportSelection {
  readonly scope: ExportScope
  readonly format: string
  readonly path: string | null
  readonly withImages: boolean
  readonly strict: boolean
  readonly verify: boolean
  /** What stands under that name may go. */
  readonly overwrite: boolean
}
