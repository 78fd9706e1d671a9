import type { BackupContent } from '#main/core/ports.ts'
import { cutSegments } from '#shared/domain/segments.ts'
import type { Job, Project } from '#shared/domain/task.ts'
import { statusOf, taskStatus } from './stages.ts'
import { cvatLabels } from './write-labels.ts'

/** The archive's version; CVAT takes no other. */
export const VERSION = '1.0'

/** `task.json`. @param jobs  of `cvatJobs` */
export function taskJson(content: BackupContent, jobs: readonly CvatJob[]): object {
  const { task, labels, media, deleted } = content
  return {
    name: task.name,
    bug_tracker: task.bugTracker,
    status: taskStatus(content.jobs),
    subset: task.subset,
    labels: cvatLabels(labels),
    version: VERSION,
    data: {
      chunk_size: null,
      image_quality: 70,
      start_frame: media.startFrame,
      stop_frame: media.stopFrame,
      ...(media.frameStep === 1 ? {} : { frame_filter: `step=${media.frameStep}` }),
      chunk_type: 'imageset',
      storage_method: 'cache',
      storage: 'local',
      sorting_method: media.sortingMethod,
      deleted_frames: deleted,
    },
    jobs: jobs.map((job) => ({
      start_frame: job.startFrame,
      stop_frame: job.stopFrame,
      frames: [],
      status: statusOf(job),
      type: 'annotation',
    })),
  }
}

/** `project.json` */
export function projectJson(project: Project, jobs: readonly Pick<Job, 'stage'>[]): object {
  return {
    name: project.name,
    bug_tracker: project.bugTracker,
    status: taskStatus(jobs),
    labels: cvatLabels(project.labels),
    version: VERSION,
  }
}

export type CvatJob = Pick<Job, 'startFrame' | 'stopFrame' | 'stage'>

/**
 * The jobs as CVAT's reader will cut them: it takes segment size and overlap from the first two and cuts the rest itself.
 * Jobs of other lengths would get each other's annotations there, so such a task gets one job over everything; its stage
 * is that of the job that is least far.
 */
export function cvatJobs(jobs: readonly Job[], size: number): CvatJob[] {
  const cut = cutSegments({ size, ...segmentsOf(jobs) })
  const isRegular =
    cut.length === jobs.length &&
    cut.every(
      ({ start, stop }, at) => jobs[at]?.startFrame === start && jobs[at]?.stopFrame === stop,
    )
  if (isRegular) return [...jobs]
  const stages = ['annotation', 'validation', 'acceptance'] as const
  const stage = stages.find((one) => jobs.some((job) => job.stage === one)) ?? 'annotation'
  return [{ startFrame: 0, stopFrame: Math.max(0, size - 1), stage }]
}

/** What the first two jobs say of all of them, as CVAT reckons. One job: 0, all frames. */
export function segmentsOf(jobs: readonly Pick<Job, 'startFrame' | 'stopFrame'>[]): {
  segmentSize: number
  overlap: number
} {
  const [first, second] = jobs
  if (!first || !second) return { segmentSize: 0, overlap: 0 }
  return {
    segmentSize: first.stopFrame - first.startFrame + 1,
    overlap: Math.max(0, first.stopFrame - second.startFrame + 1),
  }
}
