import type { Task } from '#shared/domain/task.ts'

const KEY = 'fieldmark.last-format'

/** What holds most of a task, the first time. */
const FIRST: Readonly<Record<Task['mode'], string>> = {
  annotation: 'CVAT for images 1.1',
  interpolation: 'CVAT for video 1.1',
}

/** The format used last on this machine for a task of this mode: tracks go into other files than pictures' shapes. */
export function lastFormat(mode: Task['mode']): string {
  try {
    return localStorage.getItem(`${KEY}.${mode}`) ?? FIRST[mode]
  } catch {
    // Storage is blocked: choosing once more is no harm.
    return FIRST[mode]
  }
}

export function rememberFormat(mode: Task['mode'], name: string): void {
  try {
    localStorage.setItem(`${KEY}.${mode}`, name)
  } catch {
    // Storage is full or blocked: choosing once more is no harm.
  }
}
