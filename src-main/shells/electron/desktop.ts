import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import type { Core } from '#main/core/core.ts'
import { type AppOptions, createApp } from '#main/http/app.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { leaveProcess } from '../../threads.ts'
import { defaultRendererDir } from '../renderer-dir.ts'
import { serveWeb } from '../web/serve-web.ts'
import { readArguments } from './arguments.ts'
import { answerDialogs } from './dialogs.ts'
import { showFatal } from './fatal.ts'
import { setMenu } from './menu.ts'
import { createOpenPaths } from './open-paths.ts'
import { registerScheme, serveScheme } from './protocol.ts'
import { refuseEverythingElse } from './safety.ts'
import { startUpdates } from './updates.ts'
import { createWindows } from './windows.ts'

/** What tests replace: the built page, and where unexpected errors go. */
export type DesktopOptions = Partial<Pick<AppOptions, 'rendererDir' | 'log'>>

/**
 * The desktop shell, from start to end. One instance a data directory: a second one hands its paths over and ends.
 * @param openCore composes the core on a data directory; given, so that tests may bring their own
 */
export function runDesktop(
  openCore: (dataDir: string) => Promise<Core>,
  options: DesktopOptions = {},
): void {
  const { dataDir, paths } = readArguments(process.argv, process.cwd())
  registerScheme()
  app.setName('Fieldmark')
  if (!keepProfileIn(join(dataDir, 'desktop'))) return
  if (!app.requestSingleInstanceLock({ paths })) {
    app.quit()
    return
  }
  const openPaths = createOpenPaths(paths)
  app
    .whenReady()
    .then(() => openCore(dataDir))
    .then((core) => show(core, openPaths, options))
    .catch(showFatal)
}

/** Chromium's own files lie beside ours, so that two data directories are two apps. Electron wants the folder to exist. */
function keepProfileIn(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    app.setPath('userData', folder)
    return true
  } catch (cause) {
    const detail = (cause as NodeJS.ErrnoException).code ?? String(cause)
    showFatal(new AppError('DATA_DIR_READ_ONLY', { dataDir: dirname(folder), detail }, { cause }))
    return false
  }
}

async function show(
  core: Core,
  openPaths: ReturnType<typeof createOpenPaths>,
  options: DesktopOptions,
): Promise<void> {
  const page = { rendererDir: defaultRendererDir(), ...options }
  serveScheme(createApp(core, page))
  refuseEverythingElse()
  const windows = createWindows(core.dataDir)
  openPaths.deliverTo(windows)
  answerDialogs()
  setMenu(openPaths)
  // So that `fieldmark task ls` beside an open app asks the app, instead of being refused.
  const attach = await serveWeb(core, page)
  closeInOrder([attach, core])
  startUpdates(core)
  windows.open()
}

/** Quitting waits until the database is closed and what was running is stored. */
function closeInOrder(parts: readonly { close(): Promise<void> }[]): void {
  let closing = false
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    closeAll(parts)
      .then(() => leaveProcess(0, (code) => app.exit(code)))
      .catch((error: unknown) => {
        showFatal(error)
      })
  })
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close()
}
