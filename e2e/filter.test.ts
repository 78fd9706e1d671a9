/** The filter, from the builder to the last key, in a real Chromium on the sample's twelve frames. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, openPage } from './harness/chromium.ts'
import { fieldmark, fieldmarkJson, SAMPLE } from './harness/cli.ts'
import { truth } from './harness/coco.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

interface Answer {
  readonly frames: readonly { frame: number; annotations: readonly { label: string }[] }[]
  readonly count: number
}

// Without a Chromium nothing of a page can be driven; `npm test` installs one where it may and says when it cannot.
describe.skipIf(chromiumPath === null)('the filter', () => {
  let browser: Browser
  let dataDir: string
  let app: ServedApp
  let page: Page
  /** Frames with a star, ascending: what the command line says. */
  let starFrames: readonly number[]

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-filter-'))
    const labels = join(SAMPLE, 'labels.json')
    const images = join(SAMPLE, 'images')
    const annotations = ['--annotation-path', truth, '--annotation-format', 'COCO 1.0']
    await fieldmarkJson(
      dataDir,
      'task',
      'create',
      'desk',
      '--labels',
      labels,
      images,
      ...annotations,
    )
    const stars = await fieldmarkJson<Answer>(dataDir, 'query', '1', 'label == "star"')
    starFrames = stars.frames.map(({ frame }) => frame)
    browser = await launchChromium()
    app = await serveApp(dataDir)
    page = await openPage(browser, app.url)
    await page.goto(new URL('/tasks/1/annotate', app.url).href)
    await page.getByTestId('canvas').waitFor()
    await page.getByText(/^\d+ items$/).waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  const dialog = () => page.getByRole('dialog', { name: 'Filter objects' })
  const text = () => dialog().getByRole('textbox', { name: 'As text' })
  const frame = () => page.getByTestId('canvas').getAttribute('data-frame').then(Number)
  const shown = () =>
    page
      .getByText(/^\d+ of \d+ shown$/)
      .first()
      .textContent()
  const chip = () => page.getByRole('button', { name: /^Filter: / })

  async function stepTo(button: RegExp, choice: string): Promise<void> {
    await page.getByRole('button', { name: button }).click({ button: 'right' })
    await page.getByRole('menuitemradio', { name: choice }).click()
    await page.getByRole('menu').waitFor({ state: 'hidden' })
  }

  async function apply(filter: string): Promise<void> {
    await page.keyboard.press('Control+f')
    await text().fill(filter)
    await page.keyboard.press('Enter')
    await dialog().waitFor({ state: 'hidden' })
  }

  test('the command line lists what matches and refuses what is no filter', async () => {
    expect(starFrames.length).toBeGreaterThan(1)
    const wide = await fieldmarkJson<Answer>(dataDir, 'query', '1', 'label::star and width > 120')
    expect(wide.count).toBeGreaterThan(0)
    expect(wide.frames.flatMap(({ annotations }) => annotations.map(({ label }) => label))).toEqual(
      Array.from({ length: wide.count }, () => 'star'),
    )
    const refused = await fieldmark(dataDir, 'query', '1', 'label == ')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('column 10')
  })

  test('rules are chosen, the text follows, and Submit hides the rest', async () => {
    await page.keyboard.press('Control+f')
    await dialog().getByRole('combobox', { name: 'Value' }).click()
    await page.getByRole('option', { name: 'star' }).click()
    expect(await text().inputValue()).toBe('label == "star"')
    await dialog().getByRole('button', { name: 'Submit' }).click()
    await chip().waitFor()
    const [first = 0] = starFrames
    const total = (await shown())?.split(' ')[2]
    expect(await shown()).toBe(`${first === 0 ? 1 : 0} of ${total} shown`)
  })

  test('Right and Left go to matching frames only', async () => {
    await page.keyboard.press('Home')
    const ahead = starFrames.filter((one) => one > 0)
    for (const star of ahead) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(frame).toBe(star)
    }
    await page.keyboard.press('ArrowRight')
    await page.getByText('No more frames that way match the filter.').waitFor()
    expect(await frame()).toBe(ahead.at(-1))
    await page.keyboard.press('ArrowLeft')
    await expect.poll(frame).toBe(starFrames.at(-2))
    await page.screenshot({ path: join(ARTIFACTS, 'filtered.png') })
  })

  test('what the filter hides is not meant by “all”', async () => {
    const before = (await shown()) ?? ''
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    const [, , total = ''] = before.split(' ')
    const stars = Number(before.split(' ')[0])
    await expect.poll(shown).toBe(`0 of ${Number(total) - stars} shown`)
    await page.getByText('Nothing here matches the filter').waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(shown).toBe(before)
  })

  test('what is drawn outside of the filter says why it is gone', async () => {
    const before = (await shown()) ?? ''
    await page.keyboard.press('n')
    await page.mouse.move(500, 300)
    await page.mouse.down()
    await page.mouse.move(600, 400, { steps: 3 })
    await page.mouse.up()
    await page.getByText('Hidden: it does not match the filter.').waitFor()
    const [stars, , total] = before.split(' ')
    await expect.poll(shown).toBe(`${stars} of ${Number(total) + 1} shown`)
    await page.keyboard.press('Control+z')
    await expect.poll(shown).toBe(before)
  })

  test('where nothing matches at all, the next frame with any object', async () => {
    await page.keyboard.press('Home')
    await expect.poll(frame).toBe(0)
    await apply('width > 100000')
    await page.keyboard.press('ArrowRight')
    await expect.poll(frame).toBe(1)
    await page.getByText(/Nothing matches the filter;/).waitFor()
  })

  test('the buttons beside play step by the filter once a right click said so', async () => {
    await apply('label == "star"')
    await page.keyboard.press('Home')
    await expect.poll(frame).toBe(0)
    await stepTo(/^Next frame$/, 'Frames that match the filter')
    await page.getByRole('button', { name: /^Next frame with annotations/ }).click()
    await expect.poll(frame).toBe(starFrames.find((one) => one > 0))
    await stepTo(/^Next frame with annotations/, 'Every frame')
  })

  test('groups, Not, dragging and keys: tree and text stay one', async () => {
    await page.keyboard.press('Control+f')
    await dialog().getByRole('button', { name: 'Add group' }).click()
    const groups = dialog().getByRole('group', { name: 'Group' })
    await groups.nth(1).getByRole('button', { name: 'Not', exact: true }).click()
    await expect
      .poll(() => text().inputValue())
      .toMatch(/^label == "star" and not \(label == "\w+"\)$/)
    // The first rule, dragged onto the one in the group.
    const grips = dialog().getByRole('button', { name: /^Move the rule/ })
    await grips.nth(0).dragTo(grips.nth(1))
    await expect
      .poll(() => text().inputValue())
      .toMatch(/^not \(label == "\w+" and label == "\w+"\)$/)
    await grips.nth(0).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect
      .poll(() => text().inputValue())
      .toMatch(/^label == "\w+" and not \(label == "\w+"\)$/)
    await page.screenshot({ path: join(ARTIFACTS, 'filter-builder.png') })

    await text().fill('label == "star" and widht > 4')
    await dialog()
      .getByText(/^Column 21: there is no property “widht”/)
      .waitFor()
    expect(await dialog().getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
    await text().fill('width > height or attr["size"] is empty')
    await expect.poll(() => dialog().getByRole('combobox', { name: 'Operator' }).count()).toBe(2)
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    expect(await chip().getAttribute('aria-label')).toBe('Filter: label == "star"')
  })

  test('recent filters come back, also after a reload; the chip clears', async () => {
    await page.getByRole('button', { name: 'Clear filter' }).first().click()
    await chip().waitFor({ state: 'detached' })
    await page.getByText(/^\d+ items$/).waitFor()
    await expect
      .poll(() =>
        page.evaluate(async () => {
          const settings = (await (await fetch('/api/app/settings')).json()) as {
            recentFilters?: string[]
          }
          return settings.recentFilters
        }),
      )
      .toEqual(['label == "star"', 'width > 100000'])
    await page.reload()
    await page.getByTestId('canvas').waitFor()
    await page.getByText(/^\d+ items$/).waitFor()
    await page.keyboard.press('Control+f')
    await dialog().getByRole('button', { name: 'Recent used' }).click()
    await page.getByRole('menuitem', { name: 'width > 100000' }).click()
    expect(await text().inputValue()).toBe('width > 100000')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    expect(await chip().count()).toBe(0)
  })

  test('the task list is searched in the same words', async () => {
    await page.goto(new URL('/tasks', app.url).href)
    const search = page.getByRole('searchbox')
    await search.fill('name: desk AND mode: annotation')
    await page.getByText('1 task', { exact: true }).waitFor()
    await search.fill('owner: admin OR mode: interpolation')
    await page.getByText('No task matches').waitFor()
    await page.getByRole('button', { name: 'How to search' }).click()
    await page.getByRole('button', { name: /^mode: annotation/ }).click()
    await page.getByText('1 task', { exact: true }).waitFor()
  })
})
