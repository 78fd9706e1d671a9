import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queries } from '#renderer/state/queries.ts'
import { thumbnailOf } from '#renderer/state/thumbnail.ts'
import { formatAgo, formatNumber } from '#renderer/ui/format.ts'
import cards from '#renderer/ui/media-card.module.css'
import { MediaCard } from '#renderer/ui/media-card.tsx'
import type { Project } from '#shared/domain/task.ts'
import { ProjectMenu } from './project-menu.tsx'

/** Projects with the picture of their newest task and progress over all of them. */
export function ProjectCards({ projects }: { projects: readonly Project[] }) {
  const { t } = useTranslation('tasks')
  const { data: tasks = [] } = useQuery(queries.tasks())
  return (
    <div className={cards.grid}>
      {projects.map((project) => {
        const own = tasks.filter((task) => task.projectId === project.id)
        const newest = [...own].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))[0]
        const total = own.reduce((sum, task) => sum + task.size, 0)
        const done = own.reduce((sum, task) => sum + task.annotatedFrameCount, 0)
        const count = project.taskCount
        return (
          <MediaCard
            key={project.id}
            href={`/projects/${project.id}`}
            title={project.name}
            thumbnail={newest ? thumbnailOf(newest) : null}
            meta={t('projectMeta', {
              tasks: t('taskCount', { count, formatted: formatNumber(count) }),
              ago: formatAgo(newest?.updatedAt ?? project.updatedAt),
            })}
            share={total > 0 ? done / total : null}
            shareLabel={t('annotated', { done: formatNumber(done), total: formatNumber(total) })}
            menu={<ProjectMenu project={project} />}
          />
        )
      })}
    </div>
  )
}
