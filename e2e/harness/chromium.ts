import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const CANDIDATES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Flags a closed network and a machine without a GPU need. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The Chromium of this machine, or null: then tests of the page skip themselves and say so. */
export const chromiumPath: string | null =
  CANDIDATES.find((path): path is string => path !== undefined && existsSync(path)) ?? null

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? '', args: FLAGS })
}

/** Less than a test may take: a wait in vain says what it waited for before the test is over. */
const WAIT_MS = 20_000
/** A cold machine builds and reads from its disk what the first page is made of. */
const FIRST_PAGE_MS = 60_000

/** A session of its own, 1440 x 900 unless told otherwise, whose every wait ends in time to be told. */
export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(WAIT_MS)
  context.setDefaultNavigationTimeout(FIRST_PAGE_MS)
  return context
}

/** A page of its own session, 1440 x 900, on which an error that nobody catches fails the test; waits until the app is there. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await newContext(browser)
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(url)
  await page.getByText('Fieldmark').first().waitFor({ timeout: FIRST_PAGE_MS })
  return page
}
