/** Tracks on a row of pictures: drawn, moved on other frames, split, merged, walked by keys; undo takes it all back. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { chromiumPath } from './harness/chromium.ts'
import { fieldmarkJson } from './harness/cli.ts'
import { cocoOf } from './harness/coco.ts'
import {
  frameShown,
  type OpenWorkspace,
  openWorkspace,
  samePictures,
  storedAnnotations,
} from './harness/workspace.ts'

const LABELS = [{ name: 'car', type: 'any', attributes: [] }]

describe.skipIf(chromiumPath === null)('tracks', () => {
  let at: OpenWorkspace
  beforeAll(async () => {
    at = await openWorkspace(LABELS, [await samePictures(12)])
  }, 120_000)
  afterAll(() => at?.close())

  const stored = (frame: number) => storedAnnotations<Annotation>(at.page, at.taskId, frame)
  const onlyTrack = async () => (await stored(11)).find((one): one is Track => one.kind === 'track')
  const press = (key: string) => at.page.keyboard.press(key)
  const goTo = async (frame: number) => {
    await press('`')
    await at.page.keyboard.type(String(frame))
    await press('Enter')
    await expect.poll(() => frameShown(at.page)).toBe(String(frame))
  }
  const drag = async (from: [number, number], to: [number, number]) => {
    await at.page.mouse.move(...from)
    await at.page.mouse.down()
    await at.page.mouse.move(...to, { steps: 4 })
    await at.page.mouse.up()
  }

  test('"Track" in the card of a tool draws one that is there on every later frame', async () => {
    await at.page.getByRole('button', { name: 'Draw a rectangle' }).hover()
    await at.page.getByRole('button', { name: 'Track', exact: true }).click()
    await drag([300, 300], [400, 400])
    await goTo(6)
    const [track] = await stored(6)
    expect(track).toMatchObject({ kind: 'track', frame: 0 })
  })

  test('moved on a later frame it gets a keyframe, and lies between on the frames in between', async () => {
    await drag([350, 350], [650, 350])
    await expect
      .poll(async () => (await onlyTrack())?.keyframes.map(({ frame }) => frame))
      .toEqual([0, 6])
    const track = await onlyTrack()
    const moved = (track?.keyframes[1]?.points[0] ?? 0) - (track?.keyframes[0]?.points[0] ?? 0)
    await goTo(3)
    await at.page.mouse.move(500, 350)
    await press('k')
    await expect
      .poll(async () => (await onlyTrack())?.keyframes.map(({ frame }) => frame))
      .toEqual([0, 3, 6])
    const [first, middle] = (await onlyTrack())?.keyframes ?? []
    expect((middle?.points[0] ?? 0) - (first?.points[0] ?? 0)).toBeCloseTo(moved / 2, 6)
  })

  test('R and E walk its keyframes, O takes it out of sight', async () => {
    await at.page.mouse.move(500, 350)
    await press('r')
    await expect.poll(() => frameShown(at.page)).toBe('6')
    await press('e')
    await expect.poll(() => frameShown(at.page)).toBe('3')
    await goTo(9)
    await at.page.mouse.move(650, 350)
    await press('o')
    const outside = async () =>
      (await onlyTrack())?.keyframes.filter((one) => one.outside).map(({ frame }) => frame)
    await expect.poll(outside).toEqual([9])
  })

  test('split in two and merged again', async () => {
    await goTo(4)
    // The track is selected from walking its keyframes: it is the first pick.
    await press('Alt+m')
    await press('Alt+m')
    await expect.poll(async () => (await stored(4)).length).toBe(2)
    await press('m')
    await at.page.mouse.click(550, 350)
    await goTo(2)
    await at.page.mouse.click(450, 350)
    await press('m')
    await expect.poll(async () => (await stored(4)).length).toBe(1)
  })

  test('undo takes every step back, to the empty task', async () => {
    for (let step = 0; step < 6; step += 1) await press('Control+z')
    await expect.poll(async () => (await stored(11)).length).toBe(0)
    for (let step = 0; step < 6; step += 1) await press('Control+y')
    await expect.poll(async () => (await stored(11)).length).toBe(1)
  })

  test('an export has the track on every frame it is seen on', async () => {
    const file = join(at.dataDir, 'tracks.zip')
    await fieldmarkJson(at.dataDir, 'task', 'export-dataset', '1', file, '--format', 'COCO 1.0')
    const { annotations } = await cocoOf(file)
    const track = await onlyTrack()
    if (!track) throw new Error('no track')
    const seen = Array.from({ length: 12 }, (_, frame) => shapeOn(track, frame)).filter(Boolean)
    expect(annotations).toHaveLength(seen.length)
    expect(new Set(annotations.map((one) => one.bbox[0])).size).toBeGreaterThan(3)
  })
})
