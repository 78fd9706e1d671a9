import type { TaskId } from '#shared/domain/ids.ts'
import { extensionOf } from './entries.ts'

/** Files that say what is on pictures, and are never media. An archive may be either, and is opened. */
const ANNOTATIONS = ['json', 'xml', 'txt', 'csv']

/** The task whose page or workspace a path of the app shows. */
export function taskOfPage(pathname: string): TaskId | null {
  const id = /^\/tasks\/(\d+)(?:\/|$)/.exec(pathname)?.[1]
  return id === undefined ? null : (Number(id) as TaskId)
}

/** The task that a single dropped file of annotations is meant for; null: what was dropped is to be opened. */
export function taskToImportInto(pathname: string, names: readonly string[]): TaskId | null {
  const [name] = names
  if (name === undefined || names.length > 1 || !ANNOTATIONS.includes(extensionOf(name)))
    return null
  return taskOfPage(pathname)
}
