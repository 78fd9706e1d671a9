/**
 * Automatic annotation in the real page, with the models that ship: the dialog, predictions as a layer that is decided on, the
 * differences between it and what was drawn, a run that is paused and cancelled, and boxes that are linked into tracks.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation } from '#shared/domain/annotation.ts'
import { chromiumPath } from './harness/chromium.ts'
import { Hand } from './harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const names = ['triangle', 'square', 'disc', 'ring', 'star', 'arrow']
const LABELS = names.map((name) => ({ name, type: 'any', attributes: [] }))
/** Enough to catch a run in the middle. */
const FRAMES = 160
/** The detector finds so many on each: a triangle, a ring and two squares. */
const FOUND = 4

describe.skipIf(chromiumPath === null)('automatic annotation', () => {
  let open: OpenWorkspace
  let hand: Hand

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    open = await openWorkspace(LABELS, [await samePictures(FRAMES)])
    hand = new Hand(open)
  }, 120_000)
  afterAll(() => open?.close())

  const shot = (name: string) => open.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })
  const dialog = () => open.page.getByRole('dialog', { name: /^Automatic annotation/ })
  const button = (name: string | RegExp) => open.page.getByRole('button', { name })
  const rows = () =>
    open.page.getByRole('list', { name: 'Predictions of this frame' }).getByRole('listitem')
  const tab = () => open.page.getByRole('tab', { name: /^Predictions/ })
  const openCount = async (): Promise<number> =>
    open.page.evaluate(async (id) => {
      const response = await fetch(`/api/tasks/${id}/predictions`)
      return ((await response.json()) as { open: number }).open
    }, open.taskId)
  const stored = (frame: number) => hand.all(frame)

  const openDialog = async () => {
    await open.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await open.page.getByRole('menuitem', { name: 'Automatic annotation' }).click()
    await dialog().getByText('Frames', { exact: true }).waitFor()
  }
  const choose = async (model: string) => {
    await dialog().getByRole('radio', { name: model, exact: true }).click()
  }
  const range = async (from: number, to: number) => {
    await dialog().getByRole('radio', { name: 'From – to' }).check({ force: true })
    await dialog().getByLabel('From frame').fill(String(from))
    await dialog().getByLabel('To frame').fill(String(to))
  }
  const submit = () => dialog().getByRole('button', { name: 'Submit' }).click()

  test('a model looks at the frames that were chosen; what it finds is a layer, and counts nowhere', async () => {
    await openDialog()
    await choose('Desk detector')
    await dialog().getByText('6 of 6 labels used').waitFor()
    await range(0, 2)
    await dialog().getByLabel('Show as predictions first').check()
    await shot('automatic-annotation-dialog')
    await submit()
    await dialog()
      .getByText(`${3 * FOUND} predictions on 3 frames to decide on.`)
      .waitFor()
    await shot('automatic-annotation-done')
    await dialog().getByRole('button', { name: 'Look through them' }).click()
    await expect.poll(() => rows().count()).toBe(FOUND)
    await tab().waitFor()
    await shot('predictions')
    expect(await stored(0)).toEqual([])
  })

  test('a row and what it stands for on the picture light each other up', async () => {
    const triangle = rows().filter({ hasText: 'triangle' })
    await hand.over([150, 238])
    await expect.poll(() => triangle.getAttribute('data-hovered')).toBe('true')
    await hand.click([150, 238])
    await expect.poll(() => triangle.getAttribute('data-chosen')).toBe('true')
    await rows().filter({ hasText: 'ring' }).hover()
    await expect.poll(() => triangle.getAttribute('data-hovered')).toBe('false')
    await shot('predictions-hover')
    await hand.beside()
  })

  test('the one in hand is accepted by a key, the next one rejected; undo opens the first again', async () => {
    await rows().filter({ hasText: 'triangle' }).getByText('triangle').click()
    await hand.beside()
    await hand.press('y')
    await expect.poll(async () => (await stored(0)).length).toBe(1)
    const [triangle] = await stored(0)
    expect(triangle).toMatchObject({ kind: 'shape', type: 'rectangle', source: 'auto' })
    await expect.poll(() => rows().count()).toBe(FOUND - 1)
    await hand.press('x')
    await expect.poll(() => rows().count()).toBe(FOUND - 2)
    await hand.travel('undo')
    await expect.poll(() => rows().count()).toBe(FOUND - 1)
    expect(await stored(0)).toEqual([])
    await hand.travel('redo')
    await expect.poll(() => rows().count()).toBe(FOUND - 2)
    expect(await stored(0)).toEqual([triangle])
    await hand.travel('undo')
    await open.page.getByRole('button', { name: 'The layer of predictions' }).click()
    await open.page.getByRole('menuitem', { name: 'Take rejections back' }).click()
    await expect.poll(() => rows().count()).toBe(FOUND)
  })

  test('all above a score become annotations in one step, and go in one', async () => {
    const above = button(/^Accept \d+ above$/)
    const count = Number(/\d+/.exec((await above.textContent()) ?? '')?.[0])
    expect(count).toBeGreaterThan(6)
    await above.click()
    await expect.poll(openCount).toBe(3 * FOUND - count)
    const all = await Promise.all([0, 1, 2].map(stored))
    expect(all.flat()).toHaveLength(count)
    expect(all.flat().every((one) => 'score' in one && (one.score ?? 0) >= 0.5)).toBe(true)
    await hand.travel('undo')
    await expect.poll(openCount).toBe(3 * FOUND)
    expect(await stored(1)).toEqual([])
  })

  test('those of a frame at once, then on to the next frame that has any', async () => {
    await hand.press('Shift+Y')
    await expect.poll(async () => (await stored(0)).length).toBe(FOUND)
    await open.page.getByText('None on this frame').waitFor()
    await hand.press('.')
    await open.page.locator('[data-testid=canvas][data-frame="1"]').waitFor()
    await expect.poll(() => rows().count()).toBe(FOUND)
    await hand.press('Shift+X')
    await expect.poll(openCount).toBe(FOUND)
    await hand.travel('undo')
    await expect.poll(openCount).toBe(2 * FOUND)
    await expect.poll(() => hand.frame()).toBe('0')
  })

  describe('differences', () => {
    const card = () => open.page.getByRole('region', { name: 'The difference in hand' })
    const kind = (name: string) =>
      open.page.getByRole('button', { name: new RegExp(`^${name} \\d+$`) })
    const left = () => open.page.getByText(/^\d+ differences?$/).textContent()

    test('missed, extra, and another label', async () => {
      await hand.goTo(2)
      // Triangles both: where nothing is, and where a square is.
      await hand.rectangle([20, 400, 80, 460])
      await hand.rectangle([145, 293, 229, 372])
      await hand.press('Escape')
      await open.page.getByText('Differences', { exact: true }).click()
      await expect.poll(() => kind('Extra').textContent()).toBe('Extra1')
      await expect.poll(() => kind('Other label').textContent()).toBe('Other label1')
      // All of frame 0 and, on frame 2, those that nothing was drawn for.
      await expect.poll(() => kind('Missed').textContent()).toBe(`Missed${2 * FOUND - 1}`)
      await kind('Missed').click()
      await expect.poll(left).toBe('2 differences')
    })

    test('walked by a key: both sides are shown, and each is resolved in its own way', async () => {
      await hand.beside()
      await hand.press('.')
      await card().getByText('Predicted as square, drawn as triangle.').waitFor()
      await shot('differences-other-label')
      const [, wrong] = (await stored(2)) as [Annotation, Annotation]
      await hand.press('y')
      await expect.poll(left).toBe('1 difference')
      const now = (await stored(2)).find(({ id }) => id === wrong?.id)
      expect(now).toMatchObject({ type: 'rectangle', source: 'auto' })
      expect(now?.labelId).not.toBe(wrong?.labelId)
      await card().getByText('Drawn as triangle, not predicted.').waitFor()
      await shot('differences-extra')
      await hand.press('x')
      await open.page.getByText('None of these kinds').waitFor()
      expect(await stored(2)).toEqual([now])
      await hand.travel('undo')
      await expect.poll(left).toBe('1 difference')
      await hand.travel('undo')
      await expect.poll(left).toBe('2 differences')
      expect(await stored(2)).toContainEqual(wrong)
    })

    test('what was missed is accepted or set aside, and the next one is in hand', async () => {
      await kind('Extra').click()
      await kind('Other label').click()
      await kind('Missed').click()
      await expect.poll(left).toBe(`${2 * FOUND - 1} differences`)
      await hand.press('.')
      await open.page.locator('[data-testid=canvas][data-frame="0"]').waitFor()
      await card()
        .getByText(/^Predicted as \w+, not drawn\./)
        .waitFor()
      await expect
        .poll(() =>
          card()
            .getByRole('button', { name: /^Accept/ })
            .isEnabled(),
        )
        .toBe(true)
      await hand.press('y')
      await expect.poll(left).toBe(`${2 * FOUND - 2} differences`)
      expect(await stored(0)).toHaveLength(1)
      await expect
        .poll(() =>
          card()
            .getByRole('button', { name: /^Reject/ })
            .isEnabled(),
        )
        .toBe(true)
      await hand.press('x')
      await expect.poll(left).toBe(`${2 * FOUND - 3} differences`)
      expect(await stored(0)).toHaveLength(1)
    })

    test('the layer is forgotten only when asked twice', async () => {
      await open.page.getByRole('button', { name: 'The layer of predictions' }).click()
      await open.page.getByRole('menuitem', { name: 'Forget the layer' }).click()
      await open.page.getByRole('button', { name: 'Forget them' }).click()
      await expect.poll(openCount).toBe(0)
      await open.page.getByText('Both agree').waitFor()
      expect(await stored(0)).toHaveLength(1)
    })
  })

  test('a run is paused, goes on, and is cancelled: annotations are as they were', async () => {
    const before = await Promise.all([0, 1, 2, 3].map(stored))
    await openDialog()
    await dialog()
      .getByRole('radio', { name: `All ${FRAMES}` })
      .check({ force: true })
    await dialog().getByLabel('Add at once').check()
    await dialog().getByLabel('Clean old annotations').check()
    await submit()
    await dialog()
      .getByText(/^\d+ of 160 frames/)
      .waitFor()
    await shot('automatic-annotation-running')
    await dialog().getByRole('button', { name: 'Pause' }).click()
    await dialog().getByText('Paused. It goes on where it stopped').waitFor()
    // The dialog may go and come back: it shows what is under way.
    await open.page.keyboard.press('Escape')
    await open.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await open.page.getByRole('menuitem', { name: 'Automatic annotation' }).click()
    await dialog().getByRole('button', { name: 'Go on', exact: true }).click()
    await dialog()
      .getByText(/^\d+ of 160 frames/)
      .waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await dialog().getByText('Cancelled. Annotations are as they were.').waitFor()
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click()
    expect(await Promise.all([0, 1, 2, 3].map(stored))).toEqual(before)
  })

  test('what was chosen last is chosen again; old annotations go in the same step', async () => {
    await openDialog()
    await expect.poll(() => dialog().getByLabel('Clean old annotations').isChecked()).toBe(true)
    await dialog().getByText('6 of 6 labels used · as last time').waitFor()
    await range(0, 3)
    await submit()
    await dialog()
      .getByText(`${4 * FOUND} annotations on 4 frames.`)
      .waitFor()
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click()
    for (const frame of [0, 1, 2, 3]) expect(await stored(frame)).toHaveLength(FOUND)
  })

  test('boxes are linked into tracks by their looks: previewed, then in one step', async () => {
    await openDialog()
    await choose('Desk re-identification')
    await dialog().getByRole('button', { name: 'Preview' }).click()
    await dialog().getByText(`${FOUND} tracks of 16 out of 16 boxes.`).waitFor()
    await shot('automatic-annotation-link')
    expect((await stored(0)).map(({ kind }) => kind)).toEqual(Array(FOUND).fill('shape'))
    await dialog().getByRole('button', { name: 'Link into tracks' }).click()
    await dialog().getByText(`${FOUND} tracks of 16 boxes.`).waitFor()
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click()
    expect((await stored(2)).map(({ kind }) => kind)).toEqual(Array(FOUND).fill('track'))
    await hand.travel('undo')
    expect((await stored(2)).map(({ kind }) => kind)).toEqual(Array(FOUND).fill('shape'))
  })

  test('the same dialog from the menu of a task, and for one of its jobs', async () => {
    const { page } = open
    await page.goto(new URL(`/tasks/${open.taskId}`, page.url()).href)
    await page.getByRole('button', { name: 'Actions for tools' }).click()
    await page.getByRole('menuitem', { name: 'Automatic annotation' }).click()
    await dialog().getByText('Desk detector').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Automatic annotation: / }).click()
    await choose('Desk detector')
    await range(5, 6)
    await dialog().getByLabel('Show as predictions first').check()
    await submit()
    await dialog().getByRole('button', { name: 'Look through them' }).click()
    await page.locator('[data-testid=canvas][data-frame="5"][data-settled=true]').waitFor()
    await expect.poll(() => rows().count()).toBe(FOUND)
    expect(await openCount()).toBe(2 * FOUND)
    await button('Requests').click()
    await page
      .getByText(`${2 * FOUND} predictions on 2 frames to decide on.`)
      .first()
      .waitFor()
    await shot('automatic-annotation-tray')
  })
})
