import type { JobId, TaskId } from '#shared/domain/ids.ts'
import type { Action } from './actions.ts'
import { openDialog } from './dialogs.ts'

type Kind = 'export' | 'import' | 'automatic-annotation' | 'relink'

/**
 * What a task's page and its workspace both offer, under the same keys.
 * @param job   the job that is open, in a workspace of one
 * @param saved  resolves when all that was done here has reached the core: files are made of what is there
 */
export function taskDialogActions(
  taskId: TaskId,
  scope: Action['scope'],
  job: () => JobId | undefined = () => undefined,
  saved: () => Promise<void> = async () => undefined,
): Action[] {
  const make = (id: string, keys: readonly string[], kind: Kind) => ({
    id,
    group: 'files' as const,
    keys,
    scope,
    run: async () => {
      await saved()
      openDialog(kind === 'relink' ? { kind, taskId } : { kind, taskId, jobId: job() })
    },
  })
  return [
    make('files.export', ['Ctrl+E'], 'export'),
    make('files.import', ['Ctrl+I'], 'import'),
    make('files.automatic-annotation', [], 'automatic-annotation'),
    make('files.relink', [], 'relink'),
  ]
}
