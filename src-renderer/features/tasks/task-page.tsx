import { Button } from '@mantine/core'
import { IconPlayerPlay, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { registerActions } from '#renderer/state/actions.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { taskDialogActions } from '#renderer/state/task-actions.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LabelChips } from '#renderer/ui/label-chips.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import { JobTable } from './job-table.tsx'
import { ProblemTable } from './problem-table.tsx'
import { SidecarSection } from './sidecar-section.tsx'
import { TaskBadges } from './task-cards.tsx'
import { TaskFacts } from './task-facts.tsx'
import { labelOwner, TaskMenu } from './task-menu.tsx'
import classes from './tasks.module.css'

/** One task: jobs, labels, pictures with problems, and every fact about it. */
export function TaskPage({ id }: { id: TaskId }) {
  const { t } = useTranslation('tasks')
  const { data: task, error, refetch } = useQuery(queries.task(id))
  useEffect(() => registerActions(taskDialogActions(id, 'app')), [id])
  if (error)
    return (
      <Page title={t('title')}>
        <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!task) return null
  return (
    <Page
      title={task.name}
      note={
        <>
          #{task.id} <TaskBadges task={task} />
        </>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconUpload size={14} />}
            onClick={() => openDialog({ kind: 'export', taskId: id })}
          >
            {t('menuExport')}
          </Button>
          <Button
            component={Link}
            href={`/tasks/${id}/annotate`}
            leftSection={<IconPlayerPlay size={14} />}
          >
            {t('annotate')}
          </Button>
          <TaskMenu task={task} />
        </>
      }
    >
      <div className={classes.columns}>
        <div>
          <Section title={t('jobs')} note={String(task.jobs.length)}>
            <JobTable task={task} jobs={task.jobs} />
          </Section>
          <Section
            title={t('labels')}
            note={String(task.labels.length)}
            actions={
              <Button
                variant="subtle"
                color="gray"
                onClick={() => openDialog({ kind: 'labels', owner: labelOwner(task) })}
              >
                {t(task.projectId === null ? 'menuLabels' : 'menuProjectLabels')}
              </Button>
            }
          >
            <Labels labels={task.labels} />
          </Section>
          {task.video === null && <SidecarSection taskId={id} />}
          {task.problemCount > 0 && <ProblemTable taskId={id} />}
        </div>
        <TaskFacts task={task} />
      </div>
    </Page>
  )
}

function Labels({ labels }: { labels: readonly Label[] }) {
  const { t } = useTranslation('tasks')
  if (labels.length === 0) return <EmptyState title={t('noLabels')} hint={t('noLabelsHint')} />
  return <LabelChips labels={labels} />
}
