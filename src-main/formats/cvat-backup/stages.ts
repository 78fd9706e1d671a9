import type { Job } from '#shared/domain/task.ts'

/** CVAT's backups say of a job only how far it is: its stage and state in one word. */
export type CvatStatus = 'annotation' | 'validation' | 'completed'

export function statusOf({ stage }: Pick<Job, 'stage'>): CvatStatus {
  if (stage === 'acceptance') return 'completed'
  return stage
}

/** A task is as far as the last of its jobs. */
export function taskStatus(jobs: readonly Pick<Job, 'stage'>[]): CvatStatus {
  const statuses = new Set(jobs.map(statusOf))
  if (jobs.length === 0 || statuses.has('annotation')) return 'annotation'
  return statuses.has('validation') ? 'validation' : 'completed'
}

/** The way back: what is completed is accepted and done, anything else begins its stage. */
export function stageOf(status: CvatStatus): Pick<Job, 'stage' | 'state'> {
  if (status === 'completed') return { stage: 'acceptance', state: 'completed' }
  return { stage: status, state: 'new' }
}
