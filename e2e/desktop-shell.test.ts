import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { describeHttpContract } from '#main/http/contract.case.ts'
import { createFakeCore, type FakeCore } from '#main/http/fake-core.ts'
import { build } from '../scripts/build.js'
import { chromiumPath } from './harness/chromium.ts'
import { app, record } from './harness/electron-stand-in/index.ts'
import { guards } from './harness/electron-stand-in/requests.ts'

vi.mock('electron', () => import('./harness/electron-stand-in/index.ts'))

const root = join(import.meta.dirname, '..')
const rendererFiles: Record<string, string> = {
  'index.html': '<!doctype html><title>Fieldmark</title><script src="/page.js"></script>',
  'page.js':
    'window.opened = []; fieldmarkShell.onOpenPaths((paths) => window.opened.push(...paths))',
}

let started: Promise<{ core: FakeCore; page: Page }> | undefined

/** The desktop shell, once for this file: a process has one `app`. */
function desktop() {
  started ??= start()
  return started
}

async function start() {
  await build({ names: ['preload'] })
  const core = await createFakeCore()
  const rendererDir = await mkdtemp(join(tmpdir(), 'fieldmark-page-'))
  for (const [name, text] of Object.entries(rendererFiles)) {
    await writeFile(join(rendererDir, name), text)
  }
  process.argv = ['electron', root, '--data-dir', core.dataDir, '/photos/street']
  const { runDesktop } = await import('#main/shells/electron/desktop.ts')
  runDesktop(async () => core, { rendererDir, log: { error: () => {} } })
  await vi.waitFor(() => expect(record.windows).toHaveLength(1), { timeout: 20_000 })
  const page = await record.windows[0]?.page
  if (!page) throw new Error('the window has no page')
  await page.waitForFunction('document.title === "Fieldmark" && "opened" in window')
  return { core, page }
}

