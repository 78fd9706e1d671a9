import type { TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'

const ACTIVE: readonly WorkRequest['state'][] = ['queued', 'started', 'paused']

export const isActive = ({ state }: WorkRequest): boolean => ACTIVE.includes(state)

/** Automatic annotation of this task that is under way, or paused. */
export function runningOn(requests: readonly WorkRequest[], taskId: TaskId): WorkRequest | null {
  const isMeant = (request: WorkRequest) =>
    request.taskId === taskId &&
    isActive(request) &&
    (request.kind === 'annotate' || request.kind === 'link')
  return requests.find(isMeant) ?? null
}
