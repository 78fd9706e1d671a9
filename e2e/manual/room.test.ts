/** The room around the tools: the list of objects, isolating, how the picture is shown, panels; remembered over a reload. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Settings } from '#renderer/state/settings-schema.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { Hand } from '../harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from '../harness/workspace.ts'

const LABELS = ['car', 'tree'].map((name) => ({ name, type: 'any', attributes: [] }))

describe.skipIf(chromiumPath === null)('the room', () => {
  let open: OpenWorkspace
  let hand: Hand

  beforeAll(async () => {
    open = await openWorkspace(LABELS, [await samePictures(4)])
    hand = new Hand(open)
  }, 120_000)
  afterAll(() => open?.close())
  beforeEach(() => hand.clear())

  const rows = () => hand.page.locator('li > .fm-row')
  const sideBar = () => hand.page.getByRole('complementary').filter({ hasText: 'Appearance' })
  const settings = () => hand.settings<Settings>()
  const sortBy = (order: string) =>
    hand.page.getByRole('combobox', { name: 'Sort by' }).selectOption(order)
  /** A car and two trees, the second tree nearer than the others. */
  const scene = async () => {
    const car = await hand.rectangle([100, 100, 200, 200])
    const tree = await hand.rectangle([300, 100, 400, 200])
    const near = await hand.rectangle([140, 140, 180, 180])
    await hand.over([350, 150])
    await hand.press('Control+2')
    await hand.over([160, 160])
    await hand.press('Control+2', '+')
    await expect.poll(async () => ((await hand.now(near)) as Shape).zOrder).toBe(1)
    await hand.beside()
    await hand.press('Escape')
    return { car, tree, near }
  }

  test('the list is sorted and searched; a row dragged onto another takes its label or its layer', async () => {
    const { car, tree, near } = await scene()
    const ids = async () => (await rows().allTextContents()).map((text) => Number(/\d+/.exec(text)))
    expect(await ids()).toEqual([car.id, tree.id, near.id])
    await sortBy('ID, descending')
    expect(await ids()).toEqual([near.id, tree.id, car.id])
    await hand.press('Control+Shift+l')
    await hand.page.keyboard.type('car')
    await expect.poll(ids).toEqual([car.id])
    await hand.page.getByRole('button', { name: 'Clear the search' }).click()
    await sortBy('Label')
    const row = ({ id }: { id: number }) => rows().filter({ hasText: String(id) })
    await row(car).dragTo(row(tree))
    await expect
      .poll(async () => (await hand.now(car)).labelId)
      .toBe((await hand.now(tree)).labelId)
    await sortBy('Layer')
    await row(car).dragTo(row(near))
    await expect.poll(async () => ((await hand.now(car)) as Shape).zOrder).toBe(1)
    await hand.press('Control+z', 'Control+z')
    await expect.poll(() => hand.now(car)).toEqual(car)
    await sortBy('ID, ascending')
  })

  test('I isolates what is selected, and shows all again', async () => {
    await scene()
    await hand.click([110, 110])
    await hand.press('i')
    await hand.page.getByText('1 object isolated').waitFor()
    await hand.page.getByText('1 of 3 shown').waitFor()
    await hand.press('i')
    await hand.page.getByText('1 object isolated').waitFor({ state: 'hidden' })
    await hand.page.getByText('3 items').waitFor()
  })

  test('Shift and a drag select what lies inside; several selected are moved and deleted together', async () => {
    await scene()
    await hand.holding('Shift', () => hand.drag([80, 80], [220, 220]))
    await hand.page.getByText('2 selected').waitFor()
    await hand.press('Delete')
    await expect.poll(async () => (await hand.all()).length).toBe(1)
    await hand.press('Control+z')
    await expect.poll(async () => (await hand.all()).length).toBe(3)
  })

  test('clicks on one place go through what lies there', async () => {
    const { car, near } = await scene()
    const selected = async () => {
      const texts = await hand.page.locator('.fm-row[aria-current=true]').allTextContents()
      return texts.map((text) => Number(/\d+/.exec(text)))
    }
    await hand.click([160, 160])
    await expect.poll(selected).toEqual([near.id])
    await hand.page.mouse.click(...(await hand.screen([160, 160])))
    await expect.poll(selected).toEqual([car.id])
    await hand.page.mouse.click(...(await hand.screen([160, 160])))
    await expect.poll(selected).toEqual([near.id])
  })

  test('gamma, equalising, smoothing, opacity, outlines and projections are set and remembered', async () => {
    const { page } = hand
    await page.getByRole('button', { name: 'Image', exact: true }).click()
    await page.getByRole('slider', { name: 'Gamma' }).press('ArrowRight')
    await page.getByText('CLAHE', { exact: true }).click()
    await hand.press('Escape')
    for (const name of ['Outlines', 'Projections', 'Smooth image'])
      await page.getByRole('checkbox', { name }).click()
    await page.getByRole('slider', { name: 'Opacity' }).press('End')
    await page.reload()
    await page.locator('[data-testid=canvas][data-frame="0"][data-settled=true]').waitFor()
    const { imageFilter, tone, appearance } = await settings()
    expect(imageFilter.gamma).toBeGreaterThan(1)
    expect(tone.equalize).toBe('clahe')
    expect(appearance).toMatchObject({
      outlined: true,
      projections: true,
      smoothImage: false,
      opacity: 1,
    })
  })

  test('the side bar hides, moves, resizes and stays so', async () => {
    const { page } = hand
    const box = async () => {
      const found = await sideBar().boundingBox()
      if (!found) throw new Error('no side bar')
      return found
    }
    const before = await box()
    await page.mouse.move(before.x - 1, 400)
    await page.mouse.down()
    await page.mouse.move(before.x - 81, 400, { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => (await box()).width).toBeGreaterThan(before.width + 60)
    const { width } = await box()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Search or run a command').fill('Move the side bar')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await box()).x).toBeLessThan(100)
    await page.reload()
    await page.locator('[data-testid=canvas][data-frame="0"][data-settled=true]').waitFor()
    expect((await box()).x).toBeLessThan(100)
    expect(Math.abs((await box()).width - width)).toBeLessThan(3)
    await hand.press('Control+\\')
    await sideBar().waitFor({ state: 'hidden' })
    await hand.press('Control+\\')
    await sideBar().waitFor()
  })
})
