import { Button, TextInput } from '@mantine/core'
import { IconArchive, IconDownload, IconFolders, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Page } from '#renderer/ui/page.tsx'
import { ProjectCards } from './project-cards.tsx'

export function ProjectsPage() {
  const { t } = useTranslation('tasks')
  const { data: projects, error, refetch } = useQuery(queries.projects())
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = projects?.filter((project) => project.name.toLowerCase().includes(wanted)) ?? []
  const create = () => openDialog({ kind: 'create-project' })
  return (
    <Page
      title={t('projectsTitle')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => openDialog({ kind: 'import-project', projectId: null })}
          >
            {t('fromDataset')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArchive size={14} />}
            onClick={() => openDialog({ kind: 'restore', what: 'project' })}
          >
            {t('fromBackup')}
          </Button>
          <Button leftSection={<IconPlus size={14} />} onClick={create}>
            {t('newProject')}
          </Button>
        </>
      }
      toolbar={
        projects &&
        projects.length > 0 && (
          <TextInput
            w={320}
            type="search"
            aria-label={t('projectsSearch')}
            placeholder={t('projectsSearch')}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )
      }
    >
      {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {projects?.length === 0 && (
        <EmptyState
          icon={<IconFolders size={32} stroke={1.3} />}
          title={t('noProjectsTitle')}
          hint={t('noProjectsHint')}
        >
          <Button onClick={create}>{t('newProject')}</Button>
        </EmptyState>
      )}
      {projects && projects.length > 0 && found.length === 0 && (
        <EmptyState title={t('noProjectMatches')} hint={t('noneHint')} />
      )}
      <ProjectCards projects={found} />
    </Page>
  )
}
