import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import type { DialogRequest } from '#renderer/state/dialogs.ts'
import { counted } from '#renderer/ui/format.ts'
import { backupReportSchema } from '#shared/domain/backup.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import classes from './datasets.module.css'
import { exportFileName } from './export-file-name.ts'
import { FileResult } from './file-result.tsx'
import { Names } from './names.tsx'
import { RefusedTarget } from './refused-target.tsx'
import { RequestProgress } from './request-progress.tsx'
import { Step } from './step.tsx'
import { TargetField } from './target-field.tsx'

type Backup = Extract<DialogRequest, { kind: 'backup' }>

/** Everything a task or a project is, in one file. */
export function BackupDialog({ request: wanted, close }: { request: Backup; close: () => void }) {
  const { t } = useTranslation('datasets')
  const [path, setPath] = useState('')
  const start = useMutation({
    mutationFn: (overwrite: boolean) =>
      startBackup(wanted, { path: path.trim() || null, overwrite }),
  })
  return (
    <Modal opened onClose={close} size={560} title={t('backupTitle', { name: wanted.name })}>
      <Step of="form" hidden={start.data !== undefined}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            start.mutate(false)
          }}
        >
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {t('backupHint')}
            </Text>
            <TargetField
              value={path}
              onChange={setPath}
              fileName={exportFileName(wanted.name, 'backup', 'zip')}
              autoFocus
            />
            {start.error && (
              <RefusedTarget error={start.error} onReplace={() => start.mutate(true)} />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
              <Button type="submit" loading={start.isPending}>
                {t('backupNow')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Step>
      {start.data && (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <BackupDone request={request} close={close} />}
        </RequestProgress>
      )}
    </Modal>
  )
}

function startBackup(wanted: Backup, where: { path: string | null; overwrite: boolean }) {
  return wanted.what === 'task'
    ? client.backups.task({ taskId: wanted.id, ...where })
    : client.backups.project({ projectId: wanted.id, ...where })
}

function BackupDone({ request, close }: { request: WorkRequest; close: () => void }) {
  const { t } = useTranslation('datasets')
  const report = backupReportSchema.safeParse(request.result)
  if (!report.success) return null
  const { path, tasks, frames, annotations, notes } = report.data
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm">
          {t('backupDone', {
            tasks: t('taskCount', counted(tasks)),
            frames: t('frameCount', counted(frames)),
            annotations: t('lossCount', counted(annotations)),
          })}
        </Text>
      </div>
      {notes.length > 0 && <Names title={t('notes')} names={notes} />}
      <FileResult requestId={request.id} path={path} close={close} />
    </Stack>
  )
}
