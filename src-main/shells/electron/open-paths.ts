import { resolve } from 'node:path'
import { app, BrowserWindow, ipcMain, type WebContents } from 'electron'
import { z } from 'zod'
import { channels } from './channels.ts'
import { isTrusted } from './sender.ts'
import type { Windows } from './windows.ts'

const handedOver = z.object({ paths: z.array(z.string()) })

export interface OpenPaths {
  /** Tell the page to open these; kept until a page listens. */
  open(paths: readonly string[]): void
  deliverTo(windows: Windows): void
}

/**
 * Paths to open come from everywhere: our command line, a second start, a double click in the file manager (macOS sends
 * an event, even before we are ready), the menu. They meet here and go to the page when it listens.
 */
export function createOpenPaths(first: readonly string[]): OpenPaths {
  let waiting: string[] = [...first]
  let listening: WebContents | null = null
  const flush = () => {
    if (!listening || listening.isDestroyed() || waiting.length === 0) return
    listening.send(channels.openPaths, waiting)
    waiting = []
  }
  const open = (paths: readonly string[]) => {
    // The system's own list of recent items: the dock's and the task bar's menu.
    for (const path of paths) app.addRecentDocument(path)
    waiting.push(...paths)
    flush()
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open([resolve(path)])
  })
  return {
    open,
    deliverTo(windows) {
      app.on('second-instance', (_event, _argv, _cwd, data) => {
        windows.open()
        open(handedOver.safeParse(data).data?.paths ?? [])
      })
      app.on('activate', () => {
        if (BrowserWindow.getAllWindows().length === 0) windows.open()
      })
      ipcMain.on(channels.listening, (event) => {
        if (!isTrusted(event)) return
        listening = event.sender
        flush()
      })
    },
  }
}
