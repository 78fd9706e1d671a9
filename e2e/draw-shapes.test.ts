/** Every outline a person can draw, and every way to change it, in the real page with mouse and keys. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, launchChromium, openPage } from './harness/chromium.ts'
import { type ServedApp, serveApp } from './harness/served-app.ts'

const IMAGES = fileURLToPath(new URL('../resources/sample/images', import.meta.url))
const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

type Point = readonly [number, number]
interface Drawn {
  readonly id: number
  readonly type: string
  readonly points: number[]
  readonly rotation: number
}

describe.skipIf(chromiumPath === null)('outlines', () => {
  let browser: Browser
  let dataDir: string
  let app: ServedApp
  let page: Page
  /** Image pixels of a place on the screen, flat for several; worked out from two points drawn at known places. */
  let image: (...places: readonly Point[]) => number[]

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-'))
    browser = await launchChromium()
    app = await serveApp(dataDir)
    page = await openTask(browser, app.url)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** Each test begins with an empty frame and an upright, fitted view. */
  afterEach(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.mouse.move(1000, 845)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Shift+Delete')
    await page.getByText('0 items', { exact: true }).waitFor()
  })

  const tool = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const clicks = async (...places: readonly Point[]) => {
    for (const [x, y] of places) {
      await page.mouse.move(x, y)
      await page.mouse.click(x, y)
    }
  }
  const drag = async (from: Point, to: Point) => {
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...to, { steps: 4 })
    await page.mouse.up()
  }
  /** The shape under the pointer is the active one. */
  const over = async (place: Point) => {
    await page.mouse.move(place[0] + 3, place[1] + 3)
    await page.mouse.move(...place)
  }
  const shapes = async (): Promise<Drawn[]> => {
    await page.getByText('Saved', { exact: true }).waitFor()
    return page.evaluate(async () => {
      const answer = await fetch('/api/tasks/1/annotations/0')
      return ((await answer.json()) as { annotations: never[] }).annotations
    })
  }
  /** Waits until the frame holds shapes with just these points, then answers them. */
  const expectPoints = async (...expected: readonly (readonly number[])[]): Promise<Drawn[]> => {
    const close = expected.map((points) => points.map((value) => expect.closeTo(value, 6)))
    await expect.poll(async () => (await shapes()).map(({ points }) => points)).toEqual(close)
    return shapes()
  }

  test('two points at known places say where the picture lies', async () => {
    const [a, b] = [
      [300, 200],
      [900, 600],
    ] as const
    await tool('Draw points')
    await clicks(a, b)
    await page.keyboard.press('n')
    await expect.poll(async () => (await shapes()).length).toBe(1)
    const [x1 = 0, y1 = 0, x2 = 0] = (await shapes())[0]?.points ?? []
    const scale = (x2 - x1) / (b[0] - a[0])
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await shapes()).length).toBe(0)
    image = (...places) =>
      places.flatMap(([x, y]) => [x1 + (x - a[0]) * scale, y1 + (y - a[1]) * scale])
    expect([scale > 0, y1 > 0]).toEqual([true, true])
  })

  test('a polyline: right click and Ctrl+Z take points back, Enter finishes', async () => {
    const path: Point[] = [
      [300, 250],
      [420, 300],
      [380, 420],
    ]
    await tool('Draw a polyline')
    await clicks(...path, [600, 600], [620, 620])
    await page.mouse.click(640, 640, { button: 'right' })
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Enter')
    const [line] = await expectPoints(image(...path))
    expect(line?.type).toBe('polyline')
    await page.keyboard.press('Control+z')
    await expectPoints()
    await page.keyboard.press('Control+Shift+z')
    await expectPoints(image(...path))
  })

  test('Shift draws a polygon freehand; the wheel zooms and its button pans meanwhile', async () => {
    await tool('Draw a polygon')
    await clicks([300, 250])
    await page.keyboard.down('Shift')
    await page.mouse.move(500, 250, { steps: 40 })
    await page.keyboard.up('Shift')
    await page.mouse.wheel(0, 120)
    await page.mouse.wheel(0, -120)
    await clicks([500, 400])
    await page.keyboard.press('n')
    await expect.poll(async () => (await shapes())[0]?.points.length).toBeGreaterThan(20)
    expect((await shapes())[0]?.points.slice(0, 2)).toEqual(
      image([300, 250]).map((value) => expect.closeTo(value, 6)),
    )
  })

  test('single points: the number of points is kept for its tool alone', async () => {
    await page.getByRole('button', { name: 'Draw points', exact: true }).hover()
    await page.getByRole('textbox', { name: 'Number of points' }).fill('1')
    await page.getByRole('button', { name: 'Shape', exact: true }).click()
    await clicks([400, 300])
    const [one] = await expectPoints(image([400, 300]))
    expect(one?.type).toBe('points')
    await tool('Draw a polygon')
    await clicks([500, 300], [600, 300], [600, 400], [500, 400])
    await page.keyboard.press('n')
    const ring: Point[] = [
      [500, 300],
      [600, 300],
      [600, 400],
      [500, 400],
    ]
    await expectPoints(image([400, 300]), image(...ring))
    await page.getByRole('button', { name: 'Draw points', exact: true }).hover()
    await page.getByRole('textbox', { name: 'Number of points' }).fill('')
    await page.mouse.move(1000, 845)
    await page.getByRole('textbox', { name: 'Number of points' }).waitFor({ state: 'hidden' })
  })

  test('an ellipse is dragged, turned with its handle and by keys', async () => {
    await tool('Draw an ellipse')
    await drag([500, 300], [700, 400])
    const [cx = 0, cy = 0, x2 = 0, y1 = 0] = image([600, 350], [700, 300])
    await expectPoints([cx, cy, x2, y1])
    await over([600, 350])
    await drag([600, 274], [760, 350])
    await expect.poll(async () => (await shapes())[0]?.rotation).toBeCloseTo(90, 6)
    await over([600, 350])
    await page.keyboard.press('Alt+.')
    await page.keyboard.press('Shift+Alt+,')
    await expect.poll(async () => (await shapes())[0]?.rotation).toBeCloseTo(76, 6)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await shapes())[0]?.rotation).toBe(0)
  })

  test('a rectangle by four extreme points, and one drawn turned; N repeats the method', async () => {
    await chooseMethod(page, 'Four extreme points')
    await clicks([400, 200], [300, 260], [520, 280], [420, 330])
    await expectPoints(image([300, 200], [520, 330]))
    await page.keyboard.press('n')
    await clicks([700, 200], [600, 260], [820, 280])
    await page.screenshot({ path: join(ARTIFACTS, 'extreme-points.png') })
    await page.keyboard.press('Escape')
    await expectPoints(image([300, 200], [520, 330]))

    await chooseMethod(page, 'Turned: a side, then the depth')
    await clicks([500, 500], [620, 620], [560, 680])
    await expect.poll(async () => (await shapes()).length).toBe(2)
    expect((await shapes())[1]?.rotation).toBeCloseTo(45, 6)
    await chooseMethod(page, 'Two corners')
    await page.keyboard.press('Escape')
  })

  const ring: Point[] = [
    [400, 250],
    [700, 250],
    [700, 500],
    [400, 500],
  ]
  const drawRing = async (places = ring) => {
    await tool('Draw a polygon')
    await clicks(...places)
    await page.keyboard.press('n')
  }

  test('the menu of a vertex: starting point, orientation, delete; each one step', async () => {
    await drawRing()
    const [a, b, c, d] = ring as [Point, Point, Point, Point]
    await expectPoints(image(a, b, c, d))
    await over(c)
    await page.mouse.click(...c, { button: 'right' })
    await page.screenshot({ path: join(ARTIFACTS, 'vertex-menu.png') })
    await page.getByRole('menuitem', { name: 'Set starting point' }).click()
    await expectPoints(image(c, d, a, b))
    await over(c)
    await page.mouse.click(...c, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Switch orientation' }).click()
    await expectPoints(image(c, b, a, d))
    await over(a)
    await page.mouse.click(...a, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete point' }).click()
    await expectPoints(image(c, b, d))
    for (const points of [image(c, b, a, d), image(c, d, a, b), image(a, b, c, d)]) {
      await page.keyboard.press('Control+z')
      await expectPoints(points)
    }
  })

  test('vertices are dragged, added on an edge and deleted with Alt', async () => {
    await drawRing()
    const [a, b, c, d] = ring as [Point, Point, Point, Point]
    await over(c)
    await drag(c, [760, 560])
    await expectPoints(image(a, b, [760, 560], d))
    await over([550, 250])
    await drag([550, 250], [550, 180])
    await expectPoints(image(a, [550, 180], b, [760, 560], d))
    await over(b)
    await page.keyboard.down('Alt')
    await page.mouse.click(...b)
    await page.keyboard.up('Alt')
    await expectPoints(image(a, [550, 180], [760, 560], d))
  })

  test('the contour editor replaces a part in one step; Escape at any point changes nothing', async () => {
    await drawRing()
    const [a, b, c, d] = ring as [Point, Point, Point, Point]
    await expectPoints(image(a, b, c, d))
    const begin = async () => {
      await over(b)
      await page.keyboard.down('Shift')
      await page.mouse.click(...b)
      await page.keyboard.up('Shift')
      await clicks([800, 350])
    }
    await begin()
    await page.keyboard.press('Escape')
    await clicks([900, 700])
    await expectPoints(image(a, b, c, d))
    await begin()
    await page.screenshot({ path: join(ARTIFACTS, 'contour-editor.png') })
    await clicks(c)
    await expectPoints(image(a, b, [800, 350], c, d))
    await page.keyboard.press('Control+z')
    await expectPoints(image(a, b, c, d))
  })

  test('without intelligent cropping the part to keep is chosen', async () => {
    await runAction(page, 'Intelligent cropping')
    await drawRing()
    const [a, , , d] = ring as [Point, Point, Point, Point]
    const [top, bottom]: [Point, Point] = [
      [600, 250],
      [600, 500],
    ]
    await over(top)
    await page.keyboard.down('Shift')
    await page.mouse.click(...top)
    await page.keyboard.up('Shift')
    await clicks([620, 380], bottom)
    await page.mouse.move(500, 400)
    await page.screenshot({ path: join(ARTIFACTS, 'choose-part.png') })
    await clicks([500, 400])
    await expectPoints(image(a, top, [620, 380], bottom, d))
    await runAction(page, 'Intelligent cropping')
  })

  test('Shift+N draws a shape anew: label and id stay, Escape brings the old one back', async () => {
    await drawRing()
    const [before] = await expectPoints(image(...ring))
    await over([500, 400])
    await page.keyboard.press('Shift+N')
    await clicks([300, 300], [350, 300])
    await page.keyboard.press('Escape')
    await expectPoints(image(...ring))
    await over([500, 400])
    await page.keyboard.press('Shift+N')
    const anew: Point[] = [
      [300, 300],
      [380, 300],
      [340, 380],
    ]
    await clicks(...anew)
    await page.keyboard.press('n')
    const [after] = await expectPoints(image(...anew))
    expect(after?.id).toBe(before?.id)
    await page.keyboard.press('Control+z')
    await expectPoints(image(...ring))
  })

  test('automatic bordering: Ctrl while drawing follows the neighbour, exactly', async () => {
    await drawRing()
    const [a, b, c] = ring as [Point, Point, Point, Point]
    const [{ points: theirs } = { points: [] }] = await expectPoints(image(...ring))
    await tool('Draw a polygon')
    await clicks([800, 380])
    await page.keyboard.down('Control')
    await clicks([a[0] + 4, a[1] - 3], [b[0] + 3, b[1] + 2])
    await page.screenshot({ path: join(ARTIFACTS, 'bordering.png') })
    await clicks([c[0] - 4, c[1] + 4])
    await page.keyboard.up('Control')
    await page.keyboard.press('n')
    await expect.poll(async () => (await shapes()).length).toBe(2)
    expect((await shapes())[1]?.points.slice(2)).toEqual(theirs.slice(0, 6))
  })

  test('shared borders: a common vertex moves in both, in one step', async () => {
    await drawRing()
    await tool('Automatic bordering')
    await tool('Draw a polygon')
    await clicks([701, 251], [850, 250], [850, 500], [699, 501])
    await page.keyboard.press('n')
    await tool('Automatic bordering')
    await expect.poll(async () => (await shapes()).length).toBe(2)
    const before = (await shapes()).map(({ points }) => points)
    await tool('Shared borders')
    await over([550, 400])
    await drag([700, 250], [680, 200])
    const [left = [], right = []] = before
    const moved = image([680, 200])
    await expectPoints(
      [...left.slice(0, 2), ...moved, ...left.slice(4)],
      [...moved, ...right.slice(2)],
    )
    await page.keyboard.press('Control+z')
    await expectPoints(left, right)
    await tool('Shared borders')
  })

  test('each type is copied, pasted many times with Ctrl, moved by keys and undone', async () => {
    await tool('Draw a polyline')
    await clicks([300, 250], [400, 300])
    await page.keyboard.press('n')
    await tool('Draw points')
    await clicks([300, 400], [400, 420])
    await page.keyboard.press('n')
    await tool('Draw an ellipse')
    await drag([300, 500], [400, 560])
    await expect.poll(async () => (await shapes()).length).toBe(3)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await page.mouse.move(700, 400)
    await page.keyboard.down('Control')
    await page.mouse.click(700, 400)
    await page.mouse.click(900, 500)
    await page.keyboard.up('Control')
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await shapes()).length).toBe(9)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await shapes()).length).toBe(3)
    const before = (await shapes()).map(({ points }) => points)
    await page.mouse.move(1000, 845)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Alt+ArrowRight')
    await expectPoints(...before.map((points) => points.map((value, i) => value + ((i + 1) % 2))))
  })

  test('zoomed in and turned, what is drawn is where the pointer was', async () => {
    await page.mouse.move(560, 400)
    for (let i = 0; i < 5; i++) await page.mouse.wheel(0, -200)
    const upright = await cursorPixel(page)
    await page.keyboard.press('Control+r')
    // Under the resting pointer: the status bar follows the picture as well as the pointer.
    await expect.poll(() => cursorPixel(page)).not.toEqual(upright)
    const resting = await cursorPixel(page)
    await page.mouse.move(500, 300)
    const first = await cursorPixel(page)
    await page.mouse.move(560, 400)
    expect(await cursorPixel(page)).toEqual(resting)
    await page.mouse.move(640, 470)
    const second = await cursorPixel(page)
    await tool('Draw a polyline')
    await clicks([500, 300], [640, 470])
    await page.keyboard.press('n')
    await expect.poll(async () => (await shapes()).length).toBe(1)
    expect((await shapes())[0]?.points.map(Math.floor)).toEqual([...first, ...second])
    await page.screenshot({ path: join(ARTIFACTS, 'zoomed-turned.png') })
    await page.keyboard.press('Control+Shift+r')
    await page.keyboard.press('Shift+1')
  })
})

async function openTask(browser: Browser, url: string): Promise<Page> {
  const page = await openPage(browser, url)
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog', { name: 'Open folder' }).waitFor()
  await page.keyboard.type(IMAGES)
  await page.keyboard.press('Control+Enter')
  await page.waitForURL('**/annotate')
  await page.getByPlaceholder('New label').first().waitFor()
  await page.keyboard.type('disc')
  await page.keyboard.press('Enter')
  await page.getByText('What will you label?').waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  return page
}

async function chooseMethod(page: Page, name: string): Promise<void> {
  await page.mouse.move(1000, 845)
  await page.getByRole('button', { name: 'Draw a rectangle', exact: true }).hover()
  await page.getByRole('img', { name }).click()
  await page.getByRole('button', { name: 'Shape', exact: true }).click()
}

/** By its name in the command palette. */
async function runAction(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search or run a command').fill(name)
  await page.getByRole('dialog').getByText(name).first().click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

/** The status bar's own words for where the pointer is. */
async function cursorPixel(page: Page): Promise<number[]> {
  const text = await page.getByText(/^-?\d+, -?\d+$/).textContent()
  return (text ?? '').split(', ').map(Number)
}
