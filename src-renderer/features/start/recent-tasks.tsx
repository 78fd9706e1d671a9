import { Badge, Button } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { thumbnailOf } from '#renderer/state/thumbnail.ts'
import { formatAgo, formatNumber } from '#renderer/ui/format.ts'
import cards from '#renderer/ui/media-card.module.css'
import { MediaCard } from '#renderer/ui/media-card.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { Task } from '#shared/domain/task.ts'
import classes from './start-page.module.css'

const SHOWN = 8

interface Props {
  readonly tasks: readonly Task[]
  readonly taskMenu?: (task: Task) => ReactNode
}

/** The tasks touched last, straight into the workspace. */
export function RecentTasks({ tasks, taskMenu }: Props) {
  const { t } = useTranslation('start')
  const recent = useMemo(
    () => [...tasks].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, SHOWN),
    [tasks],
  )
  return (
    <div className={classes.recent}>
      <Section
        title={t('recent')}
        actions={
          tasks.length > SHOWN && (
            <Button component={Link} href="/tasks" variant="subtle" color="gray">
              {t('allTasks')}
            </Button>
          )
        }
      >
        <div className={cards.grid}>
          {recent.map((task) => (
            <RecentTask key={task.id} task={task} menu={taskMenu?.(task)} />
          ))}
        </div>
      </Section>
    </div>
  )
}

function RecentTask({ task, menu }: { task: Task; menu: ReactNode }) {
  const { t } = useTranslation(['start', 'common'])
  const frames = t('common:frames', { count: task.size, formatted: formatNumber(task.size) })
  return (
    <MediaCard
      href={`/tasks/${task.id}/annotate`}
      title={task.name}
      thumbnail={thumbnailOf(task)}
      meta={t('start:meta', { frames, ago: formatAgo(task.updatedAt) })}
      share={task.size > 0 ? task.annotatedFrameCount / task.size : null}
      shareLabel={t('start:annotated', {
        done: formatNumber(task.annotatedFrameCount),
        total: formatNumber(task.size),
      })}
      badges={
        task.mediaState === 'scanning' && <Badge variant="filled">{t('start:scanning')}</Badge>
      }
      menu={menu}
    />
  )
}
