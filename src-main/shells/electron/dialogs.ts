import { existsSync } from 'node:fs'
import { basename, isAbsolute } from 'node:path'
import { BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron'
import { z } from 'zod'
import { channels } from './channels.ts'
import { isTrusted } from './sender.ts'

const question = z.tuple([
  z.enum(['pickFolder', 'pickFiles', 'saveFile', 'revealFile']),
  z.string().max(4096).default(''),
])

/** Answers the page's few questions to the system, see FieldmarkShell. A stranger's frame is refused. */
export function answerDialogs(): void {
  ipcMain.handle(channels.ask, (event, ...asked: unknown[]) => {
    if (!isTrusted(event)) throw new Error('This frame may not ask the shell.')
    const [verb, argument] = question.parse(asked)
    return answers[verb](event, argument)
  })
}

const answers = {
  async pickFolder(event: IpcMainInvokeEvent) {
    return (await pickFolder(windowOf(event)))[0] ?? null
  },
  pickFiles: (event: IpcMainInvokeEvent) => pickFiles(windowOf(event)),
  async saveFile(event: IpcMainInvokeEvent, defaultName: string) {
    const options = { defaultPath: basename(defaultName) }
    const window = windowOf(event)
    const { filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options))
    return filePath || null
  },
  async revealFile(_event: IpcMainInvokeEvent, path: string) {
    if (isAbsolute(path) && existsSync(path)) shell.showItemInFolder(path)
  },
}

/** @returns one path, or none when the person changed their mind */
export function pickFolder(window: BrowserWindow | null): Promise<string[]> {
  return pick(window, ['openDirectory', 'createDirectory'])
}

export function pickFiles(window: BrowserWindow | null): Promise<string[]> {
  return pick(window, ['openFile', 'multiSelections'])
}

type Property = 'openDirectory' | 'createDirectory' | 'openFile' | 'multiSelections'

async function pick(window: BrowserWindow | null, properties: Property[]): Promise<string[]> {
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, { properties })
    : dialog.showOpenDialog({ properties }))
  return filePaths
}

const windowOf = (event: IpcMainInvokeEvent) => BrowserWindow.fromWebContents(event.sender)
