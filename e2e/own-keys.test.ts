/** Keys as a person changes them, and the languages: a real Chromium, the settings dialog, and the keys that then work. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, newContext } from './harness/chromium.ts'
import { makeSample } from './harness/sample.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

describe.skipIf(chromiumPath === null)('own keys', () => {
  let browser: Browser
  let dataDir: string
  let app: ServedApp
  let page: Page

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-keys-'))
    browser = await launchChromium()
    app = await serveApp(dataDir)
    const context = await newContext(browser, { locale: 'en', acceptDownloads: true })
    page = await context.newPage()
    await page.goto(app.url)
    const id = await makeSample(page)
    await page.goto(new URL(`/tasks/${id}/annotate`, app.url).href)
    await page.getByText(/^\d+ items?$/).waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('a chord is recorded and works at once', async () => {
    await openKeys(page)
    await page.getByRole('button', { name: 'Add a key to “Next frame”' }).click()
    await page.keyboard.down('x')
    await page.keyboard.press('j')
    await page.keyboard.up('x')
    await row(page, 'Next frame').getByRole('button', { name: 'Take X+J away' }).waitFor()
    await closeDialog(page)
    await page.keyboard.down('x')
    await page.keyboard.press('j')
    await page.keyboard.up('x')
    await expect.poll(() => frameShown(page)).toBe('1')
  })

  test('Escape while recording changes nothing, and leaves the dialog open', async () => {
    await openKeys(page)
    await page.getByRole('button', { name: 'Add a key to “Next frame”' }).click()
    await page.getByText('Press the keys…').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Press the keys…').waitFor({ state: 'hidden' })
    expect(await row(page, 'Next frame').getByRole('button', { name: /away/ }).count()).toBe(2)
    await closeDialog(page)
  })

  test('a key that is taken says by whom, and moves when asked', async () => {
    await openKeys(page)
    await page.getByRole('button', { name: 'Add a key to “Next frame”' }).click()
    await page.keyboard.press('d')
    await page.getByRole('alertdialog', { name: /D is “Previous frame” already/ }).waitFor()
    await page.getByRole('button', { name: 'Move it here' }).click()
    await closeDialog(page)
    const before = Number(await frameShown(page))
    await page.keyboard.press('d')
    await expect.poll(() => frameShown(page)).toBe(String(before + 1))
  })

  test('a preset asks about own keys; without them D and A step as in labelImg, and W draws', async () => {
    await openKeys(page)
    await page.getByRole('combobox', { name: 'Keys as in' }).click()
    await page.getByRole('option', { name: 'labelImg' }).click()
    await page.getByRole('button', { name: 'Forget mine' }).click()
    await closeDialog(page)
    const before = Number(await frameShown(page))
    await page.keyboard.press('a')
    await expect.poll(() => frameShown(page)).toBe(String(before - 1))
    await page.keyboard.press('w')
    await page.getByText('Drag, or click two corners. Escape cancels.').waitFor()
    await page.keyboard.press('Escape')
  })

  test('keys go out and come in as a file; a wrong one is refused by the entry', async () => {
    await openKeys(page)
    const download = page.waitForEvent('download')
    await chooseFromMenu(page, 'Export keys')
    const text = await readFile(await (await download).path(), 'utf8')
    expect(JSON.parse(text)).toEqual({ fieldmarkKeys: 1, preset: 'labelimg', keys: {} })
    await importFile(page, join(dataDir, 'bad.json'), {
      fieldmarkKeys: 1,
      keys: { 'player.next': ['Hyper+X'] },
    })
    await page.getByText('player.next: "Hyper+X" is no key that can be pressed.').waitFor()
    await importFile(page, join(dataDir, 'good.json'), {
      fieldmarkKeys: 1,
      preset: 'cvat',
      keys: { 'player.next': ['Shift+Right'] },
    })
    await row(page, 'Next frame').getByRole('button', { name: 'Take Shift+→ away' }).waitFor()
    await chooseFromMenu(page, 'Reset all keys')
    await page.getByRole('button', { name: 'Reset all keys' }).click()
    await row(page, 'Next frame').getByRole('button', { name: 'Take F away' }).waitFor()
    await closeDialog(page)
  })

  test('another language is there at once, and after a reload', async () => {
    await page.keyboard.press('F2')
    await page.getByRole('tab', { name: 'Appearance' }).click()
    await page.getByRole('combobox', { name: /^Language/ }).click()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await page.getByRole('tab', { name: 'Darstellung' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.reload()
    await page.getByRole('tab', { name: 'Objekte' }).waitFor()
  })
})

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press('F2')
  await page.getByRole('tab', { name: 'Keyboard' }).click()
  await page.getByRole('combobox', { name: 'Keys as in' }).waitFor()
}

async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.mouse.move(1000, 840)
}

const row = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) })

async function chooseFromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'All keys: export, import, reset' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function importFile(page: Page, path: string, content: unknown): Promise<void> {
  await writeFile(path, JSON.stringify(content))
  const chooser = page.waitForEvent('filechooser')
  await chooseFromMenu(page, 'Import keys')
  await (await chooser).setFiles(path)
}

const frameShown = (page: Page) => page.getByTestId('canvas').getAttribute('data-frame')
