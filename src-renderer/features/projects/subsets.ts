import type { Task } from '#shared/domain/task.ts'

export interface SubsetSummary {
  /** '' = tasks without a subset. */
  readonly subset: string
  readonly tasks: number
  readonly frames: number
  /** Share of all frames of the project, 0 … 1. */
  readonly share: number
}

/** How a project's frames are divided: the largest subset first. */
export function subsetsOf(tasks: readonly Pick<Task, 'subset' | 'size'>[]): SubsetSummary[] {
  const all = tasks.reduce((sum, task) => sum + task.size, 0)
  return [...Map.groupBy(tasks, (task) => task.subset)]
    .map(([subset, own]) => {
      const frames = own.reduce((sum, task) => sum + task.size, 0)
      return { subset, tasks: own.length, frames, share: all > 0 ? frames / all : 0 }
    })
    .sort((a, b) => b.frames - a.frames)
}
