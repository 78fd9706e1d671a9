import { protocol } from 'electron'
import type { App } from '#main/http/app.ts'

/** The page's origin. A real origin (unlike file://) gives it storage, workers and a strict policy of its own. */
export const PAGE_ORIGIN = 'app://fieldmark'

/** Must run before Electron is ready. */
export function registerScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  }
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
}

/** Every request of the page goes to the one handler. No token: nobody else can reach this scheme. */
export function serveScheme(app: App): void {
  protocol.handle('app', (request) => {
    if (new URL(request.url).host === 'fieldmark') return app.fetch(request)
    return new Response('There is nothing at this address.', { status: 404 })
  })
}

/** Whether a frame or a navigation is our own page. */
export function isPage(url: string): boolean {
  return url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`)
}
