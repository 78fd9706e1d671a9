import type { Connection } from './connect.ts'
import { desktopShell, runDesktop } from './desktop-shell.ts'
import { EXIT } from './failure.ts'
import type { Session } from './session.ts'

/** Where in the app to begin, found (or made) with a client: a route such as `/tasks/3/annotate`. */
export interface Beginning {
  readonly route: string
  readonly taskId: number | null
}

export interface Showing {
  begin(connection: Connection): Promise<Beginning>
  /** Paths the desktop app opens; asked before it starts, while this process may still be the one that owns the data. */
  desktopPaths(session: Session): Promise<readonly string[]>
}

/**
 * Show the app: in the instance that already runs, else in a window of its own, else in the browser.
 * @returns the exit status, once the window or the server is closed
 */
export async function showApp(session: Session, showing: Showing): Promise<number> {
  const desktop = desktopShell()
  if (desktop.found) {
    return runDesktop(desktop.binary, session.dataDir, await showing.desktopPaths(session))
  }
  session.out.note(`${desktop.why} Opening in the browser instead.`)
  return session.withCore(async (connection) => {
    const { openBrowser } = await import('#main/shells/web/open-browser.ts')
    const { url, close } = await pageOf(connection, {})
    const beginning = await showing.begin(connection)
    const page = withRoute(url, beginning.route)
    const { taskId } = beginning
    session.out.result({ url: page, taskId }, () => page)
    await openBrowser(page, browserOptions(session))
    if (connection.attachedUrl === null) await untilInterrupted(session.signal)
    await close()
    return EXIT.done
  })
}

/** The browser's profile lives in the data directory; what it says is a remark. */
export function browserOptions({ dataDir, out }: Session) {
  return { dataDir, tell: (line: string) => out.note(line) }
}

/** The page's address: of the instance we attached to, or of a server made now. */
export async function pageOf(
  { attachedUrl, core }: Connection,
  at: { host?: string; port?: number },
): Promise<{ url: string; close(): Promise<void> }> {
  if (core === null) return { url: attachedUrl ?? '', close: async () => {} }
  const { serveWeb } = await import('#main/shells/web/serve-web.ts')
  return serveWeb(core, at)
}

/** The same address, token and all, at another place of the app. */
export function withRoute(url: string, route: string): string {
  const page = new URL(url)
  page.pathname = route
  return page.href
}

/** Ctrl+C is how a server is closed, so it is no failure. */
export function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
