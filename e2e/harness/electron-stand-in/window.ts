import { EventEmitter } from 'node:events'
import type { Page } from 'playwright-core'
import { app } from './app.ts'
import { browser } from './browser.ts'
import { preloadScript } from './preload.ts'
import { record } from './record.ts'
import { WebContents } from './web-contents.ts'

interface Options {
  readonly width?: number
  readonly height?: number
  readonly webPreferences?: { readonly preload?: string }
}

/** A window that is a headless page. */
export class BrowserWindow extends EventEmitter {
  readonly options: Options
  readonly webContents = new WebContents()
  /** The real page, for tests. Resolves when it may be loaded. */
  readonly page: Promise<Page>
  #shown = false
  #maximized = false

  constructor(options: Options = {}) {
    super()
    this.options = options
    record.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.page = this.#createPage()
  }

  static getAllWindows(): BrowserWindow[] {
    return record.windows
  }

  static getFocusedWindow(): BrowserWindow | null {
    return record.windows[0] ?? null
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return record.windows.find((window) => window.webContents === contents) ?? null
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page
    await this.webContents.load(page, url)
    this.emit('ready-to-show')
    app.emit('stand-in-loaded')
  }

  show(): void {
    this.#shown = true
  }

  isVisible = () => this.#shown
  isMinimized = () => false
  restore(): void {}
  focus(): void {}
  maximize(): void {
    this.#maximized = true
  }
  isMaximized = () => this.#maximized
  getNormalBounds() {
    return { x: 0, y: 0, width: this.options.width ?? 800, height: this.options.height ?? 600 }
  }

  async close(): Promise<void> {
    this.emit('close', { preventDefault() {} })
    record.windows.splice(record.windows.indexOf(this), 1)
    const page = await this.page
    await page.close()
    this.emit('closed')
    if (record.windows.length === 0) app.emit('window-all-closed')
  }

  async #createPage(): Promise<Page> {
    const { width = 800, height = 600, webPreferences } = this.options
    const context = await (await browser()).newContext({ viewport: { width, height } })
    const page = await context.newPage()
    await this.webContents.attach(page)
    if (webPreferences?.preload) {
      await page.addInitScript({ content: preloadScript(webPreferences.preload) })
    }
    return page
  }
}
