/** Frames as a person handles them: delete, check, find, look at many at once, and the pictures that came beside them. */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, openPage } from './harness/chromium.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

const IMAGES = fileURLToPath(new URL('../resources/sample/images', import.meta.url))
const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

describe.skipIf(chromiumPath === null)('frames', () => {
  let browser: Browser
  let scratch: string
  let app: ServedApp
  let page: Page

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    scratch = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-frames-'))
    const folder = await mediaWithContext(join(scratch, 'media'))
    browser = await launchChromium()
    app = await serveApp(join(scratch, 'data'))
    page = await openTask(browser, app.url, folder)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(scratch, { recursive: true, force: true })
  })

  test('a deleted frame is passed over, veiled when it is gone to, and undo brings it back', async () => {
    await page.keyboard.press('f')
    await expect.poll(() => shown(page)).toBe('1')
    await page.keyboard.press('Alt+Delete')
    await expect.poll(() => shown(page)).toBe('2')
    await page.keyboard.press('d')
    await expect.poll(() => shown(page)).toBe('0')
    await page.keyboard.press('f')
    await expect.poll(() => shown(page)).toBe('2')
    await goToFrame(page, '1')
    await expect.poll(() => shown(page)).toBe('1')
    await page.getByTestId('deleted-veil').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'frame-deleted.png') })
    await page.keyboard.press('n')
    await page.getByText('Restore it to draw on it').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByTestId('deleted-veil').waitFor({ state: 'hidden' })
    await page.keyboard.press('d')
    await page.keyboard.press('f')
    await expect.poll(() => shown(page)).toBe('1')
  })

  test('what was deleted is so after a reload, and Restore is one click', async () => {
    await page.keyboard.press('Alt+Delete')
    await expect.poll(() => shown(page)).toBe('2')
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.reload()
    await page.getByTestId('canvas').waitFor()
    await goToFrame(page, '1')
    await page
      .getByTestId('deleted-veil')
      .getByRole('button', { name: /Restore/ })
      .click()
    await page.getByTestId('deleted-veil').waitFor({ state: 'hidden' })
  })

  test('a frame is found by a part of its name', async () => {
    await page.keyboard.press('`')
    await page.keyboard.type('0027')
    await page.getByRole('option', { name: /desk_0027/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page)).toBe('11')
  })

  test('the strip follows, and a click on it goes there', async () => {
    await page.keyboard.press('Alt+b')
    const strip = page.getByTestId('frame-strip')
    await strip.getByRole('option', { name: 'Frame 11', selected: true }).waitFor()
    await strip.hover()
    await page.mouse.wheel(0, -5000)
    await strip.getByRole('option', { name: 'Frame 3', exact: true }).click()
    await expect.poll(() => shown(page)).toBe('3')
    await strip.getByRole('option', { name: 'Frame 3', selected: true }).waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'strip.png') })
  })

  test('frames picked in the gallery are checked together, and one undo takes it back', async () => {
    await page.keyboard.press('Control+g')
    const gallery = page.getByTestId('gallery')
    await gallery.getByRole('option', { name: 'Frame 2', exact: true }).click()
    await gallery
      .getByRole('option', { name: 'Frame 5', exact: true })
      .click({ modifiers: ['Shift'] })
    await gallery
      .getByRole('option', { name: 'Frame 9', exact: true })
      .click({ modifiers: ['Control'] })
    await gallery.getByText('5 frames picked').waitFor()
    await gallery.getByRole('button', { name: 'Mark as checked' }).click()
    await gallery.getByRole('button', { name: /^Checked 5/ }).waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'gallery.png') })
    await page.getByRole('button', { name: 'Undo' }).click()
    await gallery.getByRole('button', { name: /^Checked 0/ }).waitFor()
  })

  test('a rubber band picks, a filter shows what is left, a double click goes there', async () => {
    const gallery = page.getByTestId('gallery')
    const [first, last] = await Promise.all(
      ['Frame 0', 'Frame 7'].map((name) =>
        gallery.getByRole('option', { name, exact: true }).boundingBox(),
      ),
    )
    if (!first || !last) throw new Error('no cells')
    await page.mouse.move(first.x + 10, first.y + 10)
    await page.mouse.down()
    await page.mouse.move(last.x + last.width / 2, last.y + last.height / 2, { steps: 5 })
    await page.mouse.up()
    await gallery.getByText(/ frames picked$/).waitFor()
    await gallery.getByRole('button', { name: 'Delete', exact: true }).click()
    await gallery.getByRole('button', { name: /^Deleted [1-9]/ }).click()
    await gallery.getByRole('option', { name: 'Frame 0', exact: true }).waitFor()
    await gallery
      .getByRole('option', { name: 'Frame 11', exact: true })
      .waitFor({ state: 'detached' })
    await gallery.getByRole('button', { name: 'Restore', exact: true }).click()
    await gallery.getByText('No frame is like that').waitFor()
    await gallery.getByRole('button', { name: /^All/ }).click()
    await gallery.getByRole('option', { name: 'Frame 6', exact: true }).dblclick()
    await gallery.waitFor({ state: 'detached' })
    await expect.poll(() => shown(page)).toBe('6')
  })

  test('objects get another label in the gallery, over their frames, in one step', async () => {
    const from = Number(await shown(page))
    for (const [key, to] of [
      ['f', from + 1],
      ['d', from],
    ] as const) {
      await page.keyboard.press('n')
      await page.mouse.move(400, 250)
      await page.mouse.down()
      await page.mouse.move(600, 400, { steps: 3 })
      await page.mouse.up()
      await page.keyboard.press(key)
      await expect.poll(() => shown(page)).toBe(String(to))
    }
    await page.keyboard.press('Control+Shift+g')
    const gallery = page.getByTestId('gallery')
    await gallery.getByText('2 objects').waitFor()
    await gallery.getByRole('listbox').focus()
    await page.keyboard.press('Control+a')
    await gallery.getByText('2 objects picked').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'objects.png') })
    await gallery.getByRole('button', { name: 'Change label' }).click()
    await page.getByRole('menuitem', { name: 'tree' }).click()
    await gallery.getByRole('button', { name: /^tree 2/ }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await gallery.getByRole('button', { name: /^car 2/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await gallery.waitFor({ state: 'detached' })
  })

  test('context images are beside their frame, and the panel hides and comes back', async () => {
    await goToFrame(page, '0')
    const panel = page.getByTestId('context-images')
    await panel.getByText('1 / 2').waitFor()
    await panel.getByTestId('context-image').waitFor()
    await panel.getByRole('button', { name: 'Next context image' }).click()
    await panel.getByText('right.jpg').waitFor()
    await panel.getByRole('button', { name: 'Turn clockwise' }).click()
    await expect
      .poll(() => panel.getByTestId('context-image').getAttribute('style'))
      .toContain('rotate(90deg)')
    await page.screenshot({ path: join(ARTIFACTS, 'context-images.png') })
    await panel.getByRole('button', { name: 'Maximise' }).click()
    const large = page.getByRole('dialog', { name: 'right.jpg' })
    await large.getByTestId('context-image').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'context-maximised.png') })
    await page.keyboard.press('Escape')
    await large.waitFor({ state: 'detached' })
    await page.keyboard.press('f')
    await panel.getByText('No context images with this frame').waitFor()
    await panel.getByRole('button', { name: 'Hide the context images' }).click()
    await panel.waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+c')
    await panel.waitFor()
  })
})

