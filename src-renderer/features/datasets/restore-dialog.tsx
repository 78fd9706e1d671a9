import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted } from '#renderer/ui/format.ts'
import { type RestoreReport, restoreReportSchema } from '#shared/domain/backup.ts'
import classes from './datasets.module.css'
import { FileField } from './file-field.tsx'
import { Names } from './names.tsx'
import { RequestProgress } from './request-progress.tsx'
import { Step } from './step.tsx'

interface Props {
  readonly what: 'task' | 'project'
  readonly close: () => void
}

/** A task or a project from its backup, made here or by CVAT. */
export function RestoreDialog({ what, close }: Props) {
  const { t } = useTranslation('datasets')
  const [path, setPath] = useState('')
  const restore = what === 'task' ? client.backups.restoreTask : client.backups.restoreProject
  const start = useMutation({ mutationFn: () => restore({ path: path.trim() }) })
  const title = t(what === 'task' ? 'restoreTaskTitle' : 'restoreProjectTitle')
  return (
    <Modal opened onClose={close} size={560} title={title}>
      <Step of="form" hidden={start.data !== undefined}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (path.trim()) start.mutate()
          }}
        >
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {t('restoreHint')}
            </Text>
            <FileField value={path} onChange={setPath} />
            {start.error && <ErrorNotice problem={problemOf(start.error)} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={start.isPending} disabled={path.trim() === ''}>
                {t('restoreNow')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Step>
      {start.data && (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => {
            const report = restoreReportSchema.safeParse(request.result)
            return report.success && <RestoreDone report={report.data} close={close} />
          }}
        </RequestProgress>
      )}
    </Modal>
  )
}

function RestoreDone({ report, close }: { report: RestoreReport; close: () => void }) {
  const { t } = useTranslation('datasets')
  const { projectId, tasks, notes } = report
  const annotations = tasks.reduce((sum, task) => sum + task.annotations, 0)
  const [first] = tasks
  const page = projectId === null ? `/tasks/${first?.id ?? ''}` : `/projects/${projectId}`
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm">
          {t('restoreDone', {
            tasks: t('taskCount', counted(tasks.length)),
            annotations: t('lossCount', counted(annotations)),
          })}
        </Text>
      </div>
      {notes.length > 0 && <Names title={t('notes')} names={notes} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
        <Button component={Link} href={page} onClick={close} data-autofocus>
          {t('openIt')}
        </Button>
      </Group>
    </Stack>
  )
}
