/** A tracker leads a box over pictures of something that moves; each step is undone like any other. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { chromiumPath } from './harness/chromium.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  storedAnnotations,
} from './harness/workspace.ts'

const LABELS = [{ name: 'car', type: 'any', attributes: [] }]
const FRAMES = 8
const SIDE = 80
/** Where the object is on each picture. */
const cornerOn = (frame: number) => ({ x: 150 + 10 * frame, y: 140 + 4 * frame })

async function movingPictures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-moving-'))
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const { x, y } = cornerOn(frame)
    const squares = Array.from({ length: 25 }, (_, at) => {
      const [column, row] = [at % 5, Math.floor(at / 5)]
      const fill = ['#d33', '#2a6', '#eee'][(column * 2 + row) % 3]
      return `<rect x="${x + 16 * column}" y="${y + 16 * row}" width="16" height="16" fill="${fill}"/>`
    })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#556"/>${squares.join('')}</svg>`
    await sharp(Buffer.from(svg))
      .png()
      .toFile(join(folder, `p_${frame}.png`))
  }
  return folder
}

describe.skipIf(chromiumPath === null)('trackers', () => {
  let at: OpenWorkspace
  beforeAll(async () => {
    at = await openWorkspace(LABELS, [await movingPictures()])
  }, 120_000)
  afterAll(() => at?.close())

  const tracks = async () =>
    (await storedAnnotations<Annotation>(at.page, at.taskId, FRAMES - 1)).filter(
      (one): one is Track => one.kind === 'track',
    )
  const keyframes = async () => (await tracks())[0]?.keyframes.map(({ frame }) => frame)
  const press = (key: string) => at.page.keyboard.press(key)

  /** Screen coordinates of an image point, from what the status bar says of two places. */
  async function toScreen() {
    const read = async (x: number, y: number) => {
      await at.page.mouse.move(x, y)
      // The status bar follows with the display's next frame, later on a busy machine.
      await at.page.waitForTimeout(500)
      const text = await at.page.getByTestId('cursor').textContent()
      const [u = 0, v = 0] = (text ?? '').split(',').map(Number)
      return { u, v }
    }
    const a = await read(400, 300)
    const b = await read(800, 600)
    const scale = 400 / (b.u - a.u)
    return (x: number, y: number) =>
      [400 + (x - a.u - 0.5) * scale, 300 + (y - a.v - 0.5) * scale] as const
  }

  test('an object drawn with it is found on the next frames', async () => {
    const screen = await toScreen()
    await at.page.getByRole('button', { name: 'Magic wand: point at an object' }).hover()
    await at.page.getByRole('tab', { name: 'Trackers' }).click()
    await at.page.getByRole('button', { name: 'Track', exact: true }).click()
    const { x, y } = cornerOn(0)
    await at.page.mouse.move(...screen(x, y))
    await at.page.mouse.down()
    await at.page.mouse.move(...screen(x + SIDE, y + SIDE), { steps: 4 })
    await at.page.mouse.up()
    await expect.poll(keyframes).toEqual([0])
    for (let frame = 1; frame <= 3; frame += 1) {
      await press('f')
      await expect.poll(() => frameShown(at.page)).toBe(String(frame))
    }
    await expect.poll(keyframes, { timeout: 15_000 }).toEqual([0, 1, 2, 3])
    const found = (await tracks())[0]?.keyframes.at(-1)?.points ?? []
    const truth = cornerOn(3)
    expect(Math.abs((found[0] ?? 0) - truth.x)).toBeLessThan(12)
    expect(Math.abs((found[1] ?? 0) - truth.y)).toBeLessThan(12)
  })

  test('switched off it leaves the track alone; a step is taken back by itself', async () => {
    await press('Control+z')
    await expect.poll(keyframes).toEqual([0, 1, 2])
    await press('Control+Shift+z')
    await expect.poll(keyframes).toEqual([0, 1, 2, 3])
    await at.page.getByRole('button', { name: /follows it on the next frames/ }).click()
    await press('f')
    await expect.poll(() => frameShown(at.page)).toBe('4')
    await at.page.waitForTimeout(500)
    expect(await keyframes()).toEqual([0, 1, 2, 3])
  })

  test('led on to the end it is one step of history', async () => {
    await press('d')
    await expect.poll(() => frameShown(at.page)).toBe('3')
    const screen = await toScreen()
    const { x, y } = cornerOn(3)
    await at.page.mouse.click(...screen(x + SIDE / 2, y + SIDE / 2))
    await press('Control+k')
    await at.page.keyboard.type('Follow to the end')
    // Every letter reached the field, however fast: none was a shortcut.
    const field = at.page.getByPlaceholder('Search')
    await expect.poll(() => field.inputValue()).toBe('Follow to the end')
    await press('Enter')
    await expect.poll(() => frameShown(at.page), { timeout: 30_000 }).toBe(String(FRAMES - 1))
    await expect.poll(keyframes).toEqual(Array.from({ length: FRAMES }, (_, frame) => frame))
    await press('Control+z')
    await expect.poll(keyframes).toEqual([0, 1, 2, 3])
  })
})
