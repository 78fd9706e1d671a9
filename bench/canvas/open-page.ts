import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { createServer } from 'vite'
import { launchChromium } from '../../e2e/harness/chromium.ts'

/** Serves the bench page and opens it in a headless Chromium that rasterises on the CPU. */
export async function openPage(): Promise<{ page: Page; close(): Promise<void> }> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
    cacheDir: `${root}/node_modules/.vite-canvas-bench`,
    optimizeDeps: { include: ['flatbush'], noDiscovery: true },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('the page server did not start')
  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  page.on('pageerror', (error) => console.error(error))
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()))
  await page.goto(`http://127.0.0.1:${address.port}/bench/canvas/page/index.html`)
  await page.waitForFunction(() => 'bench' in window)
  const close = async () => {
    await browser.close()
    await server.close()
  }
  return { page, close }
}
