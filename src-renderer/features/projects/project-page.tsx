import { Anchor, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc, queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import { LabelChips } from '#renderer/ui/label-chips.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { Project } from '#shared/domain/task.ts'
import { ProjectMenu } from './project-menu.tsx'
import classes from './projects.module.css'
import { subsetsOf } from './subsets.ts'

interface Props {
  readonly id: ProjectId
  /** The list of its tasks, which belongs to another feature. */
  readonly tasks: ReactNode
}

/** One project: the labels its tasks share, its subsets, its tasks. */
export function ProjectPage({ id, tasks }: Props) {
  const { t } = useTranslation('tasks')
  const {
    data: project,
    error,
    refetch,
  } = useQuery(orpc.projects.get.queryOptions({ input: { id } }))
  if (error)
    return (
      <Page title={t('projectsTitle')}>
        <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      </Page>
    )
  if (!project) return null
  return (
    <Page
      title={project.name}
      note={project.bugTracker && <Tracker url={project.bugTracker} />}
      actions={
        <>
          <Button
            leftSection={<IconPlus size={14} />}
            onClick={() => openDialog({ kind: 'create-task', projectId: id })}
          >
            {t('new')}
          </Button>
          <ProjectMenu project={project} />
        </>
      }
    >
      <Labels project={project} />
      <Subsets id={id} />
      <Section title={t('title')}>{tasks}</Section>
    </Page>
  )
}

/** Only web addresses become links: what was typed may be anything. */
function Tracker({ url }: { url: string }) {
  const { t } = useTranslation('tasks')
  if (!/^https?:\/\//.test(url)) return <span className="fm-selectable">{url}</span>
  return (
    <Anchor size="sm" href={url} target="_blank" rel="noreferrer">
      {t('issueTracker')}
    </Anchor>
  )
}

function Labels({ project }: { project: Project }) {
  const { t } = useTranslation('tasks')
  const edit = () => openDialog({ kind: 'labels', owner: { projectId: project.id } })
  return (
    <Section
      title={t('labels')}
      note={String(project.labels.length)}
      actions={
        <Button variant="subtle" color="gray" onClick={edit}>
          {t('editLabels')}
        </Button>
      }
    >
      {project.labels.length === 0 ? (
        <EmptyState title={t('noLabels')} hint={t('noLabelsHint')}>
          <Button onClick={edit}>{t('editLabels')}</Button>
        </EmptyState>
      ) : (
        <LabelChips labels={project.labels} />
      )}
    </Section>
  )
}

function Subsets({ id }: { id: ProjectId }) {
  const { t } = useTranslation('tasks')
  const { data: tasks = [] } = useQuery(queries.tasks())
  const subsets = subsetsOf(tasks.filter((task) => task.projectId === id))
  if (subsets.every(({ subset }) => subset === '')) return null
  return (
    <Section title={t('subsets')}>
      <div className={classes.subsets}>
        {subsets.map(({ subset, tasks: count, frames, share }) => (
          <div key={subset} className={classes.subset}>
            <b>{subset || t('subsetNone')}</b>
            <span>
              {t('taskCount', { count, formatted: formatNumber(count) })} ·{' '}
              {t('framesCount', { count: frames, formatted: formatNumber(frames) })}
            </span>
            <div className={classes.shareOfAll} title={`${Math.round(share * 100)}%`}>
              <i style={{ width: `${share * 100}%` }} />
            </div>
          </div>
        ))}
      </div>
    </Section>
  )
}
