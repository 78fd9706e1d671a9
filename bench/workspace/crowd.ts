import type { Page } from 'playwright-core'
import { drag, hover, middle, pan, scrollList, wheelList, zoom } from './gestures.ts'
import { add, type Samples } from './rows.ts'
import { frameShown, objectCount, type Took, timed } from './timing.ts'

/** Everything a person does on a frame, on the first of `frames`; steps onto each of them before. */
export async function workOn(
  page: Page,
  frames: readonly number[],
  samples: Samples,
): Promise<void> {
  const [first = 0] = frames
  await goBefore(page, first)
  for (const frame of frames) add(samples, 'F onto it', await stepOnto(page, frame))
  await goBefore(page, first + 1)
  await frameShown(page, first)
  await look(page, samples)
  await editOne(page, samples)
  await editAll(page, samples)
}

/** The list is loaded and neighbours are read ahead. */
export async function goBefore(page: Page, frame: number): Promise<void> {
  await page.keyboard.press('Escape')
  const field = page.getByRole('combobox', { name: 'Frame number' })
  for (const at of [frame, frame - 1]) {
    await field.fill(String(at))
    await field.press('Enter')
    await frameShown(page, at)
    await page.waitForTimeout(1500)
  }
  await page.getByTestId('canvas').focus()
}

async function stepOnto(page: Page, frame: number): Promise<Took> {
  await page.waitForTimeout(1500)
  return timed(page, { what: 'frame', frame }, () => page.keyboard.press('f'))
}

async function look(page: Page, samples: Samples): Promise<void> {
  const gestures = { zoom, pan, 'pointer over the picture': hover }
  const lists = { 'list, wheel': wheelList, 'list, 1,500 px a frame': scrollList }
  for (const [what, gesture] of Object.entries({ ...gestures, ...lists })) {
    await page.waitForTimeout(1500)
    add(samples, what, await gesture(page))
  }
}

async function editOne(page: Page, samples: Samples): Promise<void> {
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  await page.waitForTimeout(1500)
  add(
    samples,
    'click, until the list shows it',
    await timed(page, { what: 'selected' }, () => page.mouse.click(x, y)),
  )
  await page.waitForTimeout(1500)
  const { frames, drop } = await drag(page)
  add(samples, 'drag one', frames)
  add(samples, 'let go, until in the picture of all', drop)
  const count = await objectCount(page)
  for (const [what, effect] of [
    ['draw one, until painted', { what: 'now' }],
    ['draw one, until the list counts it', { what: 'counted', count: count + 2 }],
  ] as const) {
    await beginRectangle(page, x, y)
    add(samples, what, await timed(page, effect, () => page.mouse.up()))
  }
  await page.mouse.move(x + 20, y + 20)
  await press(page, samples, 'delete one', 'Delete', count + 1)
  await press(page, samples, 'undo one', 'Control+z', count + 2)
}

async function beginRectangle(page: Page, x: number, y: number): Promise<void> {
  await page.keyboard.press('Escape')
  await page.waitForTimeout(1500)
  await page.keyboard.press('n')
  await page.mouse.move(x - 30, y - 30)
  await page.mouse.down()
  await page.mouse.move(x + 40, y + 35, { steps: 3 })
  await page.waitForTimeout(500)
}

async function press(page: Page, samples: Samples, what: string, key: string, count: number) {
  await page.waitForTimeout(1500)
  const effect = { what: 'counted', count } as const
  add(samples, what, await timed(page, effect, () => page.keyboard.press(key)))
}

const SHOWN = { what: 'shown' } as const

async function editAll(page: Page, samples: Samples): Promise<void> {
  const key = async (what: string, keys: string) => {
    await page.waitForTimeout(2500)
    add(samples, what, await timed(page, SHOWN, () => page.keyboard.press(keys)))
  }
  await page.mouse.move(5, 400)
  await page.keyboard.press('Escape')
  await key('select all', 'Control+a')
  await key('nudge all', 'Alt+ArrowRight')
  await key('undo that', 'Control+z')
  await page.keyboard.press('Escape')
  await key('hide all', 't+h')
  await key('show all', 't+h')
  await hideLabel(page, samples)
  await filter(page, samples)
}

async function hideLabel(page: Page, samples: Samples): Promise<void> {
  await page.getByRole('tab', { name: 'Labels' }).click()
  const eye = page.getByRole('button', { name: 'Hide all of this label on this frame' }).first()
  for (const what of ['hide one label', 'show one label']) {
    await page.waitForTimeout(2500)
    add(samples, what, await timed(page, SHOWN, () => eye.click()))
  }
  await page.getByRole('tab', { name: 'Objects' }).click()
}

async function filter(page: Page, samples: Samples): Promise<void> {
  await page.keyboard.press('Control+f')
  const dialog = page.getByRole('dialog', { name: 'Filter objects' })
  await dialog.getByRole('textbox', { name: 'As text' }).fill('label == "car" or width < 30')
  await page.waitForTimeout(2500)
  add(samples, 'apply a filter', await timed(page, SHOWN, () => page.keyboard.press('Enter')))
  await dialog.waitFor({ state: 'hidden' })
  await page.waitForTimeout(2500)
  const clear = page.getByRole('button', { name: 'Clear filter' }).first()
  add(samples, 'clear the filter', await timed(page, SHOWN, () => clear.click()))
}
