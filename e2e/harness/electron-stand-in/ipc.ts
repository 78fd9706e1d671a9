import { EventEmitter } from 'node:events'

export interface Sender {
  readonly sender: unknown
  readonly senderFrame: { readonly url: string; readonly parent: null | object }
}

type Handler = (event: Sender, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** What `ipcRenderer.invoke` of a page comes to. Only a message crosses back, as in Electron. */
  async ask(event: Sender, channel: string, args: unknown[]) {
    const handler = this.#handlers.get(channel)
    if (!handler) return { error: `No handler registered for '${channel}'` }
    try {
      return { value: await handler(event, ...args) }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }
}

export const ipcMain = new IpcMain()