// Without a Chromium there is nothing to play the windows; `npm test` says how to get one.
describe.skipIf(chromiumPath === null)('the desktop shell, in the stand-in for Electron', () => {
  let core: FakeCore
  let page: Page
  beforeAll(async () => {
    const running = await desktop()
    core = running.core
    page = running.page
  }, 60_000)

  test('shows the page from the handler, on a secure scheme of its own', async () => {
    expect(record.windows[0]?.webContents.getURL()).toBe('app://fieldmark/')
    expect(record.privileges).toMatchObject({ app: { standard: true, secure: true, stream: true } })
    expect(await page.evaluate('fetch("/api/app").then((r) => r.json())')).toMatchObject({
      version: '0.0.0-fake',
    })
  })

  test('keeps the page in a sandbox without Node', async () => {
    expect(record.windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
    expect(await page.evaluate('[typeof process, typeof require]')).toEqual([
      'undefined',
      'undefined',
    ])
  })

  test('refuses to navigate away', async () => {
    await page.evaluate('void (location.href = "https://example.org/")')
    await expect.poll(() => record.refusedNavigations).toContain('https://example.org/')
    // While the refusal is on its way, playwright names the page by where it wanted to go.
    await expect.poll(() => page.title()).toBe('Fieldmark')
  })

  test('refuses new windows', async () => {
    await page.evaluate('void window.open("/second")')
    await expect.poll(() => record.deniedWindows.length).toBe(1)
    expect(record.windows).toHaveLength(1)
  })

  test('refuses devices, and lets texts be copied', () => {
    const asked = (permission: string) => {
      let allowed: boolean | undefined
      record.permissionRequest?.(null, permission, (answer) => {
        allowed = answer
      })
      return allowed
    }
    expect(['media', 'geolocation', 'notifications', 'clipboard-read'].map(asked)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(asked('clipboard-sanitized-write')).toBe(true)
  })

  test('lets nothing out over the network, even past the content policy', () => {
    const isCancelled = (url: string) => {
      let cancelled: boolean | undefined
      guards.beforeRequest?.({ url }, (answer) => {
        cancelled = answer.cancel
      })
      return cancelled
    }
    expect(isCancelled('https://example.org/pixel.png')).toBe(true)
    expect(isCancelled('file:///etc/passwd')).toBe(true)
    expect(isCancelled('app://fieldmark/frames/1/0')).toBe(false)
  })

  test('opens what the command line named, once the page listens', async () => {
    await expect.poll(() => page.evaluate('window.opened')).toEqual(['/photos/street'])
  })

  test('has a menu that opens a folder in the page', async () => {
    record.dialogAnswers.push(['/photos/more'])
    await record.menu?.getMenuItemById('open-folder')?.click?.()
    await expect.poll(() => page.evaluate('window.opened')).toContain('/photos/more')
    expect(record.recentDocuments).toContain('/photos/more')
    const roles = record.menu?.items.map((item) => item.role)
    expect(roles).toEqual(expect.arrayContaining(['editMenu', 'windowMenu']))
  })

  test("answers the page's questions to the system", async () => {
    record.dialogAnswers.push(['/a'], ['/b', '/c'], ['/d.zip'])
    expect(await page.evaluate('fieldmarkShell.pickFolder()')).toBe('/a')
    expect(await page.evaluate('fieldmarkShell.pickFiles()')).toEqual(['/b', '/c'])
    expect(await page.evaluate('fieldmarkShell.saveFile("../street.zip")')).toBe('/d.zip')
    expect(record.dialogs.at(-1)?.options).toEqual({ defaultPath: 'street.zip' })
    expect(await page.evaluate('fieldmarkShell.pickFolder()')).toBeNull()
    await page.evaluate(`fieldmarkShell.revealFile(${JSON.stringify(core.dataDir)})`)
    expect(record.revealed).toEqual([core.dataDir])
  })

  test('does not answer a frame inside the page', async () => {
    await page.evaluate(
      'void document.body.append(Object.assign(document.createElement("iframe"), { src: "about:blank" }))',
    )
    const frame = page.frames().find((one) => one !== page.mainFrame())
    const asked = '__standInAsk("fieldmark:ask", ["pickFolder"])'
    expect(await frame?.evaluate(asked)).toEqual({ error: 'This frame may not ask the shell.' })
  })

  test('opens what a second start hands over', async () => {
    app.emit('second-instance', {}, [], '/', { paths: ['/photos/second'] })
    await expect.poll(() => page.evaluate('window.opened')).toContain('/photos/second')
  })
})

describe.skipIf(chromiumPath === null)('one contract, through the desktop entry', () => {
  describeHttpContract('in a window of the desktop shell', async () => {
    const { core, page } = await desktop()
    // The stand-in gathers bodies whole, so the event stream is not seen flowing here (harness README).
    return { core, streams: false, fetch: fetchIn(page), close: async () => {} }
  })
})

/** The page's own fetch, its answer carried over as bytes. */
function fetchIn(page: Page) {
  return async (path: string, init: RequestInit = {}): Promise<Response> => {
    const { method = 'GET', body = null } = init
    const headers = Object.fromEntries(new Headers(init.headers))
    const options = JSON.stringify({ method, headers, body, cache: 'no-store' })
    const answer = (await page.evaluate(`(async () => {
      const answer = await fetch(${JSON.stringify(path)}, ${options})
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return { status: answer.status, headers: [...answer.headers], bytes: [...bytes] }
    })()`)) as { status: number; headers: [string, string][]; bytes: number[] }
    const hasBody = ![204, 304].includes(answer.status)
    return new Response(hasBody ? Uint8Array.from(answer.bytes) : null, answer)
  }
}

afterAll(async () => {
  if (!started) return
  const { core } = await started
  await record.windows[0]?.close()
  await vi.waitFor(() => expect(record.exitCode).toBe(0))
  // Closing the window closed the app in order, and the place of the window was kept.
  expect(JSON.parse(await readFile(join(core.dataDir, 'window.json'), 'utf8'))).toMatchObject({
    width: 1440,
  })
  await rm(core.dataDir, { recursive: true, force: true })
})
