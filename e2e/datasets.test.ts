/** Exporting, looking at a file before importing it, and sending its labels where they belong, as a person does. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Hand } from './harness/hand.ts'
import { type OpenWorkspace, openWorkspace } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

let workspace: OpenWorkspace
let page: Page
let folder: string

const box = (label: string, x: number) =>
  `<box label="${label}" occluded="0" xtl="${x}" ytl="10" xbr="${x + 40}" ybr="50" z_order="0"/>`
const image = (name: string, ...shapes: string[]) =>
  `<image name="${name}" id="0">${shapes.join('')}</image>`

beforeAll(async () => {
  workspace = await openWorkspace([{ name: 'car' }, { name: 'traffic sign' }])
  page = workspace.page
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-datasets-'))
  await mkdir(ARTIFACTS, { recursive: true })
}, 120_000)
afterAll(async () => {
  await workspace.close()
  await rm(folder, { recursive: true, force: true })
})

const dialog = () => page.getByRole('dialog')

describe('datasets', () => {
  test('a file is looked at before anything changes, and its labels go where a person sends them', async () => {
    const path = join(folder, 'other.xml')
    const shapes = [box('Car', 10), box('Car', 100), box('traffic_sign', 200), box('tree', 300)]
    const xml = image('desk_0001.jpg', ...shapes) + image('nowhere.jpg', box('Car', 1))
    await writeFile(path, `<annotations>${xml}</annotations>`)
    await page.keyboard.press('Control+i')
    await dialog().getByRole('textbox', { name: 'File' }).fill(path)
    await dialog().getByRole('button', { name: 'Next' }).click()
    await dialog().getByText('Adds 0 annotations').waitFor()
    await dialog().getByText('nowhere.jpg').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'import-preview.png') })
    await dialog()
      .getByRole('button', { name: /nearest name/ })
      .click()
    await dialog().getByText('Adds 4 annotations on 1 frame.').waitFor()
    await dialog().getByRole('combobox', { name: 'Where tree goes' }).click()
    await page.getByRole('option', { name: 'Leave out' }).click()
    await dialog().getByText('Adds 3 annotations on 1 frame.').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'import-mapped.png') })
    expect(await objectsHere()).toBe(0)
    await dialog().getByRole('button', { name: 'Import' }).click()
    await dialog().getByText('Imported 3 annotations on 1 frame').waitFor()
    await dialog().getByRole('button', { name: 'Close' }).last().click()
    await expect.poll(objectsHere).toBe(3)
    await page.keyboard.press('Control+z')
    await expect.poll(objectsHere).toBe(0)
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(objectsHere).toBe(3)
  })

  test('the same file once more adds nothing when what is here is passed over', async () => {
    await page.keyboard.press('Control+i')
    await dialog().getByRole('textbox', { name: 'File' }).fill(join(folder, 'other.xml'))
    await dialog().getByRole('button', { name: 'Next' }).click()
    await dialog()
      .getByRole('button', { name: /nearest name/ })
      .click()
    await dialog().getByText('3 annotations that are here go.').waitFor()
    await dialog().getByRole('radio', { name: 'Add what is not there yet' }).click()
    await dialog().getByText('Adds 1 annotation on 1 frame. 3 are here already').waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
    expect(await objectsHere()).toBe(3)
  })

  test('a format is found by typing, its losses are told for what is chosen, and the file is read back', async () => {
    await page.keyboard.press('Control+e')
    await dialog().getByRole('searchbox', { name: 'Find a format' }).fill('yolo 1.1')
    await page.keyboard.press('Enter')
    await dialog()
      .getByRole('radio', { name: /^YOLO 1\.1/, checked: true })
      .waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'export.png') })
    await dialog().getByRole('button', { name: 'More options' }).click()
    await dialog().getByRole('textbox', { name: 'Only annotations that match' }).fill('label == ')
    await dialog()
      .getByText(/column|expect/i)
      .waitFor()
    await dialog()
      .getByRole('textbox', { name: 'Only annotations that match' })
      .fill('label == "car"')
    await dialog().getByText('2 annotations', { exact: true }).waitFor()
    await dialog().getByRole('checkbox', { name: 'Read the file back' }).check()
    await page.screenshot({ path: join(ARTIFACTS, 'export-more.png') })
    await dialog().getByRole('textbox', { name: 'File', exact: true }).fill(join(folder, 'out.zip'))
    await dialog().getByRole('button', { name: 'Export', exact: true }).click()
    await dialog().getByText('Exported 2 annotations').waitFor()
    await dialog().getByText('Read back: 2 of 2 found').waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'export-done.png') })
    await page.keyboard.press('Escape')
  })

  test('a file that is there is replaced when a person says so, and never without', async () => {
    const target = join(folder, 'precious.zip')
    await writeFile(target, 'not to be lost')
    await page.keyboard.press('Control+e')
    await dialog().getByRole('textbox', { name: 'File', exact: true }).fill(target)
    await dialog().getByRole('button', { name: 'Export', exact: true }).click()
    await dialog()
      .getByText(/^There is a file at .*precious\.zip already\.$/)
      .waitFor()
    expect(await readFile(target, 'utf8')).toBe('not to be lost')
    await dialog().getByRole('button', { name: 'Replace the file' }).click()
    await dialog()
      .getByText(/^Exported \d+ annotations/)
      .waitFor()
    expect((await readFile(target)).subarray(0, 2).toString()).toBe('PK')
    await page.keyboard.press('Escape')
  })
})

describe('datasets by keyboard', () => {
  test('the formats are one stop, and Escape puts away what is on top', async () => {
    await page.keyboard.press('Control+e')
    await dialog().getByRole('searchbox', { name: 'Find a format' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await focused()).toMatch(/^radio /)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('checkbox Save images, too')
    await dialog().getByRole('button', { name: 'Browse' }).press('Enter')
    await dialog().getByText('File name').waitFor()
    expect(await dialog().count()).toBe(2)
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog().count()).toBe(1)
    await expect.poll(focused).toBe('button Browse')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  test('a file of annotations dropped on the workspace is imported into its task, once a person has looked', async () => {
    await page.evaluate(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['<annotations></annotations>'], 'dropped.xml'))
      const { body } = document
      body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
    })
    const file = dialog().getByRole('textbox', { name: 'File' })
    await expect.poll(() => file.inputValue()).toMatch(/dropped\.xml$/)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  test('what was drawn a moment ago is counted and written, also where nothing saves by itself', async () => {
    const hand = new Hand(workspace)
    const before = await objectsHere()
    const autosave = page.getByRole('dialog', { name: 'Settings' }).getByLabel('Save by itself')
    await hand.press('F3')
    await autosave.uncheck({ force: true })
    await hand.press('F3')
    await hand.tool('Draw a rectangle')
    await hand.drag([500, 300], [600, 400])
    await page.getByText(/^1 edit/).waitFor()
    await hand.press('Control+e')
    await dialog()
      .getByText(`${before + 1} annotations`, { exact: true })
      .waitFor()
    await hand.press('Escape', 'F3')
    await autosave.check({ force: true })
    await hand.press('F3', 'Control+z')
    await expect.poll(objectsHere).toBe(before)
  })

  test('what is refused is told where the file is chosen, and another can be typed at once', async () => {
    const path = join(folder, 'broken.xml')
    await writeFile(path, `<annotations>${image('desk_0001.jpg', '<box label="car"/>')}`)
    await page.keyboard.press('Control+i')
    await page.keyboard.type(path)
    await page.keyboard.press('Enter')
    await dialog().getByRole('alert').getByText('broken.xml was refused').waitFor()
    expect(await focused()).toBe('textbox File')
    await page.keyboard.press('Control+a')
    await page.keyboard.type(join(folder, 'other.xml'))
    await page.keyboard.press('Enter')
    await dialog().getByText('Adds 0 annotations').waitFor()
    await expect.poll(focused).toMatch(/^button Send all/)
    expect(await dialog().getByRole('button', { name: 'Import' }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })

  test('of two hundred labels few are drawn, all can be reached, and one that is sent elsewhere keeps the focus', async () => {
    const path = join(folder, 'many.xml')
    const names = Array.from({ length: 200 }, (_, at) => `class ${at}`)
    const shapes = names.map((name, at) => box(name, at))
    await writeFile(path, `<annotations>${image('desk_0001.jpg', ...shapes)}</annotations>`)
    await page.keyboard.press('Control+i')
    await page.keyboard.type(path)
    await page.keyboard.press('Enter')
    const pickers = dialog().getByRole('combobox', { name: /^Where class/ })
    await pickers.first().waitFor()
    expect(await pickers.count()).toBeLessThan(40)
    await pickers.first().focus()
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('Tab')
    await expect.poll(focused).toBe('combobox Where class 30 goes')
    await page.keyboard.type('leave')
    await page.getByRole('option', { name: 'Leave out' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'Send all 199' }).waitFor()
    await dialog().locator('[role=status][aria-busy=false]').waitFor()
    expect(await focused()).toBe('combobox Where class 30 goes')
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })
})

/** Role and name of what has the focus, as far as these tests need them. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement
    const labels = [...(element.labels ?? [])].map((each) => each.innerText)
    const name = element.ariaLabel ?? labels[0] ?? element.innerText
    const type = element.type === 'checkbox' ? 'checkbox' : 'textbox'
    const role = element.role ?? (element.tagName === 'BUTTON' ? 'button' : type)
    return `${role} ${name.trim()}`
  })
}

/** The sidebar's own words: "3 items". */
async function objectsHere(): Promise<number> {
  const text = await page.getByText(/^\d+ items?$/).textContent()
  return Number.parseInt(text ?? '', 10)
}