/** The sample's pictures, the first of them with two context images as the manual's section 27 lays them out. */
async function mediaWithContext(folder: string): Promise<string> {
  const names = (await readdir(IMAGES)).sort()
  const [first = ''] = names
  const related = join(folder, 'related_images', first.replaceAll('.', '_'))
  await mkdir(related, { recursive: true })
  for (const name of names) await copyFile(join(IMAGES, name), join(folder, name))
  await copyFile(join(IMAGES, names[3] ?? ''), join(related, 'left.jpg'))
  await copyFile(join(IMAGES, names[5] ?? ''), join(related, 'right.jpg'))
  return folder
}

async function openTask(browser: Browser, url: string, folder: string): Promise<Page> {
  const page = await openPage(browser, url)
  await page.evaluate(async (path) => {
    const body = JSON.stringify({
      name: 'street',
      labels: [{ name: 'car' }, { name: 'tree' }],
      paths: [path],
    })
    const headers = { 'Content-Type': 'application/json' }
    await fetch('/api/tasks', { method: 'POST', headers, body })
  }, folder)
  const isReady = async () => {
    const response = await fetch('/api/tasks/1')
    return ((await response.json()) as { mediaState: string }).mediaState === 'ready'
  }
  await page.waitForFunction(isReady, undefined, { timeout: 60_000 })
  await page.goto(new URL('/tasks/1/annotate', url).href)
  await page.getByTestId('canvas').waitFor()
  await page.locator('[data-testid=canvas][data-frame="0"]').waitFor()
  return page
}

const shown = (page: Page) => page.getByTestId('canvas').getAttribute('data-frame')

async function goToFrame(page: Page, text: string): Promise<void> {
  await page.keyboard.press('`')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
