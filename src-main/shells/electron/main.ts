/** The desktop entry: Electron runs this file (built as dist/main/electron.js). What it does is told in desktop.ts. */
import { composeCore } from '#main/core/compose.ts'
import { runDesktop } from './desktop.ts'
import { runInUtilityProcess } from './run-script.ts'

runDesktop((dataDir) =>
  composeCore({ dataDir, what: 'the Fieldmark app', runScript: runInUtilityProcess }),
)
