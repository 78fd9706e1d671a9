import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFolderOpen, IconPhoto } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'
import { BrowserToolbar } from './browser-toolbar.tsx'
import { type BrowserView, loadView, saveView } from './browser-view.ts'
import { sortTasks } from './sort.ts'
import { TaskCards } from './task-cards.tsx'
import { TaskTable } from './task-table.tsx'

/** Tasks, all or a project's, with search, order, and cards or table. */
export function TaskBrowser({ projectId }: { projectId: ProjectId | null }) {
  const { data: projects } = useQuery(queries.projects())
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 80)
  // The core searches: it knows projects and jobs, and answers the command line with the very same rules.
  const {
    data: tasks,
    error,
    refetch,
  } = useQuery({
    ...queries.tasks(asked === '' ? undefined : asked),
    placeholderData: keepPreviousData,
  })
  const [view, setView] = useState(loadView)
  const names = useMemo(() => new Map(projects?.map((p) => [p.id, p.name])), [projects])
  const shown = useMemo(() => {
    const inside = (tasks ?? []).filter(
      (task) => projectId === null || task.projectId === projectId,
    )
    return sortTasks(inside, view.sort)
  }, [tasks, projectId, view.sort])
  const change = (next: BrowserView) => {
    setView(next)
    saveView(next)
  }

  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!tasks) return null
  if (search === '' && asked === '' && shown.length === 0) return <NoTasks projectId={projectId} />
  return (
    <>
      <BrowserToolbar
        search={search}
        onSearch={setSearch}
        view={view}
        onView={change}
        count={shown.length}
      />
      {shown.length === 0 && <NothingFound />}
      {shown.length > 0 && view.as === 'cards' && <TaskCards tasks={shown} projectNames={names} />}
      {shown.length > 0 && view.as === 'table' && <TaskTable tasks={shown} projectNames={names} />}
    </>
  )
}

function NothingFound() {
  const { t } = useTranslation('tasks')
  return <EmptyState title={t('noneTitle')} hint={t('noneHint')} />
}

function NoTasks({ projectId }: { projectId: ProjectId | null }) {
  const { t } = useTranslation('tasks')
  if (projectId !== null)
    return (
      <EmptyState
        icon={<IconPhoto size={32} stroke={1.3} />}
        title={t('projectEmpty')}
        hint={t('projectEmptyHint')}
      >
        <Button onClick={() => openDialog({ kind: 'create-task', projectId })}>{t('new')}</Button>
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<IconPhoto size={32} stroke={1.3} />}
      title={t('emptyTitle')}
      hint={t('emptyHint')}
    >
      <Button
        leftSection={<IconFolderOpen size={15} />}
        onClick={() => runAction('app.open-folder')}
      >
        {t('addFolder')}
      </Button>
      <Button variant="default" onClick={() => openDialog({ kind: 'create-task' })}>
        {t('new')}
      </Button>
    </EmptyState>
  )
}
