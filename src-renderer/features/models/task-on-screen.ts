import type { TaskId } from '#shared/domain/ids.ts'

/** The task whose pictures are on screen, or whose page is; null on every other page. */
export function taskOnScreen(pathname: string): { id: TaskId; isOpen: boolean } | null {
  const [, id, open] = /^\/tasks\/(\d+)(\/annotate|\/jobs\/\d+)?$/.exec(pathname) ?? []
  return id === undefined ? null : { id: Number(id) as TaskId, isOpen: open !== undefined }
}
