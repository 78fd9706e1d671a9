/** Masks in the real page: painted with mouse and keys, read back from the core pixel by pixel. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { maskArea } from '../src-shared/geometry/mask.ts'
import { chromiumPath } from './harness/chromium.ts'
import { fieldmarkJson } from './harness/cli.ts'
import { type OpenWorkspace, openWorkspace, storedAnnotations } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const LABELS = [
  { name: 'disc', attributes: [] },
  { name: 'ring', attributes: [] },
]
/** Of the sample's pictures. */
const SIZE = { width: 640, height: 480 }
/** CSS pixels around a fitted picture. */
const MARGIN = 16

type Place = readonly [x: number, y: number]
interface Stored {
  readonly id: number
  readonly type: string
  readonly labelId: number
  readonly group: number
  readonly points: number[]
}

describe.skipIf(chromiumPath === null)('masks', () => {
  let open: OpenWorkspace
  let page: Page

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    open = await openWorkspace(LABELS)
    page = open.page
  }, 120_000)

  afterAll(async () => {
    await open?.close()
  })

  /** Each test begins with an empty frame, an upright view and the pointer beside the picture. */
  afterEach(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.mouse.move(...beside)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Shift+Delete')
    await page.getByText('0 items', { exact: true }).waitFor()
  })

  const beside: [number, number] = [1000, 884]
  const toolbar = () => page.getByRole('toolbar', { name: 'Mask tools' })
  const stored = (frame = 0) => storedAnnotations<Stored>(page, open.taskId, frame)
  const points = async () => (await stored()).map((one) => one.points)

  /** The screen place of an image point while the picture fits. @param turns  quarter turns of the view */
  const screen = async ([x, y]: Place, turns = 0): Promise<[number, number]> => {
    const host = await page.getByTestId('canvas').boundingBox()
    if (!host) throw new Error('no canvas')
    const lying = turns % 2 === 1
    const { width, height } = SIZE
    const scale = Math.min(
      (host.width - 2 * MARGIN) / (lying ? height : width),
      (host.height - 2 * MARGIN) / (lying ? width : height),
    )
    let [dx, dy] = [x - width / 2, y - height / 2]
    for (let i = 0; i < turns; i++) [dx, dy] = [-dy, dx]
    return [host.x + host.width / 2 + dx * scale, host.y + host.height / 2 + dy * scale]
  }

  const takeTool = async (size = 1, form: 'round' | 'square' = 'square') => {
    await page.getByRole('button', { name: 'Paint a mask' }).click()
    await toolbar().waitFor()
    await toolbar().getByRole('textbox', { name: 'Size' }).fill(String(size))
    await page.keyboard.press('Enter')
    const shown = await page.evaluate(
      () => JSON.parse(localStorage.getItem('fieldmark.settings') ?? '{}').brush.form as string,
    )
    if (shown !== form) await page.keyboard.press('r')
  }
  const stroke = async (from: Place, to = from, button: 'left' | 'right' = 'left') => {
    await page.mouse.move(...(await screen(from)))
    await page.mouse.down({ button })
    await page.mouse.move(...(await screen(to)), { steps: 4 })
    await page.mouse.up({ button })
  }
  const click = async (at: Place) => {
    await page.mouse.move(...(await screen(at)))
    await page.mouse.click(...(await screen(at)))
  }
  const block = (left: number, top: number, right: number, bottom: number) => [
    0,
    (right - left + 1) * (bottom - top + 1),
    left,
    top,
    right,
    bottom,
  ]

  test.each([0, 1, 2, 3])(
    'one pixel is the pixel under the pointer, the view turned %i times, at any zoom',
    async (turns) => {
      for (let i = 0; i < turns; i++) await page.keyboard.press('Control+r')
      await takeTool(1)
      const at = await screen([123.5, 77.5], turns)
      await page.mouse.move(...at)
      await page.mouse.click(...at)
      // What is under the pointer stays there while the wheel turns.
      for (const delta of [-300, -300, -300, 400]) {
        await page.mouse.wheel(0, delta)
        await page.mouse.click(...at)
      }
      await page.keyboard.press('n')
      await expect.poll(points).toEqual([[0, 1, 123, 77, 123, 77]])
      for (let i = turns; i < 4 && turns > 0; i++) await page.keyboard.press('Control+r')
      await page.keyboard.press('Shift+1')
    },
  )

  test('a stroke is every pixel the brush passed, and nothing else', async () => {
    await takeTool(3, 'square')
    await stroke([50.5, 60.5], [80.5, 60.5])
    await page.keyboard.press('n')
    await expect.poll(points).toEqual([block(49, 59, 81, 61)])
    await takeTool(1)
    await stroke([0.5, 400.5], [30.5, 430.5])
    await page.keyboard.press('n')
    // A diagonal of 31 single pixels: 31 columns wide, one set in each row.
    const diagonal = [0, ...Array.from({ length: 30 }, () => [1, 31]).flat(), 1, 0, 400, 30, 430]
    await expect.poll(points).toEqual([block(49, 59, 81, 61), diagonal])
  })

  test('brush, eraser, polygons and sizes from the keyboard; strokes are taken back, not steps', async () => {
    await takeTool(10, 'square')
    await stroke([100, 100], [120, 100])
    await page.keyboard.press('Shift+2')
    await stroke([110, 100])
    await page.keyboard.press('Shift+3')
    for (const corner of [
      [200, 200],
      [220, 200],
      [220, 220],
      [200, 220],
    ] as const)
      await click(corner)
    await page.keyboard.press('Enter')
    await page.screenshot({ path: join(ARTIFACTS, 'mask-session.png') })
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('n')
    await page.getByText('Nothing is painted yet.', { exact: false }).waitFor()
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('n')
    await expect.poll(points).toEqual([block(95, 95, 124, 104)])
    await page.keyboard.press('Control+z')
    await expect.poll(points).toEqual([])
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(points).toEqual([block(95, 95, 124, 104)])
  })

  test('Shift and the wheel change the size, the wheel alone zooms', async () => {
    await takeTool(20)
    await page.mouse.move(...(await screen([300, 200])))
    const size = toolbar().getByRole('textbox', { name: 'Size' })
    const zoom = () => page.getByRole('button', { name: /^Zoom: / }).textContent()
    const before = await zoom()
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, -100)
    await page.keyboard.up('Shift')
    await expect.poll(() => size.inputValue()).toBe('22 px')
    expect(await zoom()).toBe(before)
    await page.keyboard.press('[')
    await expect.poll(() => size.inputValue()).toBe('20 px')
    await page.mouse.wheel(0, -100)
    await expect.poll(zoom).not.toBe(before)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+1')
  })

  test('Escape leaves the stroke, then the tool, without a trace; a longer session can be taken up again', async () => {
    await takeTool(5)
    for (const x of [50, 100, 150]) await stroke([x + 0.5, 50.5])
    await page.mouse.move(...(await screen([300, 300])))
    await page.mouse.down()
    await page.mouse.move(...(await screen([350, 300])))
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await toolbar().waitFor()
    await page.keyboard.press('Escape')
    await toolbar().waitFor({ state: 'hidden' })
    expect(await points()).toEqual([])
    await page.getByRole('button', { name: 'Go on painting' }).click()
    await toolbar().waitFor()
    await page.keyboard.press('n')
    await expect.poll(async () => (await points())[0]?.slice(-4)).toEqual([48, 48, 152, 52])
  })

  test('painting on a mask: Shift+click opens it, N is one step, undo has the old pixels again', async () => {
    await takeTool(11, 'square')
    await stroke([100.5, 100.5])
    await page.keyboard.press('n')
    await expect.poll(points).toEqual([block(95, 95, 105, 105)])
    const [before] = await stored()
    await page.keyboard.down('Shift')
    await click([100, 100])
    await page.keyboard.up('Shift')
    await toolbar().waitFor()
    await stroke([111.5, 100.5])
    await page.keyboard.press('n')
    await expect.poll(points).toEqual([block(95, 95, 116, 105)])
    expect((await stored())[0]?.id).toBe(before?.id)
    await page.keyboard.press('Control+z')
    await expect.poll(points).toEqual([block(95, 95, 105, 105)])
  })

  test('underlying pixels are removed in the same step, what is left empty is deleted, undo restores all', async () => {
    await takeTool(10, 'square')
    await stroke([100, 100], [140, 100])
    await page.keyboard.press('Control+Enter')
    await stroke([120, 130])
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await points()).length).toBe(2)
    await page.keyboard.press('u')
    await page.keyboard.press('2')
    await stroke([120, 130], [120, 100])
    await page.keyboard.press('n')
    await expect
      .poll(async () => (await stored()).map(({ points }) => points.slice(-4)))
      .toEqual([
        [95, 95, 144, 104],
        [115, 95, 124, 134],
      ])
    const [left, ring] = await stored()
    expect(maskArea(left?.points ?? [])).toBe(50 * 10 - 10 * 10)
    expect(ring?.labelId).not.toBe(left?.labelId)
    await page.keyboard.press('Control+z')
    await expect.poll(points).toEqual([block(95, 95, 144, 104), block(115, 125, 124, 134)])
    await takeTool(10)
    await page.keyboard.press('u')
  })

  test('another frame: the mask is kept on the one it was painted on', async () => {
    await takeTool(10, 'square')
    await stroke([100, 100])
    await page.keyboard.press('f')
    await page.locator('[data-testid=canvas][data-frame="1"]').waitFor()
    await toolbar().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('d')
    await page.locator('[data-testid=canvas][data-frame="0"]').waitFor()
    expect(await points()).toEqual([block(95, 95, 104, 104)])
    expect(await stored(1)).toEqual([])
  })

  test('to polygons and back: the same pixels', async () => {
    await takeTool(9, 'round')
    await stroke([100, 100], [160, 130])
    await stroke([300.5, 300.5])
    await page.keyboard.press('n')
    await expect.poll(async () => (await points()).length).toBe(1)
    const [mask] = await stored()
    await page.mouse.click(...(await screen([130, 115])), { button: 'right' })
    await page.getByRole('menuitem', { name: 'Convert to polygons' }).click()
    const panel = page.getByRole('dialog', { name: 'Convert 1 mask to polygons' })
    await panel.getByText(/^2 polygons/).waitFor()
    await page.screenshot({ path: join(ARTIFACTS, 'mask-to-polygons.png') })
    await panel.getByRole('slider').press('End')
    await panel.getByRole('button', { name: 'Convert' }).click()
    await expect
      .poll(async () => (await stored()).map(({ type }) => type))
      .toEqual(['polygon', 'polygon'])
    const [one, other] = await stored()
    expect(one?.id).toBe(mask?.id)
    expect(one?.group).toBeGreaterThan(0)
    expect(other?.group).toBe(one?.group)
    await page.keyboard.press('Control+a')
    await page.mouse.move(...beside)
    await page.mouse.move(...(await screen([130, 115])))
    await page.mouse.click(...(await screen([130, 115])), { button: 'right' })
    await page.getByRole('menuitem', { name: 'Convert to masks' }).click()
    await expect
      .poll(async () => (await stored()).map(({ type }) => type))
      .toEqual(['mask', 'mask'])
    const pixels = (await stored()).map(({ points }) => points.slice(-4))
    expect(pixels[1]).toEqual([296, 296, 304, 304])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(points).toEqual([mask?.points])
  })

  test('an export and its import have the same pixels', async () => {
    await takeTool(17, 'round')
    await stroke([100, 100], [260, 190])
    await page.keyboard.press('e')
    await stroke([180, 145])
    await page.keyboard.press('n')
    await expect.poll(async () => (await points()).length).toBe(1)
    const before = await points()
    const file = join(open.dataDir, 'masks.zip')
    const [task, format] = [String(open.taskId), ['--format', 'CVAT for images 1.1']]
    await fieldmarkJson(open.dataDir, 'task', 'export-dataset', task, file, ...format)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Shift+Delete')
    await expect.poll(points).toEqual([])
    await fieldmarkJson(open.dataDir, 'task', 'import-dataset', task, file, ...format)
    await expect.poll(points).toEqual(before)
  })
})
