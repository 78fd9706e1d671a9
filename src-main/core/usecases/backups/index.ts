import type { Deps, Usecases } from '../../usecase.ts'
import { backUpLibrary, backUpProject, backUpTask } from './back-up.ts'
import { restore } from './restore.ts'

export function backupUsecases(deps: Deps): Usecases['backups'] {
  return {
    task: (input) => backUpTask(deps, input),
    project: (input) => backUpProject(deps, input),
    restoreTask: ({ path }) => restore(deps, 'task', path),
    restoreProject: ({ path }) => restore(deps, 'project', path),
    snapshot: (input) => backUpLibrary(deps, input),
  }
}
