import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type Rectangle, screen } from 'electron'
import { z } from 'zod'
import { appRoot } from '../renderer-dir.ts'
import { PAGE_ORIGIN } from './protocol.ts'

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean().default(false),
})

export interface Windows {
  /** Open the window, or bring the one that is open to the front. */
  open(): BrowserWindow
}

/** The app's window: sandboxed, where it was last time. */
export function createWindows(dataDir: string): Windows {
  const boundsFile = join(dataDir, 'window.json')
  let window: BrowserWindow | null = null
  return {
    open() {
      if (window) {
        if (window.isMinimized()) window.restore()
        window.focus()
        return window
      }
      const opened = createWindow(boundsFile)
      window = opened
      opened.once('closed', () => {
        window = null
      })
      return opened
    },
  }
}

function createWindow(boundsFile: string): BrowserWindow {
  const remembered = readBounds(boundsFile)
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...(remembered ? rectangleOf(remembered) : {}),
    minWidth: 800,
    minHeight: 500,
    // Shown when the first paint is there: no white flash in the dark theme.
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload: join(appRoot(), 'dist/preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (remembered?.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => rememberBounds(window, boundsFile))
  void window.loadURL(`${PAGE_ORIGIN}/`)
  return window
}

type Bounds = z.infer<typeof boundsSchema>

/** null when nothing is remembered, or the screen it was on is gone. */
function readBounds(file: string): Bounds | null {
  try {
    const bounds = boundsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const isVisible = screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds))
    return isVisible ? bounds : null
  } catch {
    // The first start, or a file that was cut short: the default size is fine.
    return null
  }
}

function rememberBounds(window: BrowserWindow, file: string): void {
  const bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    writeFileSync(file, JSON.stringify(bounds))
  } catch {
    // A full disk must not keep a window from closing.
  }
}

const rectangleOf = ({ x, y, width, height }: Rectangle): Rectangle => ({ x, y, width, height })

/** At least a piece of the title bar must be reachable. */
function overlaps(area: Rectangle, { x, y, width }: Rectangle): boolean {
  const isBeside = x + width < area.x + 50 || x > area.x + area.width - 50
  return !isBeside && y >= area.y - 10 && y < area.y + area.height - 30
}
