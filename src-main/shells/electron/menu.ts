import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import { pickFiles, pickFolder } from './dialogs.ts'
import type { OpenPaths } from './open-paths.ts'

/** The native menu: the system's own roles, and opening. Everything of the app itself is in the page's menus. */
export function setMenu(openPaths: OpenPaths): void {
  const open = (pick: typeof pickFolder) => async () => {
    const paths = await pick(BrowserWindow.getFocusedWindow())
    if (paths.length > 0) openPaths.open(paths)
  }
  const template: MenuItemConstructorOptions[] = [
    { label: '&File', submenu: fileMenu(open(pickFolder), open(pickFiles)) },
    { role: 'editMenu' },
    { label: '&View', submenu: viewMenu() },
    { role: 'windowMenu' },
  ]
  if (isMac) template.unshift({ role: 'appMenu' })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

const isMac = process.platform === 'darwin'

function fileMenu(openFolder: () => void, openFiles: () => void): MenuItemConstructorOptions[] {
  const recent: MenuItemConstructorOptions[] = [
    { role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] },
  ]
  return [
    {
      id: 'open-folder',
      label: 'Open &Folder…',
      accelerator: 'CmdOrCtrl+O',
      click: openFolder,
    },
    {
      id: 'open-files',
      label: 'Open F&iles…',
      accelerator: 'CmdOrCtrl+Shift+O',
      click: openFiles,
    },
    ...(isMac ? recent : []),
    { type: 'separator' },
    { role: isMac ? 'close' : 'quit' },
  ]
}

function viewMenu(): MenuItemConstructorOptions[] {
  const forDevelopers: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ]
  return [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : forDevelopers),
  ]
}
