/**
 * The manual's table of keys (section 24), row by row, in the real page: main functions, player, modes, image.
 * Keys of objects, tracks and attributes are in manual/object-keys.test.ts; docs/manual.md names them all.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Settings } from '#renderer/state/settings-schema.ts'
import { chromiumPath } from './harness/chromium.ts'
import { Hand } from './harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from './harness/workspace.ts'

const LABELS = [
  { name: 'car', type: 'any', attributes: [] },
  { name: 'tree', type: 'any', attributes: [] },
]

describe.skipIf(chromiumPath === null)('the keys of the manual', () => {
  let open: OpenWorkspace
  let hand: Hand

  beforeAll(async () => {
    open = await openWorkspace(LABELS, [await samePictures(24)])
    hand = new Hand(open)
  }, 120_000)
  afterAll(() => open?.close())

  const dialog = (name: string) => hand.page.getByRole('dialog', { name, exact: true })
  const frame = () => hand.frame()
  const count = async () => (await hand.all()).length

  describe('main functions', () => {
    afterEach(() => hand.clear())

    test('F1 opens the list of keys and hides it again', async () => {
      await hand.press('F1')
      await dialog('Keys').getByText('Next frame', { exact: true }).waitFor()
      await hand.press('F1')
      await dialog('Keys').waitFor({ state: 'hidden' })
    })

    test('F2 opens the settings and goes back', async () => {
      await hand.press('F2')
      await dialog('Settings').waitFor()
      await hand.press('F2')
      await dialog('Settings').waitFor({ state: 'hidden' })
    })

    test('Ctrl+S saves what is held back', async () => {
      await hand.press('F3')
      const autosave = dialog('Settings').getByLabel('Save by itself')
      await autosave.uncheck({ force: true })
      await hand.press('F3')
      await hand.tool('Draw a rectangle')
      await hand.drag([100, 100], [200, 200])
      await hand.page.getByText(/^1 edit/).waitFor()
      await hand.press('Control+s')
      expect(await count()).toBe(1)
      await hand.press('F3')
      await autosave.check({ force: true })
      await hand.press('F3')
    })

    test('Ctrl+Z cancels the latest action, Ctrl+Shift+Z and Ctrl+Y cancel that', async () => {
      await hand.rectangle([100, 100, 200, 200])
      for (const redo of ['Control+Shift+z', 'Control+y']) {
        await hand.press('Control+z')
        await expect.poll(count).toBe(0)
        await hand.press(redo)
        await expect.poll(count).toBe(1)
      }
    })

    test('the wheel held down moves the image, also in the middle of a drawing', async () => {
      await hand.tool('Draw a polyline')
      await hand.click([100.5, 100.5])
      await hand.drag([300.5, 300.5], [360.5, 330.5], 'middle')
      expect(await hand.pixel()).toEqual([300, 300])
      await hand.page.mouse.click(...(await hand.screen([360.5, 330.5])))
      await hand.press('n')
      await expect.poll(count).toBe(1)
      const [line] = await hand.all()
      expect(line?.kind === 'shape' && line.points.map(Math.floor)).toEqual([100, 100, 300, 300])
      await hand.press('Shift+1')
    })
  })

  describe('player', () => {
    test('F and D step, V and C step farther', async () => {
      for (const [key, shown] of [
        ['f', '1'],
        ['v', '11'],
        ['d', '10'],
        ['c', '0'],
      ] as const) {
        await hand.press(key)
        await expect.poll(frame).toBe(shown)
      }
    })

    test('Right and Left go to the next frame with objects, or to the one that matches the filter', async () => {
      for (const at of [3, 7]) {
        await hand.goTo(at)
        await hand.rectangle([100, 100, 200, 200])
      }
      await hand.beside()
      await hand.press('Control+2')
      await hand.goTo(9)
      await hand.rectangle([100, 100, 200, 200])
      await hand.goTo(0)
      await hand.press('ArrowRight')
      await expect.poll(frame).toBe('3')
      await hand.press('Control+f')
      await dialog('Filter objects')
        .getByRole('textbox', { name: 'As text' })
        .fill('label == "tree"')
      await hand.press('Enter')
      await dialog('Filter objects').waitFor({ state: 'hidden' })
      await hand.press('ArrowRight')
      await expect.poll(frame).toBe('9')
      await hand.page.getByRole('button', { name: 'Clear filter' }).first().click()
      await hand.press('ArrowLeft')
      await expect.poll(frame).toBe('7')
      await hand.press('Control+1')
    })

    test('Space starts and stops changing frames', async () => {
      await hand.goTo(0)
      await hand.press('Space')
      await expect.poll(async () => Number(await frame())).toBeGreaterThan(2)
      await hand.press('Space')
      const play = hand.page.getByRole('button', { name: 'Play or pause', pressed: false })
      await play.waitFor()
      const stopped = await frame()
      await hand.page.waitForTimeout(200)
      expect(await frame()).toBe(stopped)
    })

    test('` and ~ go to the field of the frame', async () => {
      for (const key of ['`', '~']) {
        await hand.press(key)
        const field = hand.page.getByRole('combobox', { name: 'Frame number' })
        expect(await field.evaluate((one) => one.matches(':focus'))).toBe(true)
        await hand.press('Escape')
      }
    })

    test('a number typed there is gone to, also the one that still stands there from before a step', async () => {
      await hand.goTo(1)
      await hand.goTo(0)
      // In one turn: the panels hear of the step when it is painted, and a quick hand is faster.
      const frames = await hand.page.evaluate(async () => {
        const canvas = document.querySelector<HTMLElement>('[data-testid=canvas]')
        const press = (key: string) => {
          const target = document.activeElement ?? document.body
          for (const type of ['keydown', 'keyup'])
            target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }))
        }
        press('f')
        const stepped = canvas?.dataset.frame
        press('`')
        document.execCommand('insertText', false, '0')
        await null
        press('Enter')
        return [stepped, canvas?.dataset.frame]
      })
      expect(frames).toEqual(['1', '0'])
    })
  })

  describe('modes', () => {
    beforeAll(() => hand.goTo(0))
    afterEach(() => hand.clear())
    const groups = async () => (await hand.all()).map(({ group }) => group)

    test('N repeats the latest drawing with the same parameters, and finishes it', async () => {
      await hand.outline('Draw a polyline', [100, 100], [200, 100], [200, 200])
      await hand.press('n')
      await hand.click([300, 100], [400, 100])
      await hand.press('n')
      await expect
        .poll(async () => (await hand.all()).map((one) => one.kind === 'shape' && one.type))
        .toEqual(['polyline', 'polyline'])
    })

    test('M merges shapes of several frames into a track, Alt+M splits it', async () => {
      await hand.rectangle([100, 100, 200, 200])
      await hand.goTo(1)
      await hand.rectangle([120, 100, 220, 200])
      await hand.press('m')
      await hand.click([150, 150])
      await hand.goTo(0)
      await hand.click([150, 150])
      await hand.press('m')
      const kinds = async () => (await hand.all(1)).map(({ kind }) => kind)
      await expect.poll(kinds).toEqual(['track'])
      await hand.goTo(1)
      await hand.beside()
      await hand.press('Escape', 'Alt+m')
      await hand.click([150, 150])
      await hand.press('Alt+m')
      await expect.poll(kinds).toEqual(['track', 'track'])
      await hand.press('Control+z', 'Control+z')
      await expect.poll(kinds).toEqual(['shape'])
      await hand.press('Control+z')
      await expect.poll(kinds).toEqual([])
      await hand.goTo(0)
    })

    test('G groups what is clicked, Shift+G takes it out of its group', async () => {
      await hand.rectangle([100, 100, 200, 200])
      await hand.rectangle([300, 100, 400, 200])
      await hand.rectangle([500, 100, 600, 200])
      await hand.press('g')
      await hand.click([150, 150], [350, 150])
      await hand.press('g')
      await expect.poll(async () => new Set(await groups()).size).toBe(2)
      const [first, second, third] = await groups()
      expect([first === second, third]).toEqual([true, 0])
      await hand.beside()
      await hand.press('Escape', 'g')
      await hand.drag([80, 80], [420, 220])
      await hand.press('Shift+g')
      await expect.poll(groups).toEqual([0, 0, 0])
    })

    test('Esc cancels any mode of the canvas', async () => {
      for (const key of ['n', 'm', 'Alt+m', 'g', 'j', 'Alt+j', 'z']) {
        await hand.press(key)
        const cursor = hand.page.getByRole('button', { name: 'Cursor', exact: true })
        expect(await cursor.getAttribute('aria-pressed')).toBe('false')
        await hand.press('Escape')
        expect(await cursor.getAttribute('aria-pressed')).toBe('true')
      }
    })

    test('J joins masks and polygons, Alt+J slices one', async () => {
      await hand.outline('Draw a polygon', [100, 100], [300, 100], [300, 300], [100, 300])
      await hand.beside()
      await hand.press('Alt+j')
      await hand.click([150, 150], [200, 60], [200, 340])
      await expect.poll(count).toBe(2)
      await hand.beside()
      await hand.press('Escape', 'j')
      await hand.click([150, 200], [250, 200])
      await hand.press('j')
      await expect.poll(count).toBe(1)
    })

    test('Shift+N draws the shape under the pointer anew', async () => {
      const before = await hand.outline('Draw a polyline', [100, 100], [300, 100], [300, 300])
      await hand.over([200, 100])
      await hand.press('Shift+N')
      await hand.click([400, 300], [500, 400])
      await hand.press('n')
      await expect
        .poll(async () =>
          (await hand.all()).map(({ id, ...rest }) => [id, 'points' in rest && rest.points.length]),
        )
        .toEqual([[before.id, 4]])
    })
  })

  describe('image operations', () => {
    const settings = () => hand.settings<Settings>()

    test('Ctrl+R turns the image by 90 degrees, Ctrl+Shift+R back', async () => {
      await hand.over([400.5, 200.5])
      await hand.press('Control+r')
      expect(await hand.pixel()).not.toEqual([400, 200])
      await hand.press('Control+Shift+r')
      expect(await hand.pixel()).toEqual([400, 200])
    })

    test.each([
      ['b', 'brightness'],
      ['c', 'contrast'],
      ['s', 'saturation'],
    ] as const)(
      'Shift+%s with = and - raises and lowers the %s of the picture',
      async (key, field) => {
        const before = await frame()
        await hand.chord('Shift', key.toUpperCase(), '+')
        expect((await settings()).imageFilter[field]).toBe(1.1)
        const look = hand.page.getByTestId('canvas').locator(`[style*="${filterName[field]}"]`)
        await expect.poll(() => look.count()).toBe(1)
        await hand.chord('Shift', key.toUpperCase(), '_')
        await hand.chord('Shift', key.toUpperCase(), '_')
        expect((await settings()).imageFilter[field]).toBe(0.9)
        await hand.chord('Shift', key.toUpperCase(), '+')
        expect(await frame()).toBe(before)
      },
    )

    test('Shift+G with =, - and Enter: more and less grid, another colour; groups stay', async () => {
      await hand.rectangle([100, 100, 200, 200])
      await hand.rectangle([300, 100, 400, 200])
      await hand.press('Control+a', 'g', 'g')
      const grouped = async () => (await hand.all()).map(({ group }) => group > 0)
      await expect.poll(grouped).toEqual([true, true])
      await hand.over([150, 150])
      await hand.chord('Shift', 'G', '+')
      expect((await settings()).grid).toMatchObject({ visible: true, opacity: 0.1 })
      await hand.chord('Shift', 'G', '+')
      await hand.chord('Shift', 'G', '_')
      expect((await settings()).grid.opacity).toBe(0.1)
      const { color } = (await settings()).grid
      await hand.chord('Shift', 'G', 'Enter')
      expect((await settings()).grid.color).not.toBe(color)
      await hand.chord('Shift', 'G', '_')
      expect((await settings()).grid.visible).toBe(false)
      expect(await grouped()).toEqual([true, true])
      await hand.clear()
    })
  })
})

const filterName = { brightness: 'brightness', contrast: 'contrast', saturation: 'saturate' }
