import { Badge } from '@mantine/core'
import { IconVideo } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { thumbnailOf } from '#renderer/state/thumbnail.ts'
import { formatAgo, formatClock, formatNumber } from '#renderer/ui/format.ts'
import cards from '#renderer/ui/media-card.module.css'
import { MediaCard } from '#renderer/ui/media-card.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { shareOf } from './sort.ts'
import { TaskMenu } from './task-menu.tsx'

interface Props {
  readonly tasks: readonly Task[]
  readonly projectNames: ReadonlyMap<ProjectId, string>
}

export function TaskCards({ tasks, projectNames }: Props) {
  const { t } = useTranslation('tasks')
  return (
    <div className={cards.grid}>
      {tasks.map((task) => (
        <MediaCard
          key={task.id}
          href={`/tasks/${task.id}`}
          title={task.name}
          thumbnail={thumbnailOf(task)}
          meta={[
            task.projectId !== null && projectNames.get(task.projectId),
            t('framesCount', { count: task.size, formatted: formatNumber(task.size) }),
            task.jobCount > 1 &&
              t('jobsDone', { done: task.completedJobCount, total: task.jobCount }),
            formatAgo(task.updatedAt),
          ]
            .filter(Boolean)
            .join(' · ')}
          share={task.size > 0 ? shareOf(task) : null}
          shareLabel={t('annotated', {
            done: formatNumber(task.annotatedFrameCount),
            total: formatNumber(task.size),
          })}
          badges={<TaskBadges task={task} solid />}
          menu={<TaskMenu task={task} />}
        />
      ))}
    </div>
  )
}

/** What is worth knowing at a glance: a video's length, subset, a scan under way, problems. `solid`: readable over a picture. */
export function TaskBadges({ task, solid = false }: { task: Task; solid?: boolean }) {
  const { t } = useTranslation('tasks')
  const variant = solid ? 'filled' : 'light'
  return (
    <>
      {task.video && (
        <Badge
          variant={variant}
          color={solid ? 'dark.6' : 'gray'}
          leftSection={<IconVideo size={11} aria-hidden="true" />}
        >
          {task.video.durationSec === null ? t('video') : formatClock(task.video.durationSec)}
        </Badge>
      )}
      {task.subset && (
        <Badge variant={variant} color={solid ? 'dark.6' : 'gray'}>
          {task.subset}
        </Badge>
      )}
      {task.mediaState === 'scanning' && <Badge variant={variant}>{t('scanning')}</Badge>}
      {task.mediaState === 'failed' && (
        <Badge variant={variant} color="red">
          {t('failed')}
        </Badge>
      )}
      {task.problemCount > 0 && (
        <Badge variant={variant} color="orange">
          {t('problems', { count: task.problemCount })}
        </Badge>
      )}
    </>
  )
}
