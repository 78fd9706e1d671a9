import { create } from 'zustand'
import type { Connection } from '#shared/contract/connections.ts'
import type { JobId, ProjectId, TaskId } from '#shared/domain/ids.ts'

/** What a picker is to return: one folder, or any number of files (optionally only some endings, without the dot). */
export interface PickRequest {
  readonly mode: 'folder' | 'files' | 'save'
  readonly title: string
  readonly extensions?: readonly string[]
  /** `save`: the proposed file name. */
  readonly fileName?: string
}

export type SettingsTab = 'appearance' | 'workspace' | 'keys' | 'data'

/**
 * Dialogs are asked for by value from anywhere (features never import each other); the app renders them, each as its
 * own chunk. The newest lies on top.
 */
export type DialogRequest =
  | {
      readonly kind: 'create-task'
      readonly projectId?: ProjectId
      readonly paths?: readonly string[]
    }
  | { readonly kind: 'create-project' }
  | {
      readonly kind: 'labels'
      readonly owner: { readonly taskId: TaskId } | { readonly projectId: ProjectId }
    }
  | { readonly kind: 'export'; readonly taskId: TaskId; readonly jobId?: JobId | undefined }
  | {
      readonly kind: 'import'
      readonly taskId: TaskId
      /** Asked for from this job: into it, or into the whole task, as the person likes. */
      readonly jobId?: JobId | undefined
      readonly path?: string
    }
  | { readonly kind: 'export-project'; readonly projectId: ProjectId }
  /** A dataset with its pictures, into a project; null: into a new one. */
  | { readonly kind: 'import-project'; readonly projectId: ProjectId | null }
  | { readonly kind: 'backup'; readonly what: 'task'; readonly id: TaskId; readonly name: string }
  | {
      readonly kind: 'backup'
      readonly what: 'project'
      readonly id: ProjectId
      readonly name: string
    }
  | { readonly kind: 'restore'; readonly what: 'task' | 'project' }
  /** A model from a file, folder, archive or address; `from`: what is known already. */
  | { readonly kind: 'add-model'; readonly from?: string }
  | { readonly kind: 'remove-model'; readonly id: string; readonly name: string }
  /** Where functions run over the network; null: a new one. */
  | { readonly kind: 'connection'; readonly connection: Connection | null }
  /** Run a model over a task, or over the job it was asked for from. */
  | {
      readonly kind: 'automatic-annotation'
      readonly taskId: TaskId
      readonly jobId?: JobId | undefined
    }
  | { readonly kind: 'clear-predictions'; readonly taskId: TaskId }
  | { readonly kind: 'relink'; readonly taskId: TaskId }
  | { readonly kind: 'sidecar'; readonly taskId: TaskId }
  | { readonly kind: 'rename'; readonly what: 'task'; readonly id: TaskId; readonly name: string }
  | {
      readonly kind: 'rename'
      readonly what: 'project'
      readonly id: ProjectId
      readonly name: string
    }
  | { readonly kind: 'delete'; readonly what: 'task'; readonly id: TaskId; readonly name: string }
  | {
      readonly kind: 'delete'
      readonly what: 'project'
      readonly id: ProjectId
      readonly name: string
      readonly taskCount: number
    }
  | { readonly kind: 'settings'; readonly tab?: SettingsTab }
  | { readonly kind: 'keys' }
  | {
      readonly kind: 'pick'
      readonly request: PickRequest
      readonly done: (paths: readonly string[] | null) => void
    }

export interface OpenDialog {
  readonly key: number
  readonly request: DialogRequest
}

interface DialogState {
  readonly open: readonly OpenDialog[]
}

export const useDialogs = create<DialogState>(() => ({ open: [] }))

let nextKey = 1

/** Show a dialog on top of what is open. Asking for settings or keys again while they are open changes nothing. */
export function openDialog(request: DialogRequest): void {
  const single = request.kind === 'settings' || request.kind === 'keys'
  if (single && useDialogs.getState().open.some((d) => d.request.kind === request.kind)) return
  useDialogs.setState((s) => ({ open: [...s.open, { key: nextKey++, request }] }))
}

/** The key that opened settings or keys also puts them away (CVAT: "open/hide", "or go back"). */
export function toggleDialog(request: DialogRequest): void {
  const shown = useDialogs.getState().open.find((d) => d.request.kind === request.kind)
  if (shown) closeDialog(shown.key)
  else openDialog(request)
}

export function closeDialog(key: number): void {
  useDialogs.setState((s) => ({ open: s.open.filter((d) => d.key !== key) }))
}

/** True while any dialog is open: workspace keys must not reach the canvas then. */
export function isDialogOpen(): boolean {
  return useDialogs.getState().open.length > 0
}
