import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import cards from '#renderer/ui/media-card.module.css'
import type { Task } from '#shared/domain/task.ts'
import { FirstRun } from './first-run.tsx'
import { OpenRow } from './open-row.tsx'
import { RecentTasks } from './recent-tasks.tsx'
import classes from './start-page.module.css'
import { Tips } from './tips.tsx'

/** What one wants when the app opens: go on with a recent task, or open something. */
export function StartPage({ taskMenu }: { taskMenu?: (task: Task) => ReactNode }) {
  const { t } = useTranslation('start')
  const { data: tasks, error, refetch } = useQuery(queries.tasks())
  return (
    <main className={classes.page} aria-label={t('title')}>
      <div className={classes.column}>
        {tasks?.length === 0 ? (
          <FirstRun />
        ) : (
          <>
            <OpenRow />
            {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
            {!tasks && !error && <Waiting />}
            {tasks && <RecentTasks tasks={tasks} {...(taskMenu && { taskMenu })} />}
            <Tips />
          </>
        )}
      </div>
    </main>
  )
}

function Waiting() {
  return (
    <div className={cards.grid}>
      {[1, 2, 3, 4].map((n) => (
        <Skeleton key={n} h={206} radius={8} />
      ))}
    </div>
  )
}
