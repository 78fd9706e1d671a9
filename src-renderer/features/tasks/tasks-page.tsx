import { Button } from '@mantine/core'
import { IconArchive, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { Page } from '#renderer/ui/page.tsx'
import { TaskBrowser } from './task-browser.tsx'

export function TasksPage() {
  const { t } = useTranslation('tasks')
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconArchive size={14} />}
            onClick={() => openDialog({ kind: 'restore', what: 'task' })}
          >
            {t('fromBackup')}
          </Button>
          <Button
            leftSection={<IconPlus size={14} />}
            onClick={() => openDialog({ kind: 'create-task' })}
          >
            {t('new')}
          </Button>
        </>
      }
    >
      <TaskBrowser projectId={null} />
    </Page>
  )
}
