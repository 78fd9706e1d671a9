import type { Action } from '#renderer/state/actions.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { taskDialogActions } from '#renderer/state/task-actions.ts'
import type { JobId } from '#shared/domain/ids.ts'
import type { Bench, SideTab } from '../bench/bench.ts'

/** Undo, save, and the task's own dialogs. */
export function generalActions(bench: Bench, toggleSideBar: () => void): Action[] {
  const { taskId } = bench
  const make = (
    group: Action['group'],
    id: string,
    keys: readonly string[],
    run: Action['run'],
    whileTyping = false,
  ): Action => ({ id, group, keys, scope: 'workspace', run, whileTyping })
  return [
    make('general', 'general.undo', ['Ctrl+Z'], () => bench.document.travel('undo')),
    make('general', 'general.redo', ['Ctrl+Shift+Z', 'Ctrl+Y'], () =>
      bench.document.travel('redo'),
    ),
    make('general', 'general.save', ['Ctrl+S'], () => bench.document.outbox.flush(), true),
    ...taskDialogActions(
      taskId,
      'workspace',
      () => openJob(bench),
      () => bench.document.outbox.flush(),
    ),
    make('files', 'files.labels', [], () => editLabels(bench)),
    make('files', 'files.rename', [], () => {
      const { name } = bench.ui.getState().task
      openDialog({ kind: 'rename', what: 'task', id: taskId, name })
    }),
    make('view', 'view.fullscreen', ['F11'], toggleFullscreen),
    make('view', 'view.side-bar', ['Ctrl+\\'], toggleSideBar),
    ...tabs(bench, make),
  ]
}

function tabs(
  bench: Bench,
  make: (group: 'view', id: string, keys: readonly string[], run: () => void) => Action,
): Action[] {
  const names: readonly SideTab[] = ['objects', 'labels', 'history']
  return names.map((tab) => make('view', `view.${tab}`, [], () => bench.ui.setState({ tab })))
}

/** The job whose frames are open; none where they are the whole task's. */
function openJob({ document, ui }: Bench): JobId | undefined {
  const { start, stop } = document.range
  const { jobs } = ui.getState().task
  if (jobs.length === 1) return undefined
  return jobs.find(({ startFrame, stopFrame }) => startFrame === start && stopFrame === stop)?.id
}

function editLabels(bench: Bench): void {
  const { task } = bench.ui.getState()
  const owner = task.projectId === null ? { taskId: task.id } : { projectId: task.projectId }
  openDialog({ kind: 'labels', owner })
}

async function toggleFullscreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await document.documentElement.requestFullscreen()
}
