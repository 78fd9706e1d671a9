import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Loss } from '#shared/contract/datasets.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import type { SidecarFormat, SidecarState } from '#shared/domain/sidecar.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { DIALECTS } from '../../sidecar/dialects.ts'
import { placesOf } from '../../sidecar/places.ts'
import type { Deps } from '../../usecase.ts'

const MOST_NAMED = 1000

/** @throws NOT_FOUND */
export function stateOf({ store }: Deps, taskId: TaskId): SidecarState {
  store.tasks.get(taskId)
  const known = store.sidecars.get(taskId)
  return { taskId, format: known?.format ?? null, ...store.sidecars.state(taskId, MOST_NAMED) }
}

/** @throws NOT_FOUND, SIDECAR_NO_PLACE, SIDECAR_READ_ONLY */
export async function setSidecar(
  deps: Deps,
  taskId: TaskId,
  format: SidecarFormat | null,
): Promise<{ requestId: RequestId | null; losses: Loss[] }> {
  const { store, formats, events, sidecars } = deps
  if (format !== null) await checkPlaces(deps, taskId, format)
  store.tasks.get(taskId)
  store.sidecars.set(taskId, format)
  sidecars.changed(taskId)
  events.publish({ type: 'sidecar', taskId, format, problemCount: 0 })
  if (format === null) return { requestId: null, losses: [] }
  const { losses, keeps } = formats.get(DIALECTS[format].format)
  const census = store.annotations.census(taskId, undefined, keeps)
  return { requestId: sidecars.syncAll(taskId).id, losses: losses(census) }
}

async function checkPlaces({ store }: Deps, taskId: TaskId, format: SidecarFormat): Promise<void> {
  const task = store.tasks.get(taskId)
  const refuse = (reason: string) => {
    throw new AppError('SIDECAR_NO_PLACE', { task: task.name, reason })
  }
  if (store.videos.ofTask(taskId)) refuse('it is a video, and has no files of pictures')
  if (task.mediaState !== 'ready') refuse('its pictures are still being listed')
  const { byFrame } = await placesOf({ store }, taskId, format)
  if (byFrame.size === 0) refuse('its pictures are in an archive')
  const folders = new Set([...byFrame.values()].map(({ picture }) => dirname(picture)))
  for (const path of folders) {
    await access(path, constants.W_OK).catch((cause: unknown) => {
      throw new AppError('SIDECAR_READ_ONLY', { path }, { cause })
    })
  }
}

/** @throws NOT_FOUND, SIDECAR_OFF */
export async function syncNow(
  { store, sidecars }: Deps,
  taskId: TaskId,
): Promise<{ requestId: RequestId }> {
  const { name } = store.tasks.get(taskId)
  if (!store.sidecars.get(taskId)) throw new AppError('SIDECAR_OFF', { task: name })
  return { requestId: sidecars.syncAll(taskId).id }
}
