import { Button, CopyButton, Group } from '@mantine/core'
import { IconDownload, IconFolderOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { desktopShell } from '#renderer/state/shell.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import classes from './datasets.module.css'

interface Props {
  readonly requestId: RequestId
  readonly path: string
  readonly close: () => void
}

/** Where a written file is: shown in the file manager on the desktop, downloaded in a browser. */
export function FileResult({ requestId, path, close }: Props) {
  const { t } = useTranslation('datasets')
  const shell = desktopShell()
  return (
    <>
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
            data-autofocus
            leftSection={<IconFolderOpen size={15} />}
            onClick={() => void shell.revealFile(path)}
          >
            {t('reveal')}
          </Button>
        ) : (
          <Button
            component="a"
            data-autofocus
            href={`/api/requests/${requestId}/file`}
            download
            leftSection={<IconDownload size={15} />}
          >
            {t('download')}
          </Button>
        )}
      </Group>
    </>
  )
}
