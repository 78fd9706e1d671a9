/**
 * The magic wand, the scissors and the trackers in the real page, with the models that ship; then with functions that answer
 * late, never, or what nobody can read.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import { fillPolygonMask } from '#shared/geometry/mask-raster.ts'
import { chromiumPath } from './harness/chromium.ts'
import { Hand, type Place } from './harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const names = ['triangle', 'square', 'disc', 'ring', 'star', 'arrow']
const LABELS = names.map((name) => ({ name, type: 'any', attributes: [] }))

/** The triangle of the sample's first picture, as its ground truth has it. */
const TRIANGLE = [167.36, 208.6, 170.22, 264.45, 111.58, 239.46]
const truth = fillPolygonMask(TRIANGLE, 640, 480) ?? []
const inside: Place = [150, 238]
const beside: Place = [150, 150]
const corners: readonly Place[] = [
  [167, 209],
  [170, 264],
  [112, 239],
]

const maskOf = ({ type, points }: Shape): number[] =>
  type === 'mask' ? points : (fillPolygonMask(points, 640, 480) ?? [])

describe.skipIf(chromiumPath === null)('AI tools', () => {
  let open: OpenWorkspace
  let hand: Hand
  /** Bodies of what the page asked of `functions.interact`. */
  const asked: { positive: number[][]; negative: number[][]; previous: string | null }[] = []

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    open = await openWorkspace(LABELS, [await samePictures(4)])
    hand = new Hand(open)
    open.page.on('request', (request) => {
      if (request.url().endsWith('/rpc/functions/interact'))
        asked.push((request.postDataJSON() as { json: (typeof asked)[number] }).json)
    })
  }, 120_000)
  afterAll(() => open?.close())
  beforeEach(async () => {
    if ((await hand.frame()) !== '0') await hand.goTo(0)
    await hand.clear()
    asked.length = 0
  })
  afterEach(() => open.page.unrouteAll({ behavior: 'ignoreErrors' }))

  const shot = (name: string) => open.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })
  const bar = () => open.page.getByRole('toolbar', { name: 'Tools of the object' })
  const wand = () => hand.tool('Magic wand: point at an object')
  const isReady = () => bar().getByText('Desk click-to-mask').waitFor()
  const asShown = () =>
    bar()
      .getByText(/points · score/)
      .waitFor()
  const shapes = async () => (await hand.all()).filter((one): one is Shape => one.kind === 'shape')
  const labelIds = async () => {
    const task = await open.page.evaluate(
      async (id) => (await fetch(`/api/tasks/${id}`)).json(),
      open.taskId,
    )
    const { labels } = task as { labels: { id: number; name: string }[] }
    return new Map(labels.map(({ id, name }) => [name, id]))
  }
  const cursorIsOn = () =>
    expect
      .poll(() =>
        open.page.getByRole('button', { name: 'Cursor', exact: true }).getAttribute('aria-pressed'),
      )
      .toBe('true')

  /** The card of a tool, opened as a hand does: by resting on its button. */
  const card = async (name: string, tab: string) => {
    await open.page.getByRole('button', { name, exact: true }).hover()
    await open.page.getByRole('tab', { name: tab }).click()
  }
  const aiCard = (tab: string) => card('Magic wand: point at an object', tab)

  describe('interactors', () => {
    test('one click on an object outlines it; it is one step, semi-automatic, with its score', async () => {
      await wand()
      await isReady()
      await hand.click(inside)
      await asShown()
      await shot('ai-interact')
      await hand.press('n')
      await expect.poll(async () => (await shapes()).length).toBe(1)
      const [shape] = await shapes()
      expect(shape).toMatchObject({ type: 'polygon', source: 'semi-auto' })
      expect(shape?.score).toBeGreaterThan(0.3)
      expect(shape && maskIoU(maskOf(shape), truth)).toBeGreaterThan(0.6)
      await cursorIsOn()
      await hand.press('Control+z')
      await expect.poll(shapes).toEqual([])
      await hand.press('Control+Shift+z')
      await expect.poll(shapes).toEqual([shape])
    })

    test('as a mask it is the very pixels, and the next object follows with Shift+N', async () => {
      await wand()
      await isReady()
      await bar().getByRole('radio', { name: 'As a mask' }).check({ force: true })
      await hand.click(inside)
      await bar()
        .getByText(/^score/)
        .waitFor()
      await hand.press('Shift+N')
      await expect.poll(async () => (await shapes()).map(({ type }) => type)).toEqual(['mask'])
      await hand.click([212, 390])
      await bar()
        .getByText(/^score/)
        .waitFor()
      await hand.press('n')
      await expect.poll(async () => (await shapes()).length).toBe(2)
      const [first] = await shapes()
      expect(first && maskIoU(maskOf(first), truth)).toBeGreaterThan(0.6)
      await wand()
      await isReady()
      await bar().getByRole('radio', { name: 'As a polygon' }).check({ force: true })
      await hand.press('Escape')
    })

    test('Escape at each step leaves no trace', async () => {
      const before = await hand.stored()
      const steps = [
        wand,
        () => hand.click(inside),
        () => hand.rightClick(beside),
        () => hand.click([160, 245]),
      ]
      for (let count = 1; count <= steps.length; count += 1) {
        for (const step of steps.slice(0, count)) await step()
        await hand.press('Escape')
        await cursorIsOn()
        await expect.poll(() => bar().count()).toBe(0)
        expect(await hand.stored(), `Escape after step ${count}`).toEqual(before)
      }
    })

    test('right clicks are beside it, a click on a dot takes it away, undo brings it back', async () => {
      await wand()
      await isReady()
      await hand.click(inside)
      await asShown()
      await hand.rightClick(beside)
      await expect.poll(() => asked.at(-1)?.negative.length).toBe(1)
      const token = asked.at(-1)?.previous
      expect(token).not.toBeNull()
      await hand.beside()
      await hand.click(beside)
      await expect.poll(() => asked.at(-1)?.negative.length).toBe(0)
      expect(asked.at(-1)?.previous).toBeNull()
      const count = asked.length
      await hand.press('Control+z')
      await expect
        .poll(() => bar().getByRole('button', { name: 'Repeat the click' }).isEnabled())
        .toBe(true)
      expect(asked.length).toBe(count)
      await hand.press('Escape')
    })

    test('Ctrl held sends nothing until it is released, and the Block button says so', async () => {
      await wand()
      await isReady()
      const block = open.page.getByRole('button', { name: 'Block' })
      await hand.beside()
      asked.length = 0
      await hand.holding('Control', async () => {
        await hand.click(inside, [160, 245])
        await expect.poll(() => block.getAttribute('aria-pressed')).toBe('true')
        expect(asked.filter(({ positive }) => positive.length > 1)).toEqual([])
      })
      await expect.poll(() => block.getAttribute('aria-pressed')).toBe('false')
      await expect.poll(() => asked.at(-1)?.positive.length).toBe(2)
      await hand.press('Escape')
    })

    test('fewer and more points by key, and the count follows', async () => {
      await wand()
      await isReady()
      await hand.click(inside)
      await asShown()
      const count = async () => Number(/(\d+) points/.exec((await bar().textContent()) ?? '')?.[1])
      const before = await count()
      await hand.press(']', ']', ']', ']')
      await expect.poll(count).toBeGreaterThan(before)
      await hand.press('[', '[', '[', '[')
      await expect.poll(count).toBe(before)
      await hand.press('Escape')
    })

    test('the next frame keeps what was found on its own, and the tool stays in hand', async () => {
      await wand()
      await isReady()
      await hand.click(inside)
      await asShown()
      await hand.press('f')
      await expect.poll(() => hand.frame()).toBe('1')
      await isReady()
      await expect.poll(async () => (await hand.all(0)).length).toBe(1)
      expect(await hand.all(1)).toEqual([])
      await hand.press('Escape')
      await hand.press('Control+z')
      await expect.poll(() => hand.all(0)).toEqual([])
    })

    test('a box that has to come first is asked for, and GrabCut cuts the object out of it', async () => {
      await card('Intelligent scissors', 'Drawing')
      await open.page.getByRole('button', { name: 'Interact', exact: true }).click()
      await bar().getByText('GrabCut').waitFor()
      await hand.rightClick(inside)
      await open.page.getByText('Draw a box around the object first.').waitFor()
      await hand.drag([95, 190], [186, 280])
      await bar()
        .getByText(/points/)
        .waitFor({ timeout: 20_000 })
      await hand.press('n')
      await expect.poll(async () => (await shapes()).length).toBe(1)
      const [shape] = await shapes()
      expect(shape && maskIoU(maskOf(shape), truth)).toBeGreaterThan(0.6)
    })
  })

  test('what an interactor is set to is within reach of the object, and asks anew', async () => {
    await card('Intelligent scissors', 'Drawing')
    await open.page.getByRole('combobox', { name: 'Interactor' }).click()
    await open.page.getByRole('option', { name: 'Magic wand' }).click()
    await open.page.getByRole('button', { name: 'Interact', exact: true }).click()
    await bar().getByText('Magic wand').waitFor()
    await hand.click(inside)
    await bar()
      .getByText(/\d points/)
      .waitFor({ timeout: 20_000 })
    asked.length = 0
    await bar().getByRole('slider', { name: 'Tolerance' }).focus()
    await hand.press('End')
    await expect.poll(() => asked.length).toBe(1)
    expect(asked[0]?.previous).toBeNull()
    await bar().getByRole('slider', { name: 'Tolerance' }).focus()
    await hand.press('Home', ...Array.from({ length: 24 }, () => 'ArrowRight'))
    await hand.press('Escape')
    await expect.poll(() => bar().count()).toBe(0)
    expect(await shapes()).toEqual([])
  })

  test('the outline of a shape is found anew in its box, and undo has the old one', async () => {
    const drawn = await hand.outline(
      'Draw a polygon',
      [100, 200],
      [180, 200],
      [180, 270],
      [100, 270],
    )
    await hand.over(inside)
    await hand.press('Shift+Alt+W')
    await asShown()
    await hand.press('n')
    const now = async () => (await hand.now(drawn)) as Shape
    await expect.poll(async () => (await now()).source).toBe('semi-auto')
    expect(maskIoU(maskOf(await now()), truth)).toBeGreaterThan(0.6)
    await hand.press('Control+z')
    await expect.poll(now).toEqual(drawn)
  })

  test('zoomed in, only what is visible is looked at, and the result lies where it belongs', async () => {
    await wand()
    await isReady()
    await hand.over(inside)
    for (let turn = 0; turn < 5; turn += 1) await open.page.mouse.wheel(0, -200)
    await hand.press('u')
    const regions: unknown[] = []
    open.page.on('request', (request) => {
      if (request.url().endsWith('/rpc/functions/interact'))
        regions.push((request.postDataJSON() as { json: { region: unknown } }).json.region)
    })
    await open.page.mouse.down()
    await open.page.mouse.up()
    await asShown()
    const region = regions.at(-1) as { left: number; right: number }
    expect(region.right - region.left).toBeLessThan(640)
    await hand.press('n')
    await expect.poll(async () => (await shapes()).length).toBe(1)
    const [x = 0] = (await shapes())[0]?.points ?? []
    expect(x).toBeGreaterThan(region.left)
    expect(x).toBeLessThan(region.right)
    await wand()
    await hand.press('u', 'Escape', 'Shift+1')
  })

  describe('detectors', () => {
    const annotate = () => open.page.getByRole('button', { name: 'Annotate', exact: true })
    const becomes = (name: string) =>
      open.page.getByRole('combobox', { name: `What “${name}” becomes` })
    const chooseModel = async (name: string) => {
      await open.page.getByRole('combobox', { name: 'Detector' }).click()
      await open.page.getByRole('option', { name }).click()
    }

    test('this frame is annotated with the labels as matched, as one step', async () => {
      await aiCard('Detectors')
      await chooseModel('Desk detector')
      await expect.poll(() => becomes('triangle').inputValue()).toBe('triangle')
      await becomes('triangle').selectOption('disc')
      await becomes('square').selectOption('')
      await shot('ai-detect')
      await annotate().click()
      await open.page
        .getByText(/Desk detector found \d+ object/)
        .last()
        .waitFor({ timeout: 20_000 })
      const found = await shapes()
      expect(found.length).toBeGreaterThan(0)
      expect(new Set(found.map(({ source, type }) => `${source} ${type}`))).toEqual(
        new Set(['auto rectangle']),
      )
      const onTriangle = found.find(({ points: [x1 = 0, , x2 = 0] }) => x1 < 150 && x2 > 150)
      const labels = await labelIds()
      expect(onTriangle?.labelId).toBe(labels.get('disc'))
      expect(found.some(({ labelId }) => labelId === labels.get('square'))).toBe(false)
      await hand.press('Control+z')
      await expect.poll(shapes).toEqual([])
      await hand.press('Control+Shift+z')
      await expect.poll(async () => (await shapes()).length).toBe(found.length)
    })

    test('the choice is remembered for the task; by name again from the menu; a key is enough', async () => {
      await aiCard('Detectors')
      await open.page.getByText('as last time').waitFor()
      expect(await becomes('triangle').inputValue()).toBe('disc')
      await open.page.getByRole('button', { name: 'Matching of labels' }).click()
      await open.page.getByRole('menuitem', { name: 'Match by name' }).click()
      await expect.poll(() => becomes('triangle').inputValue()).toBe('triangle')
      await annotate().click()
      await expect.poll(async () => (await shapes()).length).toBeGreaterThan(0)
      await hand.clear()
      await hand.press('Shift+W')
      await expect.poll(async () => (await shapes()).length).toBeGreaterThan(0)
    })

    test('run again it doubles nothing, and says so; what was taken away comes back', async () => {
      await hand.press('Shift+W')
      await expect.poll(async () => (await shapes()).length).toBeGreaterThan(1)
      const found = await shapes()
      await hand.press('Shift+W')
      await open.page
        .getByText(/on this frame already/)
        .last()
        .waitFor()
      expect(await shapes()).toEqual(found)
      await hand.press('Tab', 'Delete')
      await expect.poll(async () => (await shapes()).length).toBe(found.length - 1)
      await hand.press('Escape', 'Shift+W')
      await expect.poll(async () => (await shapes()).length).toBe(found.length)
    })

    test('the card is opened, chosen in and run with the keyboard alone; Escape closes a list first', async () => {
      const focus = () =>
        open.page.evaluate(() => {
          const now = document.activeElement
          return now === document.body ? '' : (now?.getAttribute('aria-label') ?? now?.textContent)
        })
      await hand.press('Alt+w')
      await expect.poll(focus).toBe('Detectors')
      await hand.press('ArrowLeft')
      await expect.poll(focus).toBe('Interactors')
      await hand.press('Tab')
      await expect.poll(focus).toMatch(/^triangle/)
      await hand.press('ArrowDown', '3')
      const disc = open.page.getByRole('option', { name: /^disc/, selected: true })
      await disc.first().waitFor()
      await hand.press('1', 'Shift+Tab', 'ArrowRight', 'Tab')
      await expect.poll(focus).toBe('Detector')
      await hand.press('ArrowDown')
      await open.page.getByRole('option', { name: 'Desk segmenter' }).waitFor()
      await hand.press('Escape')
      await open.page.getByRole('option', { name: 'Desk segmenter' }).waitFor({ state: 'hidden' })
      await annotate().focus()
      await hand.press('Enter')
      await expect.poll(async () => (await shapes()).length).toBeGreaterThan(0)
      expect(await open.page.getByRole('tab', { name: 'Detectors' }).count()).toBe(0)
    })

    test('masks of a segmenter stay masks, or become polygons', async () => {
      await aiCard('Detectors')
      await chooseModel('Desk segmenter')
      await open.page.getByRole('checkbox', { name: 'Masks become polygons' }).check()
      await annotate().click()
      await expect
        .poll(async () => new Set((await shapes()).map(({ type }) => type)), { timeout: 20_000 })
        .toEqual(new Set(['polygon']))
      await hand.clear()
      await aiCard('Detectors')
      await open.page.getByRole('checkbox', { name: 'Masks become polygons' }).uncheck()
      await annotate().click()
      await expect
        .poll(async () => new Set((await shapes()).map(({ type }) => type)), { timeout: 20_000 })
        .toEqual(new Set(['mask']))
    })

    test('nothing found is told, and changes nothing', async () => {
      const before = await hand.stored()
      await open.page.route('**/rpc/functions/detect', (route) =>
        route.fulfill({
          json: { json: { proposals: [], notes: ['3 persons dropped.'], tookMs: 1 } },
        }),
      )
      await hand.press('Shift+W')
      await open.page.getByText('found nothing on this frame').last().waitFor()
      await open.page.getByText('3 persons dropped.').last().waitFor()
      expect(await hand.stored()).toEqual(before)
    })

    test('one that hangs is stopped, and nothing comes of it later', async () => {
      const before = await hand.stored()
      const held: Route[] = []
      await open.page.route('**/rpc/functions/detect', (route) => void held.push(route))
      await hand.press('Shift+W')
      await open.page.getByRole('status').getByRole('button', { name: 'Stop' }).click()
      for (const route of held) await route.abort().catch(() => undefined)
      await expect.poll(() => open.page.getByText(/looks at frame/).count()).toBe(0)
      expect(await hand.stored()).toEqual(before)
    })
  })

  describe('misbehaving functions', () => {
    const answer = (json: unknown) => (route: Route) =>
      route.fulfill({
        json: {
          json: {
            mask: null,
            outline: null,
            score: null,
            token: null,
            tookMs: 1,
            ...(json as object),
          },
        },
      })
    const whenAsked = (how: (route: Route) => Promise<void> | void) =>
      open.page.route('**/rpc/functions/interact', how)
    const problem = () => bar().getByRole('alert')

    test.each([
      ['a mask that is none', { mask: [0, 3, 0, 0, 9, 9] }],
      ['a mask beyond the picture', { mask: [0, 4, 639, 479, 640, 480] }],
      ['an outline of two points', { outline: [1, 1, 2, 2] }],
    ])('%s: a sentence with a remedy, and the session survives', async (_what, json) => {
      await wand()
      await isReady()
      await hand.beside()
      await whenAsked(answer(json))
      await hand.click(inside)
      await expect.poll(() => problem().textContent()).toMatch(/nobody can read.*unchanged/)
      await open.page.unrouteAll()
      await problem().getByRole('button', { name: 'Try again' }).click()
      await asShown()
      await hand.press('Escape')
      expect(await shapes()).toEqual([])
    })

    test.each([
      [
        'a page in place of an answer',
        (route: Route) =>
          route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
      ],
      [
        'half an answer',
        (route: Route) =>
          route.fulfill({ contentType: 'application/json', body: '{"json": {"mask": [0, ' }),
      ],
      ['no answer at all', (route: Route) => route.abort()],
    ])('%s: it says so, and another click works', async (_what, how) => {
      await wand()
      await isReady()
      await hand.beside()
      await whenAsked(how)
      await hand.click(inside)
      await expect.poll(() => problem().textContent()).toMatch(/No answer .*unchanged/)
      await open.page.unrouteAll()
      await hand.click([160, 245])
      await asShown()
      await hand.press('Escape')
      expect(await shapes()).toEqual([])
    })

    test('one that hangs is left by Escape, and nothing comes of it later', async () => {
      await wand()
      await isReady()
      await hand.beside()
      const held: Route[] = []
      await whenAsked((route) => void held.push(route))
      await hand.click(inside)
      await bar().getByText('Working…').waitFor()
      await hand.press('n', 'Escape')
      await cursorIsOn()
      for (const route of held) await answer({ mask: truth })(route).catch(() => undefined)
      expect(await shapes()).toEqual([])
    })

    test('nothing found is said, and N makes no shape of it', async () => {
      await wand()
      await isReady()
      await hand.beside()
      await whenAsked(answer({}))
      await hand.click(inside)
      await bar().getByText('Nothing found here.').waitFor()
      await hand.press('n', 'Escape')
      expect(await shapes()).toEqual([])
    })

    test('without any model the card says what to do', async () => {
      await open.page.route('**/rpc/functions/list', (route) =>
        route.fulfill({ json: { json: [] } }),
      )
      await aiCard('Interactors')
      await open.page.getByText('No interactor yet').waitFor()
      expect(
        await open.page.getByRole('link', { name: 'Open the Models page' }).getAttribute('href'),
      ).toBe('/models')
      await open.page.unrouteAll()
      await open.page.getByRole('tab', { name: 'Detectors' }).click()
      await open.page.keyboard.press('Escape')
    })
  })

  describe('intelligent scissors', () => {
    const points = async () => {
      const text = await open.page
        .getByRole('toolbar', { name: 'Intelligent scissors' })
        .textContent()
      return Number(/(\d+) point/.exec(text ?? '')?.[1])
    }

    test('along the edges to a polygon; the last point is taken back by a click on it', async () => {
      await hand.tool('Intelligent scissors')
      await hand.click(...corners)
      await hand.click([118, 200])
      await expect.poll(() => points()).toBeGreaterThan(3)
      await shot('ai-scissors')
      await hand.beside()
      await hand.click([118, 200])
      await hand.press('n')
      await expect.poll(async () => (await shapes()).length).toBe(1)
      const [shape] = await shapes()
      expect(shape).toMatchObject({ type: 'polygon', source: 'semi-auto' })
      expect(shape && maskIoU(maskOf(shape), truth)).toBeGreaterThan(0.8)
      await hand.press('Control+z')
      await expect.poll(shapes).toEqual([])
    })

    test('a point outside the square is refused, with Ctrl it is a straight line', async () => {
      await hand.tool('Intelligent scissors')
      await hand.click([100, 100], [500, 100])
      await open.page.getByText('Too far from the last point', { exact: false }).waitFor()
      await hand.holding('Control', () => hand.click([500, 100], [500, 300]))
      await hand.press('n')
      await expect.poll(async () => (await shapes())[0]?.points.length).toBe(6)
    })

    test('Escape at each step leaves no trace', async () => {
      const before = await hand.stored()
      for (let count = 0; count <= corners.length; count += 1) {
        await hand.tool('Intelligent scissors')
        await hand.click(...corners.slice(0, count))
        await hand.press('Escape')
        await cursorIsOn()
        expect(await hand.stored(), `Escape after ${count} points`).toEqual(before)
      }
    })
  })

  describe('trackers', () => {
    test('objects of a frame are led to the end as one step', async () => {
      await hand.rectangle([105, 200, 176, 270])
      await hand.beside()
      await aiCard('Trackers')
      await open.page.getByRole('button', { name: 'Track 1 object' }).click()
      await open.page.getByText('1 object tracked over 3 frames').waitFor({ timeout: 30_000 })
      const track = async () => (await hand.all()).find((one): one is Track => one.kind === 'track')
      await expect
        .poll(async () => (await track())?.keyframes.map(({ frame }) => frame))
        .toEqual([0, 1, 2, 3])
      await hand.press('Control+z')
      await expect
        .poll(async () => (await hand.all()).map(({ kind }: Annotation) => kind))
        .toEqual(['shape'])
    })
  })
})
