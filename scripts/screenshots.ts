/** `npm run screenshots`: takes the pictures of the documents from the running app, so that they stay true. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../e2e/harness/chromium.ts'
import { makeSample } from '../e2e/harness/sample.ts'
import { serveApp } from '../e2e/harness/served-app.ts'

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url))
/** A frame of the sample with shapes of every kind and some air between them. */
const FRAME = 7

const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-screenshots-'))
const app = await serveApp(dataDir)
const browser = await launchChromium()
for (const scheme of ['dark', 'light'] as const) {
  const page = await openPage(browser, scheme)
  const taskId = await makeSample(page)
  await showWorkspace(page, taskId)
  await page.screenshot({ path: join(IMAGES, `workspace-${scheme}.png`) })
  await showTimeline(page)
  await page.screenshot({ path: join(IMAGES, `timeline-${scheme}.png`) })
  await showPointing(page, taskId)
  await page.screenshot({ path: join(IMAGES, `pointing-${scheme}.png`) })
  await showModels(page)
  await page.screenshot({ path: join(IMAGES, `models-${scheme}.png`) })
  await page.goto(app.url)
  await page.getByText('Desk sample').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(IMAGES, `start-${scheme}.png`) })
}
await browser.close()
await app.stop()
await rm(dataDir, { recursive: true, force: true })

async function openPage(from: Browser, colorScheme: 'dark' | 'light'): Promise<Page> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 }, colorScheme })
  const page = await context.newPage()
  await page.goto(app.url)
  return page
}

async function showWorkspace(page: Page, taskId: number): Promise<void> {
  await page.goto(new URL(`/tasks/${taskId}/annotate`, app.url).href)
  await page.getByTestId('canvas').waitFor()
  await page.getByText('Always', { exact: true }).click()
  for (let at = 0; at < FRAME; at += 1) await page.keyboard.press('f')
  await page.locator(`[data-testid=canvas][data-frame="${FRAME}"]`).waitFor()
  await page.mouse.move(585, 640)
  await page.mouse.move(745, 655, { steps: 4 })
  await page.waitForLoadState('networkidle')
}

/** The sample's video with its tracks, some way in. */
async function showTimeline(page: Page): Promise<void> {
  const taskId = await page.evaluate(async () => {
    const response = await fetch('/api/tasks')
    const tasks = (await response.json()) as { id: number; mode: string; objectCount: number }[]
    return tasks.find(({ mode, objectCount }) => mode === 'interpolation' && objectCount > 0)?.id
  })
  await page.goto(new URL(`/tasks/${taskId}/annotate`, app.url).href)
  await page.locator('[data-testid=canvas][data-settled=true]').waitFor()
  await page.keyboard.press('`')
  await page.keyboard.type('80')
  await page.keyboard.press('Enter')
  await page.locator('[data-testid=canvas][data-frame="80"]').waitFor()
  await page.mouse.move(585, 760)
  await page.waitForLoadState('networkidle')
}

/** The magic wand on an object nobody has marked yet. */
async function showPointing(page: Page, taskId: number): Promise<void> {
  await page.goto(new URL(`/tasks/${taskId}/annotate`, app.url).href)
  await page.locator('[data-testid=canvas][data-settled=true]').waitFor()
  await page.keyboard.press('w')
  await page.getByText('Desk click-to-mask').first().waitFor()
  await page.locator('select', { hasText: 'triangle' }).first().selectOption({ label: 'triangle' })
  await page.mouse.click(655, 290)
  await page.getByText(/score 0/).waitFor()
  await page.waitForLoadState('networkidle')
}

async function showModels(page: Page): Promise<void> {
  await page.goto(new URL('/models', app.url).href)
  await page.getByText('Desk detector').first().click()
  await page.waitForLoadState('networkidle')
  await page.mouse.move(900, 20)
}
