/** CVAT's workspaces, driven by keys as annotators do: tags, attributes, one shape a frame. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation } from '#shared/domain/annotation.ts'
import { chromiumPath } from './harness/chromium.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  storedAnnotations,
} from './harness/workspace.ts'

const LABELS = [
  {
    name: 'car',
    type: 'any',
    attributes: [
      {
        name: 'color',
        input_type: 'select',
        mutable: false,
        default_value: 'red',
        values: ['red', 'green', 'blue'],
      },
      {
        name: 'parked',
        input_type: 'checkbox',
        mutable: true,
        default_value: 'false',
        values: ['false', 'true'],
      },
      { name: 'plate', input_type: 'text', mutable: false, default_value: '', values: [] },
    ],
  },
  { name: 'night', type: 'tag', attributes: [] },
  { name: 'rain', type: 'tag', attributes: [] },
]

describe.skipIf(chromiumPath === null)('the workspaces', () => {
  let at: OpenWorkspace
  beforeAll(async () => {
    at = await openWorkspace(LABELS)
  }, 120_000)
  afterAll(() => at?.close())

  const enter = async (name: string) => {
    await at.page.getByRole('button', { name: 'Workspace' }).click()
    await at.page.getByRole('menuitem', { name }).click()
  }
  const stored = (frame: number) => storedAnnotations<Annotation>(at.page, at.taskId, frame)
  const tags = async (frame: number) =>
    (await stored(frame)).filter((one) => one.kind === 'tag').length

  test('a digit tags the frame and takes the tag away again; undo brings it back', async () => {
    await enter('Tag annotation')
    await at.page.keyboard.press('2')
    const list = at.page.getByRole('list', { name: 'Tags of this frame' })
    await expect.poll(() => list.textContent()).toContain('night')
    expect(await tags(0)).toBe(1)
    await at.page.keyboard.press('2')
    await list.waitFor({ state: 'detached' })
    await at.page.keyboard.press('Control+z')
    await expect.poll(() => list.textContent()).toContain('night')
  })

  test('with "automatically go to the next frame" one key a frame is enough', async () => {
    await at.page.getByLabel('Automatically go to the next frame').check()
    await at.page.locator('body').click({ position: { x: 500, y: 500 } })
    await at.page.keyboard.press('3')
    await expect.poll(() => frameShown(at.page)).toBe('1')
    await at.page.keyboard.press('3')
    await expect.poll(() => frameShown(at.page)).toBe('2')
    expect([await tags(0), await tags(1)]).toEqual([2, 1])
  })

  test('a label takes the key a person gives it', async () => {
    await at.page.getByLabel('Key for rain').selectOption('7')
    await at.page.keyboard.press('7')
    await expect.poll(() => frameShown(at.page)).toBe('3')
    expect(await tags(2)).toBe(1)
  })

  test('attribute annotation walks objects and attributes and gives values by number', async () => {
    await enter('Standard')
    for (const x of [400, 600]) {
      await at.page.keyboard.press('n')
      await at.page.mouse.move(x, 300)
      await at.page.mouse.down()
      await at.page.mouse.move(x + 80, 380, { steps: 3 })
      await at.page.mouse.up()
    }
    await at.page.mouse.move(900, 860)
    await at.page.keyboard.press('Escape')
    await enter('Attribute annotation')
    await expect.poll(() => at.page.getByText('1 of 2').count()).toBe(1)
    await at.page.keyboard.press('2')
    await at.page.keyboard.press('ArrowDown')
    await at.page.keyboard.press('1')
    await at.page.keyboard.press('ArrowDown')
    await at.page.keyboard.type('AB 12')
    await at.page.keyboard.press('Tab')
    await expect.poll(() => at.page.getByText('2 of 2').count()).toBe(1)
    await at.page.keyboard.type('CD 34')
    await at.page.keyboard.press('Enter')
    const values = (await stored(3)).map((one) => one.attributes.map(({ value }) => value))
    expect(values).toEqual([['blue', 'true', 'AB 12'], ['CD 34']])
  })

  test('single shape goes from empty frame to empty frame, with the tool in hand', async () => {
    await enter('Standard')
    await at.page.keyboard.press('Home')
    await expect.poll(() => frameShown(at.page)).toBe('0')
    await enter('Single shape')
    await at.page.mouse.click(700, 300)
    await at.page.keyboard.press('Escape')
    await at.page.mouse.move(400, 300)
    await at.page.mouse.down()
    await at.page.mouse.move(500, 400, { steps: 3 })
    await at.page.mouse.up()
    await expect.poll(() => frameShown(at.page)).toBe('4')
    await at.page.getByRole('button', { name: 'Skip' }).click()
    await expect.poll(() => frameShown(at.page)).toBe('5')
    expect((await stored(0)).filter((one) => one.kind === 'shape')).toHaveLength(1)
  })
})
