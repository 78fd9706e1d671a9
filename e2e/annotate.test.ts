/** The app as a person uses it: a real Chromium over the web shell, mouse and keys, and the plug pulled in between. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, openPage } from './harness/chromium.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

const IMAGES = fileURLToPath(new URL('../resources/sample/images', import.meta.url))
const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

// Without a Chromium nothing of a page can be driven; `npm test` installs one where it may and says when it cannot.
describe.skipIf(chromiumPath === null)('a person at the keyboard', () => {
  let browser: Browser
  let dataDir: string
  let app: ServedApp
  let page: Page

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-'))
    browser = await launchChromium()
    app = await serveApp(dataDir)
    page = await openPage(browser, app.url)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('the page is the production build, also when a test runner had it built', async () => {
    const assets = fileURLToPath(new URL('../dist/renderer/assets', import.meta.url))
    const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'))
    const texts = await Promise.all(scripts.map((name) => readFile(join(assets, name), 'utf8')))
    expect(scripts.length).toBeGreaterThan(3)
    expect(texts.filter((text) => text.includes('jsxDEV'))).toEqual([])
  })

  test('opens a folder by its path and is asked for a first label', async () => {
    await page.keyboard.press('Control+o')
    await page.getByRole('dialog', { name: 'Open folder' }).waitFor()
    await page.keyboard.type(IMAGES)
    await page.keyboard.press('Control+Enter')
    await page.waitForURL('**/annotate')
    await page.getByPlaceholder('New label').first().waitFor()
    await page.keyboard.type('disc')
    await page.keyboard.press('Enter')
    await page.getByText('What will you label?').waitFor({ state: 'hidden' })
    expect(await labelCount(page, 1)).toBe(1)
  })

  test('draws, moves, deletes and undoes with keys alone', async () => {
    await page.keyboard.press('Escape')
    await drawRectangle(page, [300, 200], [500, 400])
    await expect.poll(() => objectCount(page)).toBe(1)
    await drawPolygon(page, [
      [600, 300],
      [760, 320],
      [700, 480],
    ])
    await expect.poll(() => objectCount(page)).toBe(2)
    await page.screenshot({ path: join(ARTIFACTS, 'drawn.png') })

    await page.mouse.move(400, 300)
    await page.keyboard.press('Delete')
    await expect.poll(() => objectCount(page)).toBe(1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => objectCount(page)).toBe(2)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => objectCount(page)).toBe(1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => objectCount(page)).toBe(2)
  })

  test('Escape in the middle of a drawing leaves nothing', async () => {
    await page.keyboard.press('n')
    await page.mouse.click(320, 620)
    await page.mouse.move(420, 680)
    await page.keyboard.press('Escape')
    await page.mouse.click(430, 690)
    expect(await objectCount(page)).toBe(2)
  })

  test('steps through frames and copies a shape to the next', async () => {
    await page.mouse.move(400, 300)
    await page.keyboard.press('Control+c')
    await page.keyboard.press('f')
    await expect.poll(() => frameShown(page)).toBe('1')
    await expect.poll(() => objectCount(page)).toBe(0)
    await page.keyboard.press('Control+v')
    await page.mouse.move(500, 500)
    await page.mouse.click(500, 500)
    await expect.poll(() => objectCount(page)).toBe(1)
    await page.keyboard.press('d')
    await expect.poll(() => objectCount(page)).toBe(2)
  })

  test('twenty rectangles in a row, without a menu', async () => {
    await page.keyboard.press('End')
    await expect.poll(() => frameShown(page)).toBe('11')
    for (let i = 0; i < 20; i += 1) {
      const [x, y] = [200 + (i % 5) * 130, 150 + Math.floor(i / 5) * 140]
      await drawRectangle(page, [x, y], [x + 90, y + 90])
    }
    await expect.poll(() => objectCount(page)).toBe(20)
    await saved(page)
  })

  test('kill -9 loses nothing that was drawn', async () => {
    await drawRectangle(page, [850, 640], [900, 700])
    await expect.poll(() => objectCount(page)).toBe(21)
    await saved(page)
    await app.kill()
    app = await serveApp(dataDir)
    const again = await openPage(browser, app.url)
    await again.goto(new URL('/tasks/1/annotate', app.url).href)
    await again.getByTestId('canvas').waitFor()
    await again.keyboard.press('End')
    await expect.poll(() => objectCount(again)).toBe(21)
    await again.keyboard.press('Control+z')
    await expect.poll(() => objectCount(again)).toBe(20)
    await page.close()
    page = again
  })

  test('a page left open goes on by itself when Fieldmark is back', async () => {
    const before = await objectCount(page)
    await app.kill()
    await drawRectangle(page, [200, 700], [260, 760])
    await page.getByText(/^Offline, 1 edit waiting$/).waitFor()
    app = await serveApp(dataDir)
    await saved(page)
    await page.reload()
    await page.getByTestId('canvas').waitFor()
    await page.keyboard.press('End')
    await expect.poll(() => objectCount(page)).toBe(before + 1)
  })

  test('exports with a loss report and names the file', async () => {
    await page.keyboard.press('Control+e')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await dialog.getByRole('button', { name: /^Export/ }).click()
    await dialog.getByText(/\.zip/).first().waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'exported.png') })
  })
})

type Point = readonly [number, number]

async function drawRectangle(page: Page, from: Point, to: Point): Promise<void> {
  await page.keyboard.press('n')
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(...to, { steps: 3 })
  await page.mouse.up()
}

/** Leaves the rectangle tool as the one N repeats. */
async function drawPolygon(page: Page, points: readonly Point[]): Promise<void> {
  await page.getByRole('button', { name: 'Draw a polygon' }).click()
  for (const point of points) await page.mouse.click(...point)
  await page.keyboard.press('n')
  await page.getByRole('button', { name: 'Draw a rectangle' }).click()
  await page.mouse.move(1000, 840)
  await page.keyboard.press('Escape')
}

/** The sidebar's own words: "3 items". */
async function objectCount(page: Page): Promise<number> {
  const text = await page.getByText(/^\d+ items?$/).textContent()
  return Number.parseInt(text ?? '', 10)
}

const frameShown = (page: Page) => page.getByTestId('canvas').getAttribute('data-frame')

async function saved(page: Page): Promise<void> {
  await page.getByText('Saved', { exact: true }).waitFor()
}

async function labelCount(page: Page, taskId: number): Promise<number> {
  return page.evaluate(async (id) => {
    const response = await fetch(`/api/tasks/${id}`)
    return ((await response.json()) as { labels: unknown[] }).labels.length
  }, taskId)
}
