/** What makes shapes out of shapes, by mouse and keys in a real Chromium: group, join, slice, combine, propagate, many at once. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { chromiumPath } from './harness/chromium.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  samePictures,
  storedAnnotations,
} from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const FRAMES = 12
const LABELS = [
  {
    name: 'car',
    attributes: [{ name: 'color', mutable: false, input_type: 'select', values: ['red', 'blue'] }],
  },
  { name: 'person', attributes: [] },
]

type Point = readonly [number, number]
interface Box {
  readonly x: number
  readonly y: number
  readonly size: number
}

describe.skipIf(chromiumPath === null)('operations', () => {
  let open: OpenWorkspace
  let page: Page
  let pictures: string

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    pictures = await samePictures(FRAMES)
    open = await openWorkspace(LABELS, [pictures])
    page = open.page
  }, 120_000)
  afterAll(async () => {
    await open?.close()
    await rm(pictures, { recursive: true, force: true })
  })

  /** Every test begins on an empty first frame. */
  beforeEach(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Home')
    await expect.poll(() => frameShown(page)).toBe('0')
    await page.mouse.move(20, 700)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await expect.poll(() => shapes()).toEqual([])
    await page.keyboard.press('Escape')
  })

  const shapes = (frame = 0) => storedAnnotations<Shape>(page, open.taskId, frame)
  const shot = (name: string) => page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })
  const hint = () => page.locator('footer [role=status]').textContent()
  const undo = () => page.keyboard.press('Control+z')

  async function drawPolygons(...boxes: readonly Box[]): Promise<Shape[]> {
    for (const { x, y, size } of boxes) {
      await page.getByRole('button', { name: 'Draw a polygon' }).click()
      const corners: Point[] = [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
      ]
      for (const corner of corners) await page.mouse.click(...corner)
      await page.keyboard.press('n')
    }
    await page.mouse.move(20, 700)
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await shapes()).length).toBe(boxes.length)
    return shapes()
  }

  async function selectBoth(first: Point, second: Point): Promise<void> {
    await page.mouse.click(...first)
    await page.keyboard.down('Shift')
    await page.mouse.click(...second)
    await page.keyboard.up('Shift')
  }

  test('G picks and groups, Shift+G takes out of the group; each is one step', async () => {
    await drawPolygons({ x: 300, y: 200, size: 80 }, { x: 450, y: 200, size: 80 })
    await page.keyboard.press('g')
    expect(await hint()).toContain('Click shapes')
    await page.mouse.click(340, 240)
    await page.mouse.click(490, 240)
    expect(await hint()).toContain('2 picked')
    await shot('group-picked')
    await page.keyboard.press('g')
    await expect.poll(async () => new Set((await shapes()).map(({ group }) => group)).size).toBe(1)
    const [first] = await shapes()
    expect(first?.group).toBeGreaterThan(0)
    await page.getByText(`G${first?.group}`).first().waitFor()
    await undo()
    await expect.poll(async () => (await shapes()).map(({ group }) => group)).toEqual([0, 0])
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => (await shapes())[0]?.group).toBe(first?.group)
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.mouse.move(290, 190)
    await page.mouse.down()
    await page.mouse.move(560, 300, { steps: 4 })
    await page.mouse.up()
    expect(await hint()).toContain('2 picked')
    await page.keyboard.press('Shift+g')
    await expect.poll(async () => (await shapes()).map(({ group }) => group)).toEqual([0, 0])
  })

  test('Escape leaves picking without a trace', async () => {
    const before = await drawPolygons({ x: 300, y: 200, size: 80 })
    await page.keyboard.press('j')
    await page.mouse.click(340, 240)
    expect(await hint()).toContain('1 picked')
    await page.keyboard.press('Escape')
    expect(await hint()).not.toContain('picked')
    expect(await shapes()).toEqual(before)
  })

  test('J joins polygons that overlap, and says so where they do not', async () => {
    const [first] = await drawPolygons(
      { x: 300, y: 200, size: 100 },
      { x: 350, y: 200, size: 100 },
      { x: 600, y: 200, size: 60 },
    )
    await page.keyboard.press('j')
    await page.mouse.click(320, 250)
    await page.mouse.click(630, 230)
    await page.keyboard.press('j')
    expect(await hint()).toContain('do not touch')
    await page.mouse.click(630, 230)
    await page.mouse.click(430, 250)
    await page.keyboard.press('j')
    await expect.poll(async () => (await shapes()).length).toBe(2)
    const joined = (await shapes()).find(({ id }) => id === first?.id)
    const [one = 0] = [first].map((shape) => polygonArea(shape?.points ?? []))
    expect(polygonArea(joined?.points ?? [])).toBeCloseTo(1.5 * one, 0)
    await undo()
    await expect.poll(async () => (await shapes()).length).toBe(3)
  })

  test('Alt+J slices along a line; the areas add up, one undo brings the shape back', async () => {
    const [whole] = await drawPolygons({ x: 300, y: 200, size: 200 })
    await page.keyboard.press('Alt+j')
    await page.mouse.click(400, 300)
    await page.mouse.click(380, 180)
    await page.mouse.move(420, 300)
    await shot('slice')
    await page.mouse.click(420, 430)
    await expect.poll(async () => (await shapes()).length).toBe(2)
    const pieces = await shapes()
    const sum = pieces.reduce((area, { points }) => area + polygonArea(points), 0)
    expect(Math.abs(sum - polygonArea(whole?.points ?? []))).toBeLessThan(1e-6)
    expect(pieces.map(({ id }) => id)).toContain(whole?.id)
    await undo()
    await expect.poll(() => shapes()).toEqual([whole])
  })

  test('Alt+S takes one polygon out of another, Alt+I keeps what both cover', async () => {
    const [first, second] = await drawPolygons(
      { x: 300, y: 200, size: 200 },
      { x: 350, y: 250, size: 80 },
    )
    await selectBoth([310, 220], [390, 290])
    await page.getByText('2 selected').waitFor()
    await page.keyboard.press('Alt+s')
    const areaOf = (shape: Shape | undefined) => polygonArea(shape?.points ?? [])
    await expect
      .poll(async () => areaOf((await shapes()).find(({ id }) => id === first?.id)))
      .toBeCloseTo(areaOf(first) - areaOf(second), 1)
    expect(await shapes()).toHaveLength(2)
    await shot('subtract')
    await undo()
    await expect.poll(async () => areaOf((await shapes())[0])).toBeCloseTo(areaOf(first), 3)
    await page.keyboard.press('Escape')
    await selectBoth([310, 220], [390, 290])
    await page.keyboard.press('Alt+i')
    await expect.poll(async () => (await shapes()).length).toBe(1)
    expect(areaOf((await shapes())[0])).toBeCloseTo(areaOf(second), 1)
  })

  test('Ctrl+B copies to the frames that follow, one step', async () => {
    await drawPolygons({ x: 300, y: 200, size: 80 })
    await page.mouse.move(340, 240)
    await page.keyboard.press('Control+b')
    const dialog = page.getByRole('dialog', { name: /Propagate/ })
    await dialog.getByLabel('Number of frames').fill('4')
    await dialog.getByText('Makes 4 copies on 4 frames.').waitFor()
    await shot('propagate')
    await dialog.getByRole('button', { name: 'Propagate' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const counts = () => Promise.all([1, 4, 5].map(async (frame) => (await shapes(frame)).length))
    await expect.poll(counts).toEqual([1, 1, 0])
    await undo()
    await expect.poll(counts).toEqual([0, 0, 0])
    expect(await shapes()).toHaveLength(1)
  })

  test('an action on many: previewed, run, taken back', async () => {
    await drawPolygons({ x: 300, y: 200, size: 80 }, { x: 450, y: 200, size: 120 })
    await page.keyboard.press('Control+Shift+b')
    const dialog = page.getByRole('dialog', { name: 'Run an action' })
    await dialog.getByText('Removes 2 objects on 1 frame.').waitFor()
    await dialog.getByRole('textbox', { name: /text/i }).fill('width > 100000')
    await dialog.getByText('Nothing matches.').waitFor()
    await dialog.getByRole('textbox', { name: /text/i }).fill('label == "car"')
    await dialog.getByText('Convert shapes').click()
    await dialog.getByRole('combobox', { name: 'Convert to' }).click()
    await page.getByRole('option', { name: 'Mask' }).click()
    await dialog.getByText('All of the job').click()
    await dialog.getByText('Converts 2 of 2 objects on 1 frame.').waitFor()
    await shot('actions')
    await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('2 objects changed').waitFor()
    await expect
      .poll(async () => (await shapes()).map(({ type }) => type))
      .toEqual(['mask', 'mask'])
    await shot('converted')
    await undo()
    await expect
      .poll(async () => (await shapes()).map(({ type }) => type))
      .toEqual(['polygon', 'polygon'])
  })

  test('several selected are changed together, mixed values say so', async () => {
    await drawPolygons({ x: 300, y: 200, size: 80 }, { x: 450, y: 200, size: 80 })
    await page.mouse.click(340, 240)
    const row = page.locator('li > [aria-current=true]')
    await row
      .getByRole('combobox', { name: 'color' })
      .or(row.locator('select').last())
      .selectOption('blue')
    await page.keyboard.down('Shift')
    await page.mouse.click(490, 240)
    await page.keyboard.up('Shift')
    const panel = page.getByRole('region', { name: 'Selection' })
    await panel.getByText('2 selected').waitFor()
    const color = panel.getByRole('combobox', { name: 'color' })
    expect(await color.inputValue()).toBe('')
    await shot('bulk-panel')
    await color.selectOption('red')
    const values = async () =>
      (await shapes()).map(({ attributes }) => attributes[0]?.value ?? 'red')
    await expect.poll(values).toEqual(['red', 'red'])
    await panel.locator('select').first().selectOption({ label: 'person' })
    await expect
      .poll(async () => new Set((await shapes()).map(({ labelId }) => labelId)).size)
      .toBe(1)
    await undo()
    await undo()
    await expect.poll(async () => new Set(await values()).size).toBe(2)
  })

  test('the menu of a shape has the operations in a menu of their own', async () => {
    await drawPolygons({ x: 300, y: 200, size: 200 })
    await page.mouse.click(400, 300, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Shapes' }).hover()
    await page.getByRole('menuitem', { name: /Slice/ }).waitFor()
    await shot('operations-menu')
    await page.keyboard.press('Escape')
  })
})
