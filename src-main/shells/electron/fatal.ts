import { app, dialog } from 'electron'
import { toErrorBody } from '#shared/errors/app-error.ts'

/** Nothing can be shown in a page yet (or any more): a native box with the sentence and what to do, then the end. */
export function showFatal(error: unknown): void {
  const { message, remedy } = toErrorBody(error)
  dialog.showErrorBox('Fieldmark cannot start', `${message}\n\n${remedy}`)
  app.exit(1)
}
