import { Button, TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { desktopShell } from '#renderer/state/shell.ts'
import { uploadFiles } from '#renderer/state/upload.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import classes from './datasets.module.css'

const extensions = ['zip', 'xml', 'json', 'txt']

interface Props {
  readonly value: string
  readonly onChange: (path: string) => void
}

/** The file to import: typed, picked, or dropped (a browser's drop is copied to the core first). */
export function FileField({ value, onChange }: Props) {
  const { t } = useTranslation('datasets')
  const [busy, setBusy] = useState(false)
  const browse = async () => {
    const paths = await pickPaths({ mode: 'files', title: t('chooseFile'), extensions })
    if (paths?.[0]) onChange(paths[0])
  }
  const onDrop = async (event: DragEvent) => {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    const shell = desktopShell()
    if (shell) return onChange(shell.pathForFile(file))
    setBusy(true)
    try {
      const { paths } = await uploadFiles([{ path: file.name, file }])
      if (paths[0]) onChange(paths[0])
    } catch (error) {
      notifyProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field and the button are the first
    <div
      className={classes.fileField}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
    >
      <IconFileImport size={22} stroke={1.5} aria-hidden="true" />
      <span>{busy ? t('uploading') : t('dropFile')}</span>
      <div className={classes.fileRow}>
        <TextInput
          flex={1}
          data-autofocus
          aria-label={t('file')}
          placeholder={t('chooseFileHint')}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Button variant="default" loading={busy} onClick={() => void browse()}>
          {t('browse')}
        </Button>
      </div>
    </div>
  )
}
