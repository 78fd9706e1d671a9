import { EventEmitter } from 'node:events'
import type { Frame, Page, Route } from 'playwright-core'
import { ipcMain } from './ipc.ts'
import { record } from './record.ts'
import { answerRequest } from './requests.ts'
import { toAppUrl, toPageUrl } from './scheme.ts'

type OpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' }

/** The page of a window: navigation, requests and IPC pass through here. */
export class WebContents extends EventEmitter {
  #page: Page | null = null
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #loading: string | null = null

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  isDestroyed(): boolean {
    return this.#page?.isClosed() ?? true
  }

  getURL(): string {
    return toAppUrl(this.#page?.url() ?? '')
  }

  send(channel: string, ...args: unknown[]): void {
    // Plain text: a function would be compiled by whatever runs the tests, with helpers the page does not have.
    const call = `globalThis.__standInDeliver(${JSON.stringify(channel)}, ${JSON.stringify(args)})`
    this.#page?.evaluate(call).catch(() => {
      // The page went away in between: so did its listener.
    })
  }

  async attach(page: Page): Promise<void> {
    this.#page = page
    await page.exposeBinding('__standInAsk', ({ frame }, channel, args) =>
      ipcMain.ask(this.#senderOf(frame), channel, args),
    )
    await page.exposeBinding('__standInTell', ({ frame }, channel, args) => {
      ipcMain.emit(channel, this.#senderOf(frame), ...args)
    })
    await page.route('**/*', (route) => this.#route(page, route))
    page.on('popup', (popup) => this.#popup(popup))
  }

  async load(page: Page, url: string): Promise<void> {
    this.#loading = toPageUrl(url)
    await page.goto(this.#loading)
  }

  #senderOf(frame: Frame) {
    const parent = frame.parentFrame()
    return { sender: this, senderFrame: { url: toAppUrl(frame.url()), parent } }
  }

  /** A navigation the page began by itself is asked about first; `loadURL` is not. */
  async #route(page: Page, route: Route): Promise<void> {
    const request = route.request()
    const isNavigation = request.isNavigationRequest() && request.frame() === page.mainFrame()
    const isOurs = request.url() === this.#loading
    if (isNavigation) this.#loading = null
    if (isNavigation && !isOurs && this.#isRefused(toAppUrl(request.url())))
      return route.abort('aborted')
    return answerRequest(route)
  }

  #isRefused(url: string): boolean {
    let prevented = false
    const preventDefault = () => {
      prevented = true
    }
    this.emit('will-navigate', { url, preventDefault })
    if (prevented) record.refusedNavigations.push(url)
    return prevented
  }

  #popup(popup: Page): void {
    const url = toAppUrl(popup.url())
    if (this.#openHandler({ url }).action !== 'deny') return
    record.deniedWindows.push(url)
    void popup.close()
  }
}
