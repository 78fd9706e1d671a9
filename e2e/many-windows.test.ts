/** Many windows of one browser: HTTP/1.1 allows six connections, so they have to share the one that is held open. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, newContext } from './harness/chromium.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

const WINDOWS = 8

// Without a Chromium nothing of a page can be driven; `npm test` installs one where it may and says when it cannot.
describe.skipIf(chromiumPath === null)('windows of one browser', () => {
  let browser: Browser
  let context: BrowserContext
  let dataDir: string
  let app: ServedApp

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-windows-'))
    browser = await launchChromium()
    app = await serveApp(dataDir)
    context = await newContext(browser, { viewport: { width: 1024, height: 700 } })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('all hear what one of them does, also when the one that listened is closed', async () => {
    const pages = []
    for (let at = 0; at < WINDOWS; at += 1) {
      const page = await context.newPage()
      await page.goto(at === 0 ? app.url : new URL('/projects', app.url).href)
      await page.getByText('Fieldmark').first().waitFor()
      pages.push(page)
    }
    const create = (name: string) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, labels: [] }),
    })
    const [first, ...others] = pages
    const last = others.at(-1)
    if (!first || !last) throw new Error('no windows')
    await last.evaluate((init) => fetch('/api/projects', init), create('Harbour'))
    for (const page of pages) await page.getByText('Harbour').first().waitFor()
    await first.close()
    await last.evaluate((init) => fetch('/api/projects', init), create('Meadow'))
    for (const page of others) await page.getByText('Meadow').first().waitFor()
    expect(others).toHaveLength(WINDOWS - 1)
  })
})
