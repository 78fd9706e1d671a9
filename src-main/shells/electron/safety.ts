import { app, session } from 'electron'
import { isPage } from './protocol.ts'

/** What the page may ask the system for: copying a text, and the whole screen. */
const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])
/** `devtools:` is the inspector of a development build; the rest is made inside the page. */
const local = /^(app:\/\/fieldmark\/|devtools:|blob:|data:)/

/**
 * The page shows local content only, so anything else is a mistake or an attack: no other site, no new window, no
 * embedded view, no device, and nothing over the network even if the content policy had a hole.
 */
export function refuseEverythingElse(): void {
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission)),
  )
  page.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  page.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !local.test(url) }))
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-navigate', (event) => {
      if (!isPage(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
