import type { CreateTaskInput } from '#shared/contract/index.ts'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { SortingMethod } from '#shared/domain/task.ts'
import { isVideoName } from '#shared/media/video-names.ts'

/** The create dialog's fields; number fields are '' while they are empty. */
export interface CreateForm {
  readonly name: string
  readonly projectId: ProjectId | null
  readonly subset: string
  readonly labels: readonly RawLabel[]
  readonly paths: readonly string[]
  readonly sortingMethod: SortingMethod
  readonly frameStep: number | ''
  readonly startFrame: number | ''
  readonly stopFrame: number | ''
  readonly segmentSize: number | ''
  readonly overlap: number | ''
  readonly copyData: boolean
  readonly bugTracker: string
}

export function newForm(projectId: ProjectId | null, paths: readonly string[]): CreateForm {
  return {
    name: '',
    projectId,
    subset: '',
    labels: [],
    paths,
    sortingMethod: 'natural',
    frameStep: '',
    startFrame: '',
    stopFrame: '',
    segmentSize: '',
    overlap: '',
    copyData: false,
    bugTracker: '',
  }
}

/** The last part of the first path, without an archive's, a picture's or a video's ending. */
export function nameFromPaths(paths: readonly string[]): string {
  const last = (paths[0] ?? '').split(/[\\/]/).filter(Boolean).at(-1) ?? ''
  if (isVideo(last)) return last.slice(0, last.lastIndexOf('.'))
  return last.replace(/(?<=.)\.(zip|tar|tgz|tar\.gz|jpe?g|png|webp|gif|tiff?|bmp|avif)$/i, '')
}

/** Whether the task will be of a video, as far as names tell; a folder may still turn out to hold only one. */
export const isVideo = (path: string): boolean =>
  /[^\\/.]\.[^\\/]+$/.test(path) && isVideoName(path)

export type FormProblem = 'needData' | 'overlapTooLarge' | 'stopBeforeStart' | 'videoAlone'

/** What is missing or cannot be, by field; empty when the form can be sent. */
export function problemsOf(form: CreateForm): Partial<Record<keyof CreateForm, FormProblem>> {
  const segment = form.segmentSize || 0
  return {
    ...(form.paths.length === 0 && { paths: 'needData' as const }),
    ...(form.paths.length > 1 && form.paths.some(isVideo) && { paths: 'videoAlone' as const }),
    ...(segment > 0 && (form.overlap || 0) >= segment && { overlap: 'overlapTooLarge' as const }),
    ...(form.stopFrame !== '' &&
      form.stopFrame < (form.startFrame || 0) && { stopFrame: 'stopBeforeStart' as const }),
  }
}

/** What the core is asked for: a project's task has no labels of its own, and an overlap nobody chose is the media's own. */
export function toInput(form: CreateForm): CreateTaskInput {
  const segmentSize = form.segmentSize || 0
  return {
    name: form.name.trim() || nameFromPaths(form.paths) || 'Task',
    projectId: form.projectId,
    ...(form.projectId === null && { labels: [...form.labels] }),
    paths: [...form.paths],
    subset: form.subset.trim(),
    segmentSize,
    overlap: segmentSize > 0 && form.overlap !== '' ? form.overlap : null,
    frameStep: form.frameStep || 1,
    startFrame: form.startFrame || 0,
    stopFrame: form.stopFrame === '' ? null : form.stopFrame,
    sortingMethod: form.sortingMethod,
    bugTracker: form.bugTracker.trim(),
    copyData: form.copyData,
  }
}
