import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'

export interface Memory {
  /** JavaScript's own heap after a collection, MB. */
  readonly heap: number
  /** The largest renderer process as the system sees it, pictures included, MB. */
  readonly resident: number
}

export async function memoryOf(browser: Browser, page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return { heap: usedSize / 2 ** 20, resident: await largestRenderer(browser) }
}

async function largestRenderer(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const renderers = processInfo.filter(({ type }) => type === 'renderer')
  return Math.max(...(await Promise.all(renderers.map(({ id }) => residentOf(id)))))
}

/** NaN where the system has no /proc. */
async function residentOf(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}
