import { useQuery } from '@tanstack/react-query'
import { queries } from '#renderer/state/queries.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import { Exporting } from './exporting.tsx'

interface Props {
  readonly taskId: TaskId
  readonly jobId?: JobId | undefined
  readonly close: () => void
}

/**
 * Export: choose a format, see what it cannot hold, say where, then watch it being written.
 * @param jobId  asked for from this job: it, or the whole task, as the person likes
 */
export function ExportDialog({ taskId, jobId, close }: Props) {
  const { data: task } = useQuery(queries.task(taskId))
  const mode = task?.mode ?? 'annotation'
  return (
    <Exporting name={task?.name ?? ''} mode={mode} close={close}>
      {{
        scope: { taskId, jobId: jobId ?? null },
        job: task?.jobs.find(({ id }) => id === jobId) ?? null,
        subsets: [],
      }}
    </Exporting>
  )
}
