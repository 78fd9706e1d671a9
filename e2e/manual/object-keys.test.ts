/** The manual's table of keys (section 24), row by row, in the real page: objects, tracks, attributes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { Hand, type Place } from '../harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from '../harness/workspace.ts'

const NAMES = ['car', 'tree', 'road', 'sky', 'sign', 'bike', 'dog', 'wall', 'door', 'lamp']
const COLORS = ['red', 'green', 'blue']
const LABELS = NAMES.map((name) => ({
  name,
  type: 'any',
  attributes: [select('color', COLORS), select('size', ['small', 'large'])],
}))

function select(name: string, values: readonly string[]) {
  const [default_value] = values
  return { name, input_type: 'select', mutable: true, default_value, values }
}

describe.skipIf(chromiumPath === null)('the keys of objects', () => {
  let open: OpenWorkspace
  let hand: Hand

  beforeAll(async () => {
    open = await openWorkspace(LABELS, [await samePictures(12)])
    hand = new Hand(open)
  }, 120_000)
  afterAll(() => open?.close())

  const shapes = async () => (await hand.all()) as Shape[]
  const count = async () => (await hand.all()).length
  const inside: Place = [150, 150]
  /** One rectangle, and the pointer on it. */
  const one = async () => {
    const made = await hand.rectangle([100, 100, 200, 200])
    await hand.over(inside)
    return made
  }
  const row = () => hand.page.locator('li > .fm-row', { hasText: 'car' })
  const pressed = (name: string) =>
    row().getByRole('button', { name, exact: true }).getAttribute('aria-pressed')

  describe('on the picture', () => {
    afterEach(() => hand.clear())

    test('Ctrl held keeps the active shape active where another one lies over it', async () => {
      const below = await hand.rectangle([100, 100, 300, 300])
      await hand.rectangle([140, 140, 180, 180])
      await hand.over([250, 250])
      await hand.holding('Control', async () => {
        await hand.over([160, 160])
        await hand.press('Control+2')
      })
      await expect
        .poll(async () => (await shapes()).map(({ id, labelId }) => [id, labelId > below.labelId]))
        .toContainEqual([below.id, true])
    })

    test('a right click on a shape shows its row of the list in a menu', async () => {
      await one()
      await hand.rightClick(inside)
      await hand.page.getByRole('menuitem', { name: /^Occluded/ }).click()
      await expect.poll(async () => (await shapes())[0]?.occluded).toBe(true)
    })

    test('L locks the active shape, T+L all; a locked one cannot be moved', async () => {
      await one()
      await hand.press('l')
      await expect.poll(() => pressed('Locked')).toBe('true')
      const before = await hand.all()
      await hand.drag(inside, [250, 250])
      expect(await hand.all()).toEqual(before)
      await hand.over(inside)
      await hand.chord('t', 'l')
      await expect.poll(() => pressed('Locked')).toBe('false')
      await hand.chord('t', 'l')
      await expect.poll(() => pressed('Locked')).toBe('true')
    })

    test('H hides the active shape, T+H all', async () => {
      await one()
      await hand.press('h')
      await expect.poll(() => pressed('Hidden')).toBe('true')
      await hand.chord('t', 'h')
      await expect.poll(() => pressed('Hidden')).toBe('false')
      await hand.chord('t', 'h')
      await expect.poll(() => pressed('Hidden')).toBe('true')
      await hand.chord('t', 'h')
    })

    test('Q and / change occluded', async () => {
      await one()
      const occluded = async () => (await shapes())[0]?.occluded
      await hand.press('q')
      await expect.poll(occluded).toBe(true)
      await hand.press('/')
      await expect.poll(occluded).toBe(false)
    })

    test('Del deletes the active shape, Shift+Del even when it is locked', async () => {
      await one()
      await hand.press('Delete')
      await expect.poll(count).toBe(0)
      await one()
      await hand.press('l', 'Delete')
      await hand.page.getByText('It is locked.', { exact: false }).waitFor()
      expect(await count()).toBe(1)
      await hand.press('Shift+Delete')
      await expect.poll(count).toBe(0)
    })

    test('- _ put the active shape farther, + = closer', async () => {
      await one()
      const layer = async () => (await shapes())[0]?.zOrder
      for (const [key, z] of [
        ['-', -1],
        ['_', -2],
        ['+', -1],
        ['=', 0],
      ] as const) {
        await hand.press(key)
        await expect.poll(layer).toBe(z)
      }
    })

    test('Ctrl+C and Ctrl+V paste a copy, Ctrl held while pasting many', async () => {
      await one()
      await hand.press('Control+c', 'Control+v')
      await hand.click([350, 150])
      await expect.poll(count).toBe(2)
      await hand.press('Control+v')
      await hand.holding('Control', () => hand.click([350, 350], [150, 350]))
      await hand.press('Escape')
      await expect.poll(count).toBe(4)
      const boxes = (await shapes()).map(({ points: [x1 = 0, y1 = 0, x2 = 0, y2 = 0] }) => [
        x2 - x1,
        y2 - y1,
      ])
      for (const box of boxes) expect(box).toEqual(boxes[0]?.map((side) => expect.closeTo(side, 9)))
    })

    test('Ctrl+B copies the active shape to the frames that follow, in one step', async () => {
      await one()
      await hand.press('Control+b')
      const dialog = hand.page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Up to frame' }).fill('3')
      await hand.press('Tab')
      await dialog.getByRole('button', { name: /^Propagate/ }).click()
      await dialog.waitFor({ state: 'hidden' })
      const counts = () => Promise.all([1, 2, 3, 4].map(async (at) => (await hand.all(at)).length))
      await expect.poll(counts).toEqual([1, 1, 1, 0])
      await hand.press('Control+z')
      await expect.poll(counts).toEqual([0, 0, 0, 0])
    })

    test('Ctrl+digit gives the active shape that label, or the next one drawn', async () => {
      const made = await one()
      const labels = async () => (await shapes()).map(({ labelId }) => labelId - made.labelId)
      for (const [key, label] of [
        ['3', 2],
        ['9', 8],
        ['0', 9],
        ['1', 0],
      ] as const) {
        await hand.press(`Control+${key}`)
        await expect.poll(labels).toEqual([label])
      }
      await hand.beside()
      await hand.press('Escape', 'Control+5')
      await hand.rectangle([300, 100, 400, 200])
      expect(await labels()).toEqual([0, 4])
      await hand.beside()
      await hand.press('Escape', 'Control+1')
    })

    test('Alt+click on a point deletes it, Shift+click begins to edit there', async () => {
      const ring: Place[] = [
        [100, 100],
        [300, 100],
        [300, 300],
        [100, 300],
      ]
      await hand.outline('Draw a polygon', ...ring)
      const points = async () => (await shapes())[0]?.points.length
      await hand.holding('Shift', () => hand.click([300, 100]))
      await hand.click([360, 200], [300, 300])
      await expect.poll(points).toBe(10)
      await hand.holding('Alt', () => hand.click([360, 200]))
      await expect.poll(points).toBe(8)
    })
  })

  describe('of tracks', () => {
    afterEach(async () => {
      await hand.goTo(0)
      await hand.clear()
    })

    test('K makes and takes a keyframe, O ends and begins the track, R and E walk its keyframes', async () => {
      await hand.page.getByRole('button', { name: 'Draw a rectangle', exact: true }).hover()
      await hand.page.getByRole('button', { name: 'Track', exact: true }).click()
      await hand.drag([100, 100], [200, 200])
      const keyframes = async () =>
        ((await hand.all()) as Track[]).flatMap((track) =>
          track.keyframes.map(({ frame, outside }) => `${frame}${outside ? ' outside' : ''}`),
        )
      await expect.poll(keyframes).toEqual(['0'])
      await hand.goTo(4)
      await hand.over(inside)
      await hand.press('k')
      await expect.poll(keyframes).toEqual(['0', '4'])
      await hand.press('e')
      await expect.poll(() => hand.frame()).toBe('0')
      await hand.over(inside)
      await hand.press('r')
      await expect.poll(() => hand.frame()).toBe('4')
      await hand.over(inside)
      await hand.press('k')
      await expect.poll(keyframes).toEqual(['0'])
      await hand.press('o')
      await expect.poll(keyframes).toEqual(['0', '4 outside'])
    })
  })

  describe('of attributes', () => {
    const value = (of: Annotation | undefined, at: number) => of?.attributes[at]?.value
    const panel = (text: string) => hand.page.getByText(text, { exact: true }).first().waitFor()

    test('Down and Up walk attributes, Tab and Shift+Tab objects, digits give values', async () => {
      const first = await hand.rectangle([100, 100, 200, 200])
      const second = await hand.rectangle([300, 100, 400, 200])
      await hand.beside()
      await hand.press('Escape')
      await hand.page.getByRole('button', { name: 'Workspace' }).click()
      await hand.page.getByRole('menuitem', { name: 'Attribute annotation' }).click()
      await panel('color')
      await panel(`car ${first.id}`)
      await hand.press('2')
      await expect.poll(async () => value((await shapes())[0], 0)).toBe('blue')
      await hand.press('ArrowDown')
      await panel('size')
      await hand.press('1')
      await expect.poll(async () => value((await shapes())[0], 1)).toBe('large')
      await hand.press('ArrowUp')
      await panel('color')
      await hand.press('0')
      await expect.poll(async () => value((await shapes())[0], 0)).toBe('red')
      await hand.press('Tab')
      await panel(`car ${second.id}`)
      await hand.press('Shift+Tab')
      await panel(`car ${first.id}`)
      await hand.press('Tab', '1')
      await expect.poll(async () => value((await shapes())[1], 0)).toBe('green')
    })
  })
})
