import { Button, TextInput } from '@mantine/core'
import { IconBox } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dropOf } from '#renderer/state/dropped-files.ts'
import { modelAmong, modelExtensions } from '#renderer/state/model-drop.ts'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { desktopShell } from '#renderer/state/shell.ts'
import { type DroppedFile, uploadFiles } from '#renderer/state/upload.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import classes from './models.module.css'

interface Props {
  readonly value: string
  /** Something is chosen: one line is enough. */
  readonly isSmall: boolean
  readonly onChange: (value: string) => void
  /** Picked or dropped: nobody need press another button. */
  readonly onChosen: (value: string) => void
}

/** Where the model is: a path, an address, or what is dropped (a browser's drop is copied to the core first). */
export function SourceField({ value, isSmall, onChange, onChosen }: Props) {
  const { t } = useTranslation('models')
  const [isBusy, setBusy] = useState(false)
  const [isOver, setOver] = useState(false)
  const choose = (path: string | null) => {
    if (!path) return
    onChange(path)
    onChosen(path)
  }
  const browse = async (mode: 'files' | 'folder') => {
    const wish = { mode, title: t(mode === 'files' ? 'chooseModel' : 'chooseModelFolder') }
    choose(modelAmong((await pickPaths({ ...wish, extensions: modelExtensions })) ?? []))
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    setBusy(true)
    pathOf(event.dataTransfer)
      .then(choose, (error: unknown) => notifyProblem(problemOf(error)))
      .finally(() => setBusy(false))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field and the buttons are the first
    <div
      className={isSmall ? classes.sourceSmall : classes.source}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {!isSmall && (
        <>
          <IconBox size={22} stroke={1.5} aria-hidden="true" />
          <span>{t(isBusy ? 'uploading' : 'dropModel')}</span>
        </>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onChosen(value)
        }}
      >
        <TextInput
          flex={1}
          data-autofocus
          aria-label={t('modelSource')}
          placeholder={t('modelSourceHint')}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Button variant="default" loading={isBusy} onClick={() => void browse('files')}>
          {t('browse')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void browse('folder')}>
          {t('browseFolder')}
        </Button>
      </form>
    </div>
  )
}

/** Where what was dropped lies on the core's machine. */
async function pathOf(transfer: DataTransfer): Promise<string | null> {
  const drop = dropOf(transfer)
  const shell = desktopShell()
  if (shell) return modelAmong([...transfer.files].map((file) => shell.pathForFile(file)))
  const files: DroppedFile[] = []
  for await (const file of drop.files) files.push(file)
  if (files.length === 0) return null
  const { folder, paths } = await uploadFiles(files)
  return paths.length === 1 ? (paths[0] ?? null) : folder
}
