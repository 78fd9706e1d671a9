/** The composition root of what is done with a library that nobody has open. */
import { openInput } from '../formats/archive/open-input.ts'
import { adoptDatabase } from '../store/adopt.ts'
import { acquireDataDir } from '../store/data-dir-lock.ts'
import { openStore } from '../store/index.ts'
import {
  type LibraryReport,
  type LibraryRestore,
  restoreLibrary as restore,
} from './library/restore-library.ts'

export type { LibraryReport } from './library/restore-library.ts'

/** See `restoreLibrary` of library/. */
export function restoreLibrary(what: LibraryRestore): Promise<LibraryReport> {
  return restore(
    {
      openInput,
      lock: (dataDir) => acquireDataDir(dataDir, { what: 'fieldmark library restore' }),
      holdsAnything,
      adopt: adoptDatabase,
    },
    what,
  )
}

/** One that cannot be read may hold anything. */
function holdsAnything(path: string): boolean {
  try {
    const store = openStore(path, { readonly: true })
    try {
      return store.tasks.list().length + store.projects.list().length > 0
    } finally {
      store.close()
    }
  } catch {
    return true
  }
}
