/** A skeleton from its first point in the label constructor to CVAT's XML and back; and a cuboid in perspective. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Shape } from '#shared/domain/annotation.ts'
import { readCuboid } from '#shared/geometry/cuboid.ts'
import { chromiumPath } from './harness/chromium.ts'
import { fieldmarkJson } from './harness/cli.ts'
import { Hand, type Place } from './harness/hand.ts'
import { type OpenWorkspace, openWorkspace, storedAnnotations } from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))

describe.skipIf(chromiumPath === null)('skeletons and cuboids', () => {
  let workspace: OpenWorkspace
  let page: Page
  let hand: Hand

  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    workspace = await openWorkspace([{ name: 'box', color: '#33ddff' }])
    page = workspace.page
    hand = new Hand(workspace)
  }, 120_000)

  afterAll(() => workspace?.close())

  const picture = (name: string) => page.screenshot({ path: join(ARTIFACTS, `${name}.png`) })
  const stored = () => storedAnnotations<Shape>(page, workspace.taskId, 0)
  const only = async () => {
    const [shape] = await stored()
    if (!shape) throw new Error('nothing is stored')
    return shape
  }
  const dialog = (name: string): Locator => page.getByRole('dialog', { name })

  test('a skeleton label is built: points, edges, a name, an attribute', async () => {
    await page.getByRole('tab', { name: 'Labels' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByPlaceholder('Label name, then Enter').fill('person')
    await page.getByRole('button', { name: 'Set up skeleton' }).click()
    const builder = dialog('New skeleton')
    const board = builder.getByRole('img', { name: 'Drawing of the skeleton' })
    await board.waitFor()
    const on = async ([x, y]: Place) => {
      const box = await board.boundingBox()
      if (!box) throw new Error('no board')
      return [box.x + (x * box.width) / 100, box.y + (y * box.height) / 100] as const
    }
    for (const place of [
      [50, 10],
      [50, 45],
      [20, 80],
      [80, 85],
    ] as const)
      await page.mouse.click(...(await on(place)))

    // The last one is dragged to its place, and one too many is taken back.
    await page.mouse.move(...(await on([80, 85])))
    await page.mouse.down()
    await page.mouse.move(...(await on([80, 80])), { steps: 3 })
    await page.mouse.up()
    await page.mouse.click(...(await on([90, 20])))
    await page.keyboard.press('Control+z')
    await expect.poll(() => builder.getByRole('option').count()).toBe(4)

    await page.keyboard.press('e')
    for (const [from, to] of [
      [
        [50, 10],
        [50, 45],
      ],
      [
        [50, 45],
        [20, 80],
      ],
    ] as const) {
      await page.mouse.click(...(await on(from)))
      await page.mouse.click(...(await on(to)))
    }
    await page.mouse.move(...(await on([50, 45])))
    await page.mouse.down()
    await page.mouse.move(...(await on([80, 80])), { steps: 3 })
    await page.mouse.up()

    await page.keyboard.press('p')
    await builder.getByRole('option', { name: '1' }).click()
    await builder.getByLabel('Name of the point').fill('head')
    await builder.getByRole('button', { name: 'Add attribute' }).click()
    await builder.getByLabel('Attribute', { exact: true }).fill('hat')
    await picture('skeleton-builder')
    await builder.getByRole('button', { name: 'Done' }).click()
    await dialog('Labels of tools').getByRole('button', { name: 'person Skeleton' }).waitFor()
    await picture('skeleton-label')
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    const labels = await page.evaluate(async (id) => {
      const response = await fetch(`/api/tasks/${id}`)
      return (
        (await response.json()) as {
          labels: {
            name: string
            svg: string | null
            sublabels: { name: string; attributes: { name: string }[] }[]
          }[]
        }
      ).labels
    }, workspace.taskId)
    const person = labels.find(({ name }) => name === 'person')
    expect(person?.sublabels.map(({ name }) => name)).toEqual(['head', '2', '3', '4'])
    expect(person?.sublabels[0]?.attributes.map(({ name }) => name)).toEqual(['hat'])
    expect(person?.svg?.match(/<line/g)).toHaveLength(3)
    expect(person?.svg).toContain('data-label-name="head"')
  })

  test('is drawn by a box that its template fills', async () => {
    await hand.tool('Draw a skeleton')
    await hand.pull([200, 100], [400, 400])
    await picture('skeleton-drawing')
    await page.mouse.up()
    await expect.poll(async () => (await stored()).length).toBe(1)
    const places = (await only()).elements.map(({ points }) => points.map(Math.round))
    expect(places).toEqual([
      [300, 100],
      [300, 250],
      [200, 400],
      [400, 400],
    ])
  })

  test('a joint is moved alone, and undone', async () => {
    await hand.drag([300, 250], [340, 240])
    await expect
      .poll(async () => (await only()).elements[1]?.points.map(Math.round))
      .toEqual([340, 240])
    await hand.over([340, 240])
    await picture('skeleton-joint')
    await hand.press('Control+z')
    await expect
      .poll(async () => (await only()).elements[1]?.points.map(Math.round))
      .toEqual([300, 250])
  })

  test('Q and O over a joint mean the joint; the list brings it back', async () => {
    await hand.over([200, 400])
    await hand.press('q')
    await expect.poll(async () => (await only()).elements[2]?.occluded).toBe(true)
    await hand.over([400, 400])
    await hand.press('o')
    await expect.poll(async () => (await only()).elements[3]?.outside).toBe(true)
    await page.getByRole('tab', { name: 'Objects' }).click()
    await hand.click([300, 250])
    await page.getByRole('group', { name: 'Joints' }).waitFor()
    await picture('skeleton-joints')
    await page.getByRole('button', { name: '4: hidden (outside)' }).click()
    await expect.poll(async () => (await only()).elements[3]?.outside).toBe(false)
    await page.getByRole('group', { name: 'Joints' }).getByLabel('hat').fill('red')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await only()).elements[0]?.attributes[0]?.value).toBe('red')
  })

  test('the menu of a joint hides it, as O does', async () => {
    await hand.rightClick([400, 400])
    await picture('skeleton-menu')
    await page.getByRole('menuitem', { name: 'Hide or restore the joint' }).click()
    await expect.poll(async () => (await only()).elements[3]?.outside).toBe(true)
    await hand.press('Control+z')
    await expect.poll(async () => (await only()).elements[3]?.outside).toBe(false)
  })

  test('the box moves and scales the whole; keys, copy and paste take the joints along', async () => {
    await hand.drag([230, 180], [250, 180])
    await expect
      .poll(async () => (await only()).elements[0]?.points.map(Math.round))
      .toEqual([320, 100])
    await hand.press('Alt+ArrowRight')
    await expect
      .poll(async () => (await only()).elements[0]?.points.map(Math.round))
      .toEqual([321, 100])
    await hand.press('Control+c', 'Control+v')
    await hand.click([480, 260])
    await expect.poll(async () => (await stored()).length).toBe(2)
    const copy = (await stored()).at(-1)
    expect(copy?.elements.map(({ points }) => Math.round(points[1] ?? 0))).toEqual([
      110, 260, 410, 410,
    ])
    await hand.press('Control+z')
    await expect.poll(async () => (await stored()).length).toBe(1)
  })

  test('a joint of the label that is in use cannot be removed, and a sentence says so', async () => {
    await page.getByRole('tab', { name: 'Labels' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByRole('button', { name: 'person Skeleton' }).click()
    await page.getByRole('button', { name: 'Edit skeleton' }).click()
    const builder = dialog('Skeleton person')
    await builder.getByRole('option', { name: '4' }).click()
    await builder.getByRole('button', { name: 'Remove the point' }).click()
    await builder.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.getByText('The label "4" is used by 1 annotations.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('tab', { name: 'Objects' }).click()
  })

  test("CVAT's SVG is uploaded and downloaded; what is no skeleton is refused with a sentence", async () => {
    await page.getByRole('tab', { name: 'Labels' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByRole('button', { name: 'Set up skeleton' }).click()
    const builder = dialog('New skeleton')
    const upload = (text: string) =>
      builder
        .locator('input[type=file][accept*=svg]')
        .setInputFiles({ name: 'x.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(text) })
    await upload('<svg><script>window.pwned = true</script></svg>')
    await builder.getByText('<script> has no place in a skeleton').waitFor()
    const circle = (id: number, cx: number, cy: number) =>
      `<circle cx="${cx}" cy="${cy}" data-type="element node" data-element-id="${id}" data-node-id="${id}"></circle>`
    const names = JSON.stringify({ 1: { name: 'nose' }, 2: { name: 'tail', color: '#123456' } })
    await upload(
      `<svg viewBox="0 0 100 100"><line data-type="edge" data-node-from="1" data-node-to="2"></line>` +
        `${circle(1, 20, 50)}${circle(2, 80, 50)}` +
        `<desc data-description-type="labels-specification">${names}</desc></svg>`,
    )
    await expect.poll(() => builder.getByRole('option').allTextContents()).toEqual(['nose', 'tail'])
    const coming = page.waitForEvent('download')
    await builder.getByRole('button', { name: 'Download as SVG' }).click()
    const text = await readFile(await (await coming).path(), 'utf8')
    expect(text).toContain('data-label-name="nose"')
    expect(text).toContain('data-node-from="1" stroke-width="0.5" data-node-to="2"')
    await builder.getByRole('button', { name: 'Copy from a skeleton' }).click()
    await page.getByRole('menuitem', { name: 'person' }).click()
    await expect.poll(() => builder.getByRole('option').count()).toBe(4)
    await builder.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('tab', { name: 'Objects' }).click()
  })

  test("CVAT's XML comes back as it went", async () => {
    const before = await only()
    const file = join(workspace.dataDir, 'person.zip')
    const cli = (...args: string[]) => fieldmarkJson<{ path?: string }>(workspace.dataDir, ...args)
    await cli(
      'task',
      'export-dataset',
      String(workspace.taskId),
      file,
      '--format',
      'CVAT for images 1.1',
    )
    await cli('task', 'import-dataset', String(workspace.taskId), file, '--format', 'CVAT 1.1')
    await page.reload()
    await page.locator('[data-testid=canvas][data-settled=true]').waitFor()
    const after = (await stored()).at(-1)
    const rounded = ({ elements, ...shape }: Shape) => ({
      ...{ labelId: shape.labelId, occluded: shape.occluded, zOrder: shape.zOrder },
      elements: elements.map(({ points, ...joint }) => ({
        ...joint,
        points: points.map((value) => Math.round(value * 100) / 100),
      })),
    })
    expect(after && rounded(after)).toEqual(rounded(before))
  })

  test('a cuboid is drawn, given perspective, switched and reset', async () => {
    await hand.press('Control+a', 'Delete')
    await expect.poll(async () => (await stored()).length).toBe(0)
    await hand.tool('Draw a cuboid')
    await hand.drag([150, 200], [350, 350])
    await expect.poll(async () => (await stored()).length).toBe(1)
    const cuboid = async () => readCuboid((await only()).points)
    expect((await cuboid()).scale).toBeCloseTo(1, 6)
    await hand.drag([370, 260], [450, 200])
    await picture('cuboid')
    const deep = await cuboid()
    expect(deep.shift.x).toBeCloseTo(100, 0)
    expect(deep.shift.y).toBeCloseTo(-75, 0)

    // The rear's upper corner, down by a third of the height with Shift: the far face shrinks, the front stays.
    await hand.holding('Shift', () => hand.drag([450, 125], [450, 175]))
    await expect.poll(async () => (await cuboid()).scale).toBeCloseTo(2 / 3, 2)
    expect((await cuboid()).left).toEqual(deep.left)
    await hand.over([400, 240])
    await picture('cuboid-face')

    await hand.rightClick([250, 300])
    await picture('cuboid-menu')
    await page.getByRole('menuitem', { name: 'Reset perspective' }).click()
    await expect.poll(async () => (await cuboid()).scale).toBe(1)
    await hand.press('Control+z')
    await expect.poll(async () => (await cuboid()).scale).toBeCloseTo(2 / 3, 2)
    await hand.rightClick([250, 300])
    await page.getByRole('menuitem', { name: 'Switch perspective orientation' }).click()
    await expect.poll(async () => (await cuboid()).left.x).toBeCloseTo(350, 0)
    expect((await cuboid()).shift.x).toBeLessThan(0)
    await picture('cuboid-switched')
  })

  test('a cuboid by four points, its seen side moved alone, and Escape', async () => {
    await hand.clear()
    await hand.tool('Draw a cuboid')
    await hand.press('Escape')
    await page.getByRole('button', { name: 'Draw a cuboid', exact: true }).hover()
    await page.getByText('By 4 points').click()
    await page.getByRole('button', { name: 'Shape', exact: true }).click()
    await hand.over([500, 440])
    await page.getByText('By 4 points').waitFor({ state: 'hidden' })
    await hand.click([100, 150], [100, 300], [220, 320])
    await hand.over([300, 260])
    await picture('cuboid-points')
    await hand.click([300, 260])
    await expect.poll(async () => (await stored()).length).toBe(1)
    const before = readCuboid((await only()).points)
    expect([before.left.y, before.right.y, before.height].map(Math.round)).toEqual([150, 170, 150])
    await hand.drag([260, 220], [290, 210])
    await expect.poll(async () => readCuboid((await only()).points).right.x).toBeCloseTo(250, 0)
    expect(readCuboid((await only()).points).left).toEqual(before.left)
    await hand.pull([290, 210], [320, 210])
    await hand.press('Escape')
    await page.mouse.up()
    expect(readCuboid((await only()).points).right.x).toBeCloseTo(250, 0)
  })
})
