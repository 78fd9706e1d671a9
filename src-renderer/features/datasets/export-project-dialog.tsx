import { useQuery } from '@tanstack/react-query'
import { orpc, queries } from '#renderer/state/queries.ts'
import type { ProjectId } from '#shared/domain/ids.ts'
import { Exporting } from './exporting.tsx'

/** Export of all tasks of a project, or of some subsets. */
export function ExportProjectDialog({
  projectId,
  close,
}: {
  projectId: ProjectId
  close: () => void
}) {
  const { data: project } = useQuery(orpc.projects.get.queryOptions({ input: { id: projectId } }))
  const { data: tasks = [] } = useQuery(queries.tasks())
  const own = tasks.filter((task) => task.projectId === projectId)
  const subsets = [...new Set(own.map(({ subset }) => subset || 'default'))].sort()
  const mode =
    own.length > 0 && own.every((task) => task.mode === 'interpolation')
      ? 'interpolation'
      : 'annotation'
  return (
    <Exporting name={project?.name ?? ''} mode={mode} close={close}>
      {{ scope: { projectId, subsets: null }, job: null, subsets }}
    </Exporting>
  )
}
