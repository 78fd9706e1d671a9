import type { FieldmarkShell } from '#shared/contract/shell.ts'
import { openDialog, type PickRequest } from './dialogs.ts'
import { desktopShell } from './shell.ts'

/**
 * Ask for paths on this machine: the native dialog where the shell has one, else our own picker.
 * @returns absolute paths, null when the person changed their mind
 */
export async function pickPaths(request: PickRequest): Promise<readonly string[] | null> {
  const shell = desktopShell()
  if (shell) return pickNatively(shell, request)
  return new Promise((resolve) => openDialog({ kind: 'pick', request, done: resolve }))
}

async function pickNatively(shell: FieldmarkShell, request: PickRequest) {
  if (request.mode === 'files') {
    const paths = await shell.pickFiles()
    return paths.length > 0 ? paths : null
  }
  const path =
    request.mode === 'folder'
      ? await shell.pickFolder()
      : await shell.saveFile(request.fileName ?? '')
  return path === null ? null : [path]
}
