import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { closeBrowser } from './browser.ts'
import { record } from './record.ts'

/** Electron's `app`: its life, from the entry being read to the exit. */
class App extends EventEmitter {
  readonly isPackaged = false
  readonly #paths = new Map<string, string>()
  #isReady = false

  whenReady(): Promise<void> {
    // Not before the entry has been read to its end, as in Electron.
    return new Promise((resolve) =>
      setImmediate(() => {
        this.#isReady = true
        resolve()
      }),
    )
  }

  isReady = () => this.#isReady
  setName(): void {}
  getAppPath = () => join(import.meta.dirname, '../../..')
  requestSingleInstanceLock = () => true
  addRecentDocument(path: string): void {
    record.recentDocuments.push(path)
  }
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`)
    this.#paths.set(name, path)
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? ''
  }

  quit(): void {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    this.emit('before-quit', event)
    this.emit('will-quit', event)
    if (!prevented) this.exit(0)
  }

  exit(code = 0): void {
    record.exitCode = code
    void closeBrowser().then(() => this.emit('stand-in-exited', code))
  }
}

export const app = new App()
// Every window may listen.
app.setMaxListeners(0)
