import { useParams } from 'wouter'
import { Workspace } from '#renderer/workspace/workspace.tsx'
import { jobIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { NotFoundPage } from './not-found-page.tsx'

/** `/tasks/:taskId/annotate` and `/tasks/:taskId/jobs/:jobId`: the workspace on a whole task, or on one job of it. */
export function AnnotatePage() {
  const params = useParams<{ taskId: string; jobId?: string }>()
  const taskId = taskIdSchema.safeParse(Number(params.taskId))
  const jobId = jobIdSchema.safeParse(Number(params.jobId))
  if (!taskId.success || (params.jobId !== undefined && !jobId.success)) return <NotFoundPage />
  return (
    <Workspace
      key={`${taskId.data}/${params.jobId ?? ''}`}
      taskId={taskId.data}
      jobId={jobId.data ?? null}
    />
  )
}
