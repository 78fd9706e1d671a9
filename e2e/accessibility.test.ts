/** What axe finds on the pages people work on, in both colour schemes, and what one hears and reaches without a mouse. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { chromiumPath, launchChromium, newContext } from './harness/chromium.ts'
import { makeSample } from './harness/sample.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'
import { tinyYolo } from './harness/tiny-models.ts'
import { within } from './harness/within.ts'

// Axe looks through a page in a second or more, and some tests have eight of them.
vi.setConfig({ testTimeout: 120_000 })

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

describe.skipIf(chromiumPath === null)('pages for everybody', () => {
  let browser: Browser
  let dataDir: string
  let app: ServedApp
  let taskId: number

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-a11y-'))
    browser = await launchChromium()
    app = await serveApp(dataDir)
    const page = await openPage('light')
    taskId = await makeSample(page)
    await page.close()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
    test('the start page, tasks, a task, projects and requests have no serious fault', async () => {
      const page = await openPage(scheme)
      for (const path of ['/', '/tasks', `/tasks/${taskId}`, '/projects', '/requests']) {
        await page.goto(new URL(path, app.url).href)
        await page.waitForLoadState('networkidle')
        expect(await faults(page), path).toEqual([])
      }
      await page.close()
    })

    test('every page of the settings, and the sheet of keys', async () => {
      const page = await openPage(scheme)
      await page.keyboard.press('F2')
      await page.getByRole('tab', { name: 'Keyboard' }).waitFor()
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click()
        await page.waitForLoadState('networkidle')
        expect(await faults(page), (await tab.textContent()) ?? '').toEqual([])
      }
      await page.keyboard.press('Escape')
      await page.keyboard.press('F1')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      await page.getByRole('dialog', { name: 'Settings' }).waitFor({ state: 'hidden' })
      expect(await faults(page)).toEqual([])
      await page.close()
    })

    test('dialogs of export, import and files in step', async () => {
      const page = await openPage(scheme)
      const dialog = page.getByRole('dialog')
      await page.goto(new URL(`/tasks/${taskId}`, app.url).href)
      await page.getByRole('button', { name: /^Actions for/ }).waitFor()
      await page.keyboard.press('Control+e')
      await dialog.getByRole('searchbox').fill('yolo 1.1')
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: 'More options' }).click()
      await dialog.getByText('What YOLO 1.1 cannot hold').waitFor()
      expect(await faults(page), 'export').toEqual([])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      const file = join(dataDir, 'elsewhere.xml')
      const shape = '<box label="cup" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"/>'
      const images = ['desk_0001.jpg', 'a.jpg', 'b.jpg'].map(
        (name) => `<image name="${name}">${shape}</image>`,
      )
      await writeFile(file, `<annotations>${images.join('')}</annotations>`)
      await page.keyboard.press('Control+i')
      await dialog.getByRole('textbox', { name: 'File' }).fill(file)
      expect(await faults(page), 'import').toEqual([])
      await page.keyboard.press('Enter')
      await dialog.getByText('2 items of the file have no frame').waitFor()
      expect(await faults(page), 'preview').toEqual([])
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: /^Actions for/ }).click()
      await page.getByRole('menuitem', { name: 'Keep files in step' }).click()
      await dialog.getByText('labelme JSON', { exact: true }).waitFor()
      expect(await faults(page), 'files in step').toEqual([])
      await page.close()
    })

    test('every tab of the Models page, a row unfolded, and its dialogs', {
      timeout: 90_000,
    }, async () => {
      const page = await openPage(scheme)
      await page.goto(new URL('/models', app.url).href)
      const row = page.locator('main li').filter({ hasText: 'Desk detector' })
      await row.getByRole('button').click()
      await row.getByText('Model card').click()
      for (const tab of ['On hand', 'Catalogue', 'Connections', 'This machine']) {
        await page
          .getByRole('radiogroup', { name: 'Models' })
          .getByText(tab, { exact: true })
          .click()
        await page.waitForLoadState('networkidle')
        expect(await faults(page), tab).toEqual([])
      }
      await page.getByRole('button', { name: 'Connect Nuclio' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Address' }).waitFor()
      expect(await faults(page), 'connect').toEqual([])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      const path = join(dataDir, 'pets.onnx')
      await writeFile(path, tinyYolo())
      await page.getByRole('button', { name: 'Add model' }).click()
      await page.getByRole('textbox', { name: 'File, folder or address' }).fill(path)
      await page.keyboard.press('Enter')
      await page.getByRole('textbox', { name: 'What are its classes called?' }).fill('cat\ndog')
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByText(/1 object found/).waitFor()
      expect(await faults(page), 'add').toEqual([])
      await page.close()
    })

    test('the annotation screen', async () => {
      const page = await openWorkspace(scheme)
      expect(await faults(page)).toEqual([])
      await page.getByRole('tab', { name: 'Labels' }).click()
      expect(await faults(page)).toEqual([])
      await page.close()
    })

    test('the card of the AI tools, opened by its key, and an object being pointed out', {
      timeout: 90_000,
    }, async () => {
      const page = await openWorkspace(scheme)
      await page.keyboard.press('Alt+w')
      for (const tab of ['Detectors', 'Trackers', 'Interactors']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.waitForLoadState('networkidle')
        expect(await faults(page), tab).toEqual([])
      }
      await page.keyboard.press('Escape')
      await page.keyboard.press('w')
      await page.getByRole('toolbar', { name: 'Tools of the object' }).waitFor()
      expect(await faults(page), 'pointing').toEqual([])
      await page.close()
    })
  })

  test('what happens on the canvas is said', async () => {
    const page = await openWorkspace('light')
    const heard = page.locator('.fm-only-heard')
    await page.keyboard.press('f')
    await expect.poll(() => heard.textContent()).toMatch(/^Frame 1 of 11, \d+ items?/)
    await page.keyboard.press('n')
    await page.mouse.move(300, 200)
    await page.mouse.down()
    await page.mouse.move(420, 300, { steps: 3 })
    await page.mouse.up()
    await expect.poll(() => heard.textContent()).toMatch(/^Draw rectangle/)
    await page.keyboard.press('Control+z')
    await expect.poll(() => heard.textContent()).toMatch(/^Undone: Draw rectangle/)
    await page.close()
  })

  test('the first Tab offers to skip the side bar, and it does', async () => {
    const page = await openPage('light')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Skip to the page')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    expect(await page.locator('#page :focus').count()).toBe(1)
    await page.close()
  })

  async function openPage(colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await newContext(browser, {
      colorScheme,
      locale: 'en',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(app.url)
    await page.getByText('Fieldmark').first().waitFor()
    return page
  }

  async function openWorkspace(colorScheme: 'light' | 'dark'): Promise<Page> {
    const page = await openPage(colorScheme)
    await page.goto(new URL(`/tasks/${taskId}/annotate`, app.url).href)
    await page.getByText(/^\d+ items?$/).waitFor()
    return page
  }
})

/** Serious and critical findings, as text that names the rule and the element. */
async function faults(page: Page): Promise<string[]> {
  // The page's policy lets no script in; the test's own world is not the page's.
  await page.evaluate(axeSource)
  const found = await within('axe to look through the page', page.evaluate('axe.run()'))
  const { violations } = found as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    )
}

const focused = (page: Page) => page.locator(':focus').textContent()
