/**
 * The judge's task: an object followed over 300 frames with six keyframes, split, merged back, everything undone, everything
 * done again; then the track as shapes and back. After each step the core is asked what it has.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { chromiumPath } from './harness/chromium.ts'
import { Hand } from './harness/hand.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  samePictures,
  storedAnnotations,
} from './harness/workspace.ts'

const LABELS = [
  {
    name: 'car',
    type: 'any',
    attributes: [{ name: 'lights', mutable: true, input_type: 'checkbox', values: ['false'] }],
  },
]
const FRAMES = 300
/** Where its corner is on each keyframe; it is 60 x 40. */
const WAY = [
  [0, 60, 60],
  [60, 180, 100],
  [120, 300, 60],
  [180, 420, 220],
  [240, 300, 340],
  [299, 120, 340],
] as const
const middle = (x: number, y: number) => [x + 30, y + 20] as const

describe.skipIf(chromiumPath === null)('an object followed over 300 frames', () => {
  let at: OpenWorkspace
  let hand: Hand
  /** What the core had after each step, by the step's number. */
  const told: Annotation[][] = []
  beforeAll(async () => {
    at = await openWorkspace(LABELS, [await samePictures(FRAMES)])
    hand = new Hand(at)
  }, 180_000)
  afterAll(() => at?.close())

  /** Tracks begin on their first frame and are listed on every later one: the last frame's list has them all. */
  const everything = () => storedAnnotations<Annotation>(at.page, at.taskId, FRAMES - 1)
  const tracks = async () =>
    (await everything()).filter((one): one is Track => one.kind === 'track')
  const press = (key: string) => at.page.keyboard.press(key)
  const goTo = async (frame: number) => {
    await press('`')
    await at.page.keyboard.type(String(frame))
    await press('Enter')
    await expect.poll(() => frameShown(at.page)).toBe(String(frame))
  }
  const remember = async () => told.push(await everything())

  test('drawn as a track and moved on five later frames', async () => {
    await remember()
    await at.page.getByRole('button', { name: 'Draw a rectangle' }).hover()
    await at.page.getByRole('button', { name: 'Track', exact: true }).click()
    const [, x, y] = WAY[0]
    await hand.drag([x, y], [x + 60, y + 40])
    await expect.poll(async () => (await tracks()).length).toBe(1)
    await remember()
    let before = middle(x, y)
    for (const [frame, toX, toY] of WAY.slice(1)) {
      await goTo(frame)
      await hand.drag(before, middle(toX, toY))
      before = middle(toX, toY)
      await expect.poll(async () => (await tracks())[0]?.keyframes.at(-1)?.frame).toBe(frame)
      await remember()
    }
    const [track] = await tracks()
    expect(track?.keyframes.map(({ frame }) => frame)).toEqual(WAY.map(([frame]) => frame))
    for (const [frame, toX, toY] of WAY) {
      const points = (track && shapeOn(track, frame))?.points ?? []
      expect(Math.hypot((points[0] ?? 0) - toX, (points[1] ?? 0) - toY)).toBeLessThan(3)
    }
  })

  test('on the frames between it lies between, and the canvas shows it there', async () => {
    await goTo(90)
    const [track] = await tracks()
    const points = (track && shapeOn(track, 90))?.points ?? []
    await hand.over(middle(points[0] ?? 0, points[1] ?? 0))
    const pointedAt = at.page.locator('li > [data-hovered=true]')
    await expect.poll(() => pointedAt.count()).toBe(1)
  })

  test('split on a frame between two keyframes, from its menu', async () => {
    await goTo(150)
    const [whole] = await tracks()
    const points = (whole && shapeOn(whole, 150))?.points ?? []
    await hand.rightClick(middle(points[0] ?? 0, points[1] ?? 0))
    await at.page.getByRole('menuitem', { name: 'Track', exact: true }).click()
    await at.page.getByRole('menuitem', { name: /Split the track here/ }).click()
    await expect.poll(async () => (await tracks()).length).toBe(2)
    await remember()
    const parts = await tracks()
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const seen = parts.flatMap((part) => shapeOn(part, frame) ?? [])
      expect(seen).toHaveLength(1)
      const was = (whole && shapeOn(whole, frame))?.points ?? []
      for (const [i, value] of was.entries()) expect(seen[0]?.points[i]).toBeCloseTo(value, 9)
    }
  })

  test('merged back it is the track it was, keyframe for keyframe', async () => {
    const [left, right] = await tracks()
    if (!left || !right) throw new Error('not split')
    const pick = async (track: Track, frame: number) => {
      await goTo(frame)
      const [x = 0, y = 0] = shapeOn(track, frame)?.points ?? []
      await hand.click(middle(x, y))
    }
    await hand.beside()
    await press('Escape')
    await hand.click([620, 20])
    await press('m')
    await pick(left, 130)
    await pick(right, 170)
    await press('m')
    await expect.poll(async () => (await tracks()).length).toBe(1)
    await remember()
    expect(told.at(-1)).toEqual(told.at(-3))
  })

  test('undone to nothing and done again, the core has after each step what it had', async () => {
    const last = told.length - 1
    for (let step = last - 1; step >= 0; step -= 1) {
      await press('Control+z')
      await expect.poll(everything).toEqual(told[step])
    }
    for (let step = 1; step <= last; step += 1) {
      await press('Control+y')
      await expect.poll(everything).toEqual(told[step])
    }
  })

  test('a mutable attribute changed on a frame holds from there on', async () => {
    await goTo(200)
    const [track] = await tracks()
    const [x = 0, y = 0] = (track && shapeOn(track, 200))?.points ?? []
    await hand.click(middle(x, y))
    await at.page.getByRole('checkbox', { name: 'lights' }).click()
    const value = async (frame: number) => {
      const [one] = await tracks()
      return (one && shapeOn(one, frame))?.attributes[0]?.value
    }
    await expect.poll(() => value(200)).toBe('true')
    expect([await value(199), await value(299)]).toEqual([undefined, 'true'])
    await goTo(199)
    const lights = at.page.getByRole('checkbox', { name: 'lights' })
    await expect.poll(() => lights.isChecked()).toBe(false)
    await press('Control+z')
    await expect.poll(() => value(200)).toBe(undefined)
  })

  test('as shapes on 101 frames, counted before, and back by one undo', async () => {
    const [track] = await tracks()
    if (!track) throw new Error('no track')
    await goTo(50)
    const [x = 0, y = 0] = shapeOn(track, 50)?.points ?? []
    await hand.over(middle(x, y))
    await press('Shift+Alt+s')
    const dialog = at.page.getByRole('dialog')
    await dialog.getByLabel('From frame').fill('100')
    await dialog.getByLabel('Up to frame').fill('200')
    await dialog.getByText('Makes 101 shapes on 101 frames').waitFor()
    await dialog.getByRole('button', { name: 'Convert' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const shapesOn = async (frame: number) =>
      (await storedAnnotations<Annotation>(at.page, at.taskId, frame)).filter(
        (one) => one.kind === 'shape',
      )
    await expect
      .poll(async () => (await shapesOn(150)).map((one) => one.kind === 'shape' && one.points))
      .toEqual([shapeOn(track, 150)?.points])
    const [rest] = await tracks()
    expect(
      [99, 100, 200, 201].map((frame) => rest !== undefined && shapeOn(rest, frame) !== null),
    ).toEqual([true, false, false, true])
    await press('Control+z')
    await expect.poll(everything).toEqual(told.at(-1))
    expect(await shapesOn(150)).toEqual([])
  })
})
