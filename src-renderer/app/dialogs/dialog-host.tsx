import { MantineThemeProvider } from '@mantine/core'
import { Suspense, useEffect, useState } from 'react'
import { closeDialog, type DialogRequest, useDialogs } from '#renderer/state/dialogs.ts'
import { lazyNamed } from '../lazy.ts'

const PickerDialog = lazyNamed(
  () => import('#renderer/features/files/picker-dialog.tsx'),
  'PickerDialog',
)
const Settings = lazyNamed(() => import('./settings.tsx'), 'Settings')
const CreateTask = lazyNamed(() => import('./create-task.tsx'), 'CreateTask')
const CreateProject = lazyNamed(() => import('./create-project.tsx'), 'CreateProject')
const KeysDialog = lazyNamed(() => import('./keys-dialog.tsx'), 'KeysDialog')
const RenameDialog = lazyNamed(() => import('./rename-dialog.tsx'), 'RenameDialog')
const DeleteDialog = lazyNamed(() => import('./delete-dialog.tsx'), 'DeleteDialog')
const LabelsDialog = lazyNamed(
  () => import('#renderer/features/labels/labels-dialog.tsx'),
  'LabelsDialog',
)
const ExportDialog = lazyNamed(
  () => import('#renderer/features/datasets/export-dialog.tsx'),
  'ExportDialog',
)
const ImportDialog = lazyNamed(
  () => import('#renderer/features/datasets/import-dialog.tsx'),
  'ImportDialog',
)
const ExportProjectDialog = lazyNamed(
  () => import('#renderer/features/datasets/export-project-dialog.tsx'),
  'ExportProjectDialog',
)
const ImportProjectDialog = lazyNamed(
  () => import('#renderer/features/datasets/import-project-dialog.tsx'),
  'ImportProjectDialog',
)
const BackupDialog = lazyNamed(
  () => import('#renderer/features/datasets/backup-dialog.tsx'),
  'BackupDialog',
)
const RestoreDialog = lazyNamed(
  () => import('#renderer/features/datasets/restore-dialog.tsx'),
  'RestoreDialog',
)
const SidecarDialog = lazyNamed(
  () => import('#renderer/features/datasets/sidecar-dialog.tsx'),
  'SidecarDialog',
)
const RelinkDialog = lazyNamed(
  () => import('#renderer/features/tasks/relink-dialog.tsx'),
  'RelinkDialog',
)

const AutomaticAnnotationDialog = lazyNamed(
  () => import('#renderer/features/functions/automatic-annotation/automatic-annotation-dialog.tsx'),
  'AutomaticAnnotationDialog',
)
const ClearPredictionsDialog = lazyNamed(
  () => import('#renderer/features/functions/automatic-annotation/clear-predictions-dialog.tsx'),
  'ClearPredictionsDialog',
)
const AddModelDialog = lazyNamed(
  () => import('#renderer/features/models/add-model-dialog.tsx'),
  'AddModelDialog',
)
const RemoveModelDialog = lazyNamed(
  () => import('#renderer/features/models/remove-model-dialog.tsx'),
  'RemoveModelDialog',
)
const ConnectionDialog = lazyNamed(
  () => import('#renderer/features/models/connection-dialog.tsx'),
  'ConnectionDialog',
)

/** Every dialog listens for Escape by itself; only the one on top is meant. */
const onTop = { components: { Modal: { defaultProps: { closeOnEscape: true } } } }
const below = { components: { Modal: { defaultProps: { closeOnEscape: false } } } }

/** Renders what `openDialog` asked for. Features never import each other; this is where they meet. */
export function DialogHost() {
  const open = useDialogs((s) => s.open)
  return open.map(({ key, request }, at) => (
    <MantineThemeProvider key={key} theme={at === open.length - 1 ? onTop : below} inherit>
      <FocusBack />
      <Suspense>
        <Dialog request={request} close={() => closeDialog(key)} />
      </Suspense>
    </MantineThemeProvider>
  ))
}

/**
 * When a dialog goes, the keyboard is back where it was: in the dialog below, or where somebody who works with the keyboard
 * asked for it. Who clicked is not held on the button, whose key would then be Space.
 */
function FocusBack() {
  const [from] = useState(focusToReturn)
  useEffect(() => () => from?.focus({ preventScroll: true }), [from])
  return null
}

function focusToReturn(): HTMLElement | null {
  const from = document.activeElement
  if (!(from instanceof HTMLElement)) return null
  if (!from.matches(':focus-visible') && !from.closest('[role=dialog]')) return null
  // An item's menu closes with it; what opened the menu stays.
  const menu = from.closest('[role=menu]')
  return menu ? document.querySelector<HTMLElement>(`[aria-controls="${menu.id}"]`) : from
}

function Dialog({ request, close }: { request: DialogRequest; close: () => void }) {
  switch (request.kind) {
    case 'pick':
      return <PickerDialog request={request.request} done={request.done} close={close} />
    case 'settings':
      return <Settings tab={request.tab ?? 'appearance'} close={close} />
    case 'keys':
      return <KeysDialog close={close} />
    case 'create-task':
      return (
        <CreateTask
          projectId={request.projectId ?? null}
          paths={request.paths ?? []}
          close={close}
        />
      )
    case 'add-model':
      return <AddModelDialog from={request.from ?? ''} close={close} />
    case 'remove-model':
      return <RemoveModelDialog id={request.id} name={request.name} close={close} />
    case 'connection':
      return <ConnectionDialog connection={request.connection} close={close} />
    case 'create-project':
      return <CreateProject close={close} />
    case 'rename':
      return <RenameDialog request={request} close={close} />
    case 'delete':
      return <DeleteDialog request={request} close={close} />
    case 'labels':
      return <LabelsDialog owner={request.owner} close={close} />
    case 'export':
      return <ExportDialog taskId={request.taskId} jobId={request.jobId} close={close} />
    case 'import':
      return (
        <ImportDialog
          taskId={request.taskId}
          jobId={request.jobId}
          path={request.path ?? null}
          close={close}
        />
      )
    case 'export-project':
      return <ExportProjectDialog projectId={request.projectId} close={close} />
    case 'import-project':
      return <ImportProjectDialog projectId={request.projectId} close={close} />
    case 'backup':
      return <BackupDialog request={request} close={close} />
    case 'restore':
      return <RestoreDialog what={request.what} close={close} />
    case 'sidecar':
      return <SidecarDialog taskId={request.taskId} close={close} />
    case 'automatic-annotation':
      return (
        <AutomaticAnnotationDialog taskId={request.taskId} jobId={request.jobId} close={close} />
      )
    case 'clear-predictions':
      return <ClearPredictionsDialog taskId={request.taskId} close={close} />
    case 'relink':
      return <RelinkDialog taskId={request.taskId} close={close} />
  }
}
