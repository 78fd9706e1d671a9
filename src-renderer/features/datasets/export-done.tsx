import { Button, CopyButton, Group, List, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconFolderOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { desktopShell } from '#renderer/state/shell.ts'
import { counted, formatBytes } from '#renderer/ui/format.ts'
import { exportReportSchema, type WorkRequest } from '#shared/domain/request.ts'
import classes from './datasets.module.css'

/** Where the file is: shown in the file manager on the desktop, downloaded in a browser. */
export function ExportDone({ request, close }: { request: WorkRequest; close: () => void }) {
  const { t } = useTranslation('datasets')
  const report = exportReportSchema.safeParse(request.result)
  if (!report.success) return null
  const { path, sizeBytes, frames, annotations, notes } = report.data
  const shell = desktopShell()
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm" flex={1}>
          {t('exportDone', {
            annotations: t('lossCount', counted(annotations)),
            frames: t('frameCount', counted(frames)),
          })}
        </Text>
        <Text size="xs" c="dimmed">
          {formatBytes(sizeBytes)}
        </Text>
      </div>
      {notes.length > 0 && (
        <List size="sm" c="dimmed">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      <div className={`${classes.file} fm-selectable`}>{path}</div>
      <Group justify="flex-end">
        <CopyButton value={path}>
          {({ copied, copy }) => (
            <Button variant="subtle" color="gray" onClick={copy} mr="auto">
              {t(copied ? 'pathCopied' : 'copyPath')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
        {shell ? (
          <Button
            leftSection={<IconFolderOpen size={15} />}
            onClick={() => void shell.revealFile(path)}
          >
            {t('reveal')}
          </Button>
        ) : (
          <Button
            component="a"
            href={`/api/requests/${request.id}/file`}
            download
            leftSection={<IconDownload size={15} />}
          >
            {t('download')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
