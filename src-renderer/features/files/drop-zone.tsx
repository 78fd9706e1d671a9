import { Button, Group, Modal, Progress, Text } from '@mantine/core'
import { IconFolderDown } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDialogOpen, openDialog } from '#renderer/state/dialogs.ts'
import { dropOf, pathsToOpen } from '#renderer/state/dropped-files.ts'
import { isModelDrop, modelAmong } from '#renderer/state/model-drop.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { desktopShell } from '#renderer/state/shell.ts'
import { type DroppedFile, type UploadProgress, uploadFiles } from '#renderer/state/upload.ts'
import { formatBytes, formatNumber } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import { taskOfPage, taskToImportInto } from './annotation-drop.ts'
import classes from './drop-zone.module.css'
import { extensionOf } from './entries.ts'
import { mediaExtensions } from './open-media.ts'
import { openPaths } from './open-paths.ts'

type Copying = UploadProgress & { readonly total: number }

/**
 * The whole window takes drops. The desktop shell tells where a file lies, so it is opened in place; a browser does not,
 * so its files are copied into the data directory first.
 */
export function DropZone() {
  const { t } = useTranslation('start')
  const [over, setOver] = useState(false)
  const [copying, setCopying] = useState<Copying | null>(null)
  const abort = useRef<AbortController | null>(null)
  const onDrop = async (transfer: DataTransfer) => {
    const shell = desktopShell()
    const taskId = taskToImportInto(
      window.location.pathname,
      [...transfer.files].map(({ name }) => name),
    )
    const [first] = transfer.files
    if (taskId !== null && first) return importInto(taskId, first)
    // Taken at once: the browser empties its lists when the event is over.
    const drop = dropOf(transfer)
    const native = shell && [...transfer.files].map((file) => shell.pathForFile(file))
    const paths = native?.filter(Boolean)
    const isModel = await isModelDrop(drop)
    if (paths && isModel) return addModel(modelAmong(paths))
    if (paths) {
      if (paths.length > 0) await openPaths(paths)
      return
    }
    abort.current = new AbortController()
    const { signal } = abort.current
    const files: DroppedFile[] = []
    for await (const dropped of drop.files)
      if (isModel || mediaExtensions.includes(extensionOf(dropped.path))) files.push(dropped)
    if (files.length === 0)
      return notifyProblem({
        code: 'MEDIA_NONE',
        message: t('nothingToUpload'),
        remedy: t('nothingToUploadHint'),
      })
    const { folder, paths: copied } = await uploadFiles(files, {
      signal,
      onProgress: (progress) => setCopying({ ...progress, total: files.length }),
    })
    if (isModel) return addModel(copied.length === 1 ? (copied[0] ?? folder) : folder)
    await openPaths(pathsToOpen(folder, drop.roots))
  }
  useWindowDrops(setOver, (transfer) => {
    onDrop(transfer)
      .catch((error: unknown) => {
        if (abort.current?.signal.aborted) return
        notifyProblem(problemOf(error))
      })
      .finally(() => setCopying(null))
  })
  return (
    <>
      {over && (
        <div className={classes.over}>
          <div className={classes.card}>
            <IconFolderDown size={40} stroke={1.4} />
            <b>{t('dropTitle')}</b>
            <span>{t(desktopShell() ? 'dropHint' : 'dropHintUpload')}</span>
            {taskOfPage(window.location.pathname) !== null && <span>{t('dropHintTask')}</span>}
          </div>
        </div>
      )}
      {copying && <CopyingDialog copying={copying} onCancel={() => abort.current?.abort()} />}
    </>
  )
}

/** The card of a model with this in it; nothing is installed yet. */
function addModel(from: string | null): void {
  if (from !== null) openDialog({ kind: 'add-model', from })
}

/** The import dialog with this file in it; nothing is imported yet. */
async function importInto(taskId: TaskId, file: File): Promise<void> {
  const shell = desktopShell()
  const paths = shell
    ? [shell.pathForFile(file)]
    : (await uploadFiles([{ path: file.name, file }])).paths
  if (paths[0]) openDialog({ kind: 'import', taskId, path: paths[0] })
}

function CopyingDialog({ copying, onCancel }: { copying: Copying; onCancel: () => void }) {
  const { t } = useTranslation(['start', 'common'])
  const title = t('start:uploading', {
    done: formatNumber(copying.files),
    total: formatNumber(copying.total),
  })
  return (
    <Modal opened onClose={onCancel} title={title} withCloseButton={false} size={420}>
      <Progress value={(copying.files / copying.total) * 100} aria-label={title} size={6} />
      <Text size="sm" c="dimmed" mt="xs" truncate>
        {t('start:uploadingHint', { bytes: formatBytes(copying.bytes) })} · {copying.current}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      </Group>
    </Modal>
  )
}

/** Listens on the window; a dialog that takes drops itself stops the event before it gets here. */
function useWindowDrops(setOver: (over: boolean) => void, drop: (transfer: DataTransfer) => void) {
  const latest = useRef(drop)
  latest.current = drop
  useEffect(() => {
    let depth = 0
    const isFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes('Files') === true && !isDialogOpen()
    const listeners = {
      dragenter: (event: DragEvent) => {
        if (!isFiles(event)) return
        depth += 1
        setOver(true)
      },
      dragleave: (event: DragEvent) => {
        if (!isFiles(event)) return
        depth -= 1
        if (depth <= 0) setOver(false)
      },
      // Without it the browser would show the file in place of the app.
      dragover: (event: DragEvent) => event.preventDefault(),
      drop: (event: DragEvent) => {
        event.preventDefault()
        depth = 0
        setOver(false)
        if (isFiles(event) && event.dataTransfer) latest.current(event.dataTransfer)
      },
    }
    const stop = new AbortController()
    for (const [name, listener] of Object.entries(listeners))
      window.addEventListener(name, listener as EventListener, { signal: stop.signal })
    return () => stop.abort()
  }, [setOver])
}
