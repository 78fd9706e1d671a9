import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import type { FieldmarkShell } from '#shared/contract/shell.ts'
import { channels } from './channels.ts'

const ask = (verb: string, argument?: string) => ipcRenderer.invoke(channels.ask, verb, argument)

const shell: FieldmarkShell = {
  kind: 'desktop',
  pickFolder: () => ask('pickFolder'),
  pickFiles: () => ask('pickFiles'),
  saveFile: (defaultName) => ask('saveFile', defaultName),
  revealFile: (path) => ask('revealFile', path),
  pathForFile: (file) =>
    webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  onOpenPaths(listener) {
    const heard = (_event: IpcRendererEvent, paths: string[]) => listener(paths)
    ipcRenderer.on(channels.openPaths, heard)
    ipcRenderer.send(channels.listening)
    return () => ipcRenderer.off(channels.openPaths, heard)
  },
}

contextBridge.exposeInMainWorld('fieldmarkShell', shell)
