/** The timeline under the picture: keyframes and ends dragged by mouse, ranges, search, zoom; undo takes back exactly that. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { chromiumPath } from './harness/chromium.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  samePictures,
  storedAnnotations,
} from './harness/workspace.ts'

const ARTIFACTS = fileURLToPath(new URL('./artifacts', import.meta.url))
const LABELS = ['car', 'person'].map((name) => ({ name, type: 'any', attributes: [] }))
/** CSS pixels: the heads of the lanes, and one lane. */
const [HEAD, LANE] = [212, 22]
const LAST = 29

describe.skipIf(chromiumPath === null)('the timeline', () => {
  let at: OpenWorkspace
  beforeAll(async () => {
    await mkdir(ARTIFACTS, { recursive: true })
    at = await openWorkspace(LABELS, [await samePictures(LAST + 1)])
  }, 120_000)
  afterAll(() => at?.close())

  const tracks = async () =>
    (await storedAnnotations<Annotation>(at.page, at.taskId, LAST)).filter(
      (one): one is Track => one.kind === 'track',
    )
  const keyframes = async (row = 0) =>
    (await tracks())[row]?.keyframes.map(({ frame, outside }) => `${frame}${outside ? 'o' : ''}`)
  const press = (...keys: readonly string[]) =>
    keys.reduce((done, key) => done.then(() => at.page.keyboard.press(key)), Promise.resolve())
  const goTo = async (frame: number) => {
    await press('`')
    await at.page.keyboard.type(String(frame))
    await press('Enter')
    await expect.poll(() => frameShown(at.page)).toBe(String(frame))
  }
  const area = () => at.page.locator('[data-timeline]')
  const pair = async (name: string) =>
    ((await area().getAttribute(name)) ?? '').split(' ').map(Number) as [number, number]

  /** Where a time is on a lane; a keyframe lies in the middle of its frame, an end at its edge. */
  const place = async (time: number, row = 0): Promise<[number, number]> => {
    const box = await area().boundingBox()
    if (!box) throw new Error('no timeline')
    const [[first, perFrame], [top, scroll]] = [await pair('data-view'), await pair('data-lanes')]
    const y = box.y + top + row * LANE - scroll + LANE / 2
    return [box.x + HEAD + (time - first) * perFrame, y]
  }
  const pull = async (from: [number, number], to: [number, number]) => {
    await at.page.mouse.move(...from)
    await at.page.mouse.down()
    await at.page.mouse.move(...to, { steps: 5 })
  }
  const drag = async (from: [number, number], to: [number, number]) => {
    await pull(from, to)
    await at.page.mouse.up()
  }

  test('opens with T, and says what to do while there is no track', async () => {
    await press('t')
    await at.page.getByText('No tracks yet').waitFor()
  })

  test('a track drawn and moved is a lane with its keyframes', async () => {
    await at.page.getByRole('button', { name: 'Draw a rectangle' }).hover()
    await at.page.getByRole('button', { name: 'Track', exact: true }).click()
    await drag([300, 200], [400, 300])
    await goTo(10)
    await drag([350, 250], [450, 250])
    await goTo(20)
    await drag([450, 250], [550, 250])
    await expect.poll(() => keyframes()).toEqual(['0', '10', '20'])
    await at.page.getByText('1 track', { exact: true }).waitFor()
  })

  test('a keyframe dragged along its lane is on another frame, and stops at its neighbour', async () => {
    const before = await tracks()
    await drag(await place(10.5), await place(14.5))
    await expect.poll(() => keyframes()).toEqual(['0', '14', '20'])
    expect((await tracks())[0]?.keyframes[1]?.points).toEqual(before[0]?.keyframes[1]?.points)
    await drag(await place(14.5), await place(26.5))
    await expect.poll(() => keyframes()).toEqual(['0', '19', '20'])
    await press('Control+z', 'Control+z')
    await expect.poll(() => tracks()).toEqual(before)
    await press('Control+y')
    await expect.poll(() => keyframes()).toEqual(['0', '14', '20'])
    await press('Control+z')
  })

  test('Escape in the middle of a drag leaves nothing', async () => {
    const before = await tracks()
    await pull(await place(10.5), await place(17.5))
    await at.page.screenshot({ path: join(ARTIFACTS, 'timeline-dragging.png') })
    await press('Escape')
    await at.page.mouse.up()
    await at.page.waitForTimeout(200)
    expect(await tracks()).toEqual(before)
  })

  test('its end is cut, moved on, and put where it was by undo', async () => {
    const before = await tracks()
    await drag(await place(LAST + 1), await place(24))
    await expect.poll(() => keyframes()).toEqual(['0', '10', '20', '24o'])
    await drag(await place(24), await place(15))
    await expect.poll(() => keyframes()).toEqual(['0', '10', '14', '15o'])
    await drag(await place(15), await place(22))
    await expect.poll(() => keyframes()).toEqual(['0', '10', '14', '22o'])
    await press('Control+z', 'Control+z', 'Control+z')
    await expect.poll(() => tracks()).toEqual(before)
  })

  test('a click goes to the frame and takes the track in hand; a double click states a keyframe', async () => {
    await at.page.mouse.click(...(await place(6.5)))
    await expect.poll(() => frameShown(at.page)).toBe('6')
    await at.page.mouse.dblclick(...(await place(6.5)))
    await expect.poll(() => keyframes()).toEqual(['0', '6', '10', '20'])
    await press('Control+z')
    await expect.poll(() => keyframes()).toEqual(['0', '10', '20'])
  })

  test('keyframes of a range are moved and deleted by keys', async () => {
    const before = await tracks()
    await at.page.keyboard.down('Shift')
    await drag(await place(8.5), await place(22.5))
    await at.page.keyboard.up('Shift')
    await at.page.getByText('Frames 8–22, 1 track').waitFor()
    await press('Alt+ArrowRight', 'Alt+ArrowRight')
    await expect.poll(() => keyframes()).toEqual(['0', '12', '22'])
    await press('Delete')
    await expect.poll(() => keyframes()).toEqual(['0'])
    await press('Control+z', 'Control+z', 'Control+z')
    await expect.poll(() => tracks()).toEqual(before)
  })

  test('the ruler scrubs, wheel zooms where the pointer is', async () => {
    const [x] = await place(25.5)
    const box = await area().boundingBox()
    const [top] = await pair('data-lanes')
    const y = (box?.y ?? 0) + top - 12
    await pull([(await place(3.5))[0], y], [x, y])
    await expect.poll(() => frameShown(at.page)).toBe('25')
    await at.page.mouse.up()
    const [, before] = await pair('data-view')
    await at.page.mouse.wheel(0, -400)
    await expect.poll(async () => (await pair('data-view'))[1]).toBeGreaterThan(before * 1.5)
    const [after] = await place(25.5)
    expect(Math.abs(after - x)).toBeLessThan(2)
    await area().focus()
    await press('Shift+Z')
    await expect.poll(async () => (await pair('data-view'))[1]).toBeCloseTo(before, 6)
  })

  test('search finds tracks by label, by number and by a filter', async () => {
    const [car] = await tracks()
    const person = await at.page.evaluate(addCopy, [at.taskId, car] as const)
    await at.page.getByText('2 tracks', { exact: true }).waitFor()
    const field = at.page.getByRole('searchbox', { name: 'Search tracks' })
    for (const text of [
      'pers',
      String(person),
      'label == "person"',
      'width > 10 and label == "person"',
    ]) {
      await field.fill(text)
      await at.page.getByText('1 of 2', { exact: true }).waitFor()
    }
    await field.fill('nothing like it')
    await at.page.getByText('No track matches').waitFor()
    await field.fill('')
  })

  test('a lane is reached with the arrow keys and read out', async () => {
    await area().focus()
    await press('ArrowDown', 'ArrowUp')
    const id = (await area().getAttribute('aria-describedby')) ?? ''
    const words = at.page.locator(`[id="${id}"]`)
    await expect
      .poll(() => words.textContent())
      .toMatch(/^car \d+: frames 0 to 29, keyframes: 3, gaps: 0$/)
    await press('ContextMenu')
    await at.page.getByRole('menuitem', { name: 'End the track here' }).waitFor()
    await press('Escape')
    await at.page.screenshot({ path: join(ARTIFACTS, 'timeline.png') })
  })
})

/** Runs in the page: another window's step, a copy of a track under the label after its own. @returns its id */
async function addCopy([taskId, track]: readonly [number, Track | undefined]): Promise<number> {
  const post = async (address: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
    return (await answer.json()) as { first: number }
  }
  const { revision } = (await (await fetch(`/api/tasks/${taskId}`)).json()) as { revision: number }
  const { first } = await post('/api/annotations/ids', { count: 1 })
  const after = { ...track, id: first, labelId: (track?.labelId ?? 0) + 1 }
  const step = {
    title: { key: 'draw', count: 1 },
    frame: 0,
    operations: [{ kind: 'create', after }],
  }
  const clientStepId = crypto.randomUUID()
  await post(`/api/tasks/${taskId}/annotations`, { baseRevision: revision, clientStepId, step })
  return first
}
