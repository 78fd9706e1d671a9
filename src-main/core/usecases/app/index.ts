import { homedir } from 'node:os'
import { sep } from 'node:path'
import type { Deps, Usecases } from '../../usecase.ts'
import { browseFolder } from './browse.ts'
import { openDemo } from './demo.ts'
import { runDoctor } from './doctor.ts'

export function appUsecases(deps: Deps): Usecases['app'] {
  return {
    info: () => ({
      version: deps.version,
      dataDir: deps.dataDir,
      platform: process.platform,
      homeDir: homedir(),
      pathSeparator: sep,
      revisionOfSchema: deps.store.schemaVersion,
    }),
    doctor: () => runDoctor(deps),
    browse: ({ path }) => browseFolder(path),
    getSettings: () => deps.store.settings.all(),
    setSettings: (change) => deps.store.settings.merge(change),
    demo: () => openDemo(deps),
  }
}
