import { Button, TextInput } from '@mantine/core'
import { IconBox } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { desktopShell } from '#renderer/state/shell.ts'
import { uploadFiles } from '#renderer/state/upload.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import classes from './models.module.css'

const extensions = ['onnx', 'zip', 'json', 'yaml', 'yml']

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Picked or dropped: nobody need press another button. */
  readonly onChosen: (value: string) => void
}

/** Where the model is: a path, an address, or a file that is dropped (a browser's drop is copied to the core first). */
export function SourceField({ value, onChange, onChosen }: Props) {
  const { t } = useTranslation('models')
  const [isBusy, setBusy] = useState(false)
  const choose = (path: string | undefined) => {
    if (!path) return
    onChange(path)
    onChosen(path)
  }
  const browse = async () => {
    const paths = await pickPaths({ mode: 'files', title: t('chooseModel'), extensions })
    choose(paths?.[0])
  }
  const onDrop = async (event: DragEvent) => {
    const files = [...event.dataTransfer.files]
    const [first] = files
    if (!first) return
    event.preventDefault()
    const shell = desktopShell()
    if (shell) return choose(shell.pathForFile(first))
    setBusy(true)
    try {
      const { paths } = await uploadFiles(files.map((file) => ({ path: file.name, file })))
      choose(paths[0])
    } catch (error) {
      notifyProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field and the button are the first
    <div
      className={classes.source}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void onDrop(event)}
    >
      <IconBox size={22} stroke={1.5} aria-hidden="true" />
      <span>{isBusy ? t('uploading') : t('dropModel')}</span>
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
        <Button variant="default" loading={isBusy} onClick={() => void browse()}>
          {t('browse')}
        </Button>
      </form>
    </div>
  )
}
