/** The module named `electron`, as far as the desktop shell uses it. See README.md for what it cannot show. */
import { fork } from 'node:child_process'
import { app } from './app.ts'
import { type MenuItem, record } from './record.ts'
import { guards, handlers } from './requests.ts'

export { app } from './app.ts'
export { ipcMain } from './ipc.ts'
export { record } from './record.ts'
export { BrowserWindow } from './window.ts'

export const protocol = {
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges: unknown }[]): void {
    if (app.isReady()) throw new Error('registerSchemesAsPrivileged must be called before ready')
    for (const { scheme, privileges } of schemes) record.privileges[scheme] = privileges
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!app.isReady()) throw new Error('protocol.handle must be called after ready')
    handlers.set(scheme, handler)
  },
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: NonNullable<typeof record.permissionRequest>): void {
      record.permissionRequest = handler
    },
    setPermissionCheckHandler(): void {},
    webRequest: {
      onBeforeRequest(handler: NonNullable<typeof guards.beforeRequest>): void {
        guards.beforeRequest = handler
      },
    },
  },
}

export const dialog = {
  async showOpenDialog(...args: unknown[]) {
    record.dialogs.push({ kind: 'open', options: args.at(-1) })
    const filePaths = record.dialogAnswers.shift() ?? []
    return { canceled: filePaths.length === 0, filePaths }
  },
  async showSaveDialog(...args: unknown[]) {
    record.dialogs.push({ kind: 'save', options: args.at(-1) })
    const filePath = record.dialogAnswers.shift()?.[0] ?? ''
    return { canceled: filePath === '', filePath }
  },
  showErrorBox(title: string, content: string): void {
    record.errorBoxes.push(`${title}\n${content}`)
    process.stderr.write(`${title}: ${content}\n`)
  },
}

export const Menu = {
  buildFromTemplate(items: MenuItem[]) {
    return { items, getMenuItemById: (id: string) => findItem(items, id) }
  },
  setApplicationMenu(menu: typeof record.menu): void {
    record.menu = menu
  },
}

function findItem(items: readonly MenuItem[], id: string): MenuItem | null {
  for (const item of items) {
    const found = item.id === id ? item : findItem(item.submenu ?? [], id)
    if (found) return found
  }
  return null
}

export const shell = {
  showItemInFolder(path: string): void {
    record.revealed.push(path)
  },
}

/** Without Electron's own child processes, Node's. */
export const utilityProcess = {
  fork: (script: string, args: string[]) => fork(script, args, { stdio: 'ignore' }),
}

export const nativeTheme = { shouldUseDarkColors: false }

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
export const screen = { getAllDisplays: () => [{ workArea }] }
