/** Sentences of the manual (sections 4 to 14, 28) that no other test drives: each in the real page, as a reader would. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Settings } from '#renderer/state/settings-schema.ts'
import type { Shape, Track } from '#shared/domain/annotation.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import { chromiumPath } from '../harness/chromium.ts'
import { Hand, type Place } from '../harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from '../harness/workspace.ts'

const LABELS = [
  {
    name: 'car',
    type: 'any',
    attributes: [
      { name: 'parked', input_type: 'checkbox', mutable: true, default_value: 'false', values: [] },
    ],
  },
  { name: 'person', type: 'any', attributes: [] },
]

describe.skipIf(chromiumPath === null)('what the manual promises', () => {
  let open: OpenWorkspace
  let hand: Hand

  beforeAll(async () => {
    open = await openWorkspace(LABELS, [await samePictures(8)])
    hand = new Hand(open)
  }, 120_000)
  afterAll(() => open?.close())
  afterEach(async () => {
    await hand.goTo(0)
    await hand.clear()
    await hand.press('Shift+1')
  })

  const shapes = async () => (await hand.all()) as Shape[]
  const onlyTrack = async () => {
    const [track] = (await hand.all(0)) as Track[]
    if (track?.kind !== 'track') throw new Error('no track')
    return track
  }
  const drawTrack = async (name: string) => {
    await hand.page.getByRole('button', { name, exact: true }).hover()
    await hand.page.getByRole('button', { name: 'Track', exact: true }).click()
  }
  const enter = async (name: string) => {
    await hand.page.getByRole('button', { name: 'Workspace' }).click()
    await hand.page.getByRole('menuitem', { name }).click()
  }
  const zoom = () => hand.page.getByRole('button', { name: /^Zoom: / }).textContent()

  test('4: over locked objects new ones are drawn', async () => {
    await hand.rectangle([100, 100, 400, 400])
    await hand.chord('t', 'l')
    await hand.rectangle([150, 150, 200, 200])
    expect(await hand.all()).toHaveLength(2)
  })

  test('5: buttons of a track go to its first, previous, next and last keyframe', async () => {
    await drawTrack('Draw a rectangle')
    await hand.drag([100, 100], [200, 200])
    for (const frame of [2, 5]) {
      await hand.goTo(frame)
      await hand.over([150, 150])
      await hand.press('k')
      await expect.poll(async () => (await onlyTrack()).keyframes.at(-1)?.frame).toBe(frame)
    }
    for (const [name, frame] of [
      ['First keyframe', '0'],
      ['Next keyframe', '2'],
      ['Last keyframe', '5'],
      ['Previous keyframe', '2'],
    ] as const) {
      await hand.page.getByRole('button', { name }).click()
      await expect.poll(() => hand.frame()).toBe(frame)
    }
  })

  test('7: attribute annotation keeps to what the filter shows, zoomed in with the margin of the settings', async () => {
    await hand.rectangle([100, 100, 200, 200])
    await hand.beside()
    await hand.press('Escape', 'Control+2')
    const person = await hand.rectangle([300, 100, 400, 200])
    await hand.press('Control+f')
    const dialog = hand.page.getByRole('dialog', { name: 'Filter objects' })
    await dialog.getByRole('textbox', { name: 'As text' }).fill('label=="person"')
    await hand.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await enter('Attribute annotation')
    await hand.page.getByText(`person ${person.id}`, { exact: true }).first().waitFor()
    await hand.press('Tab')
    await hand.page.getByText('1 of 1').first().waitFor()
    const before = await zoom()
    await hand.press('F3')
    const settings = hand.page.getByRole('dialog', { name: 'Settings' })
    await settings.getByRole('textbox', { name: /margin/i }).fill('10')
    await hand.press('F3')
    await settings.waitFor({ state: 'hidden' })
    await hand.press('Tab')
    await expect.poll(zoom).not.toBe(before)
    await enter('Standard')
    await hand.page.getByRole('button', { name: 'Clear filter' }).first().click()
    await hand.beside()
    await hand.press('Escape', 'Control+1')
  })

  test('9.1: Done on the top panel completes the shape; the opacity of the selected one is a slider', async () => {
    await hand.tool('Draw a polygon')
    await hand.click([100, 100], [200, 100], [200, 200])
    await hand.page.getByRole('button', { name: 'Done', exact: true }).click()
    await expect.poll(async () => (await shapes())[0]?.type).toBe('polygon')
    const { appearance } = await hand.settings<Settings>()
    await hand.page.getByRole('slider', { name: 'Selected' }).press('End')
    const now = (await hand.settings<Settings>()).appearance
    expect(now.selectedOpacity).toBeGreaterThan(appearance.selectedOpacity)
  })

  test('9.2: automatic bordering is a switch of the settings; a number of points ends a polygon', async () => {
    await hand.press('F3')
    const settings = hand.page.getByRole('dialog', { name: 'Settings' })
    await settings.getByLabel(/^Automatic bordering/).check({ force: true })
    expect((await hand.settings<Settings>()).automaticBordering).toBe(true)
    await settings.getByLabel(/^Automatic bordering/).uncheck({ force: true })
    await hand.press('F3')
    await settings.waitFor({ state: 'hidden' })
    await hand.page.getByRole('button', { name: 'Draw a polygon', exact: true }).hover()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).fill('3')
    await hand.page.getByRole('button', { name: 'Shape', exact: true }).click()
    await hand.click([300, 100], [400, 100], [400, 200])
    await expect.poll(async () => (await shapes())[0]?.points.length).toBe(6)
    await hand.page.getByRole('button', { name: 'Draw a polygon', exact: true }).hover()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).fill('')
    await hand.beside()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).waitFor({ state: 'hidden' })
  })

  test('9.2: a pinned shape is not dragged, an unpinned one is', async () => {
    const made = await hand.outline(
      'Draw a polygon',
      [100, 100],
      [300, 100],
      [300, 300],
      [100, 300],
    )
    await hand.over([200, 200])
    await hand.rightClick([200, 200])
    await hand.page.getByRole('menuitem', { name: /^Pin in place/ }).click()
    await hand.drag([200, 200], [250, 200])
    expect(await hand.all()).toEqual([made])
    await hand.press('Shift+1')
    await hand.rightClick([200, 200])
    await hand.page.getByRole('menuitem', { name: /^Pin in place/ }).click()
    await hand.drag([200, 200], [250, 200])
    await expect.poll(async () => Math.round((await shapes())[0]?.points[0] ?? 0)).toBe(150)
  })

  test('9.4: a polygon is tracked: Shift+N draws it anew on a later frame, frames between are interpolated', async () => {
    await drawTrack('Draw a polygon')
    await hand.click([100, 100], [200, 100], [200, 200], [100, 200])
    await hand.press('n')
    await expect.poll(async () => (await onlyTrack()).keyframes.length).toBe(1)
    await hand.goTo(4)
    await hand.over([150, 150])
    await hand.press('Shift+N')
    await hand.click([300, 100], [400, 100], [400, 200], [300, 200])
    await hand.press('n')
    await expect
      .poll(async () => (await onlyTrack()).keyframes.map(({ frame }) => frame))
      .toEqual([0, 4])
    const middle = shapeOn(await onlyTrack(), 2)
    expect([Math.round(middle?.points[0] ?? 0), Math.round(middle?.points[1] ?? 0)]).toEqual([
      200, 100,
    ])
  })

  test('9.4: the starting point and the direction are set on a frame of the track', async () => {
    await drawTrack('Draw a polygon')
    const ring: Place[] = [
      [100, 100],
      [300, 100],
      [300, 300],
    ]
    await hand.click(...ring)
    await hand.press('n')
    const points = async () => (await onlyTrack()).keyframes[0]?.points.map(Math.round)
    await expect.poll(points).toEqual(ring.flat())
    for (const [name, expected] of [
      ['Set starting point', [300, 300, 100, 100, 300, 100]],
      ['Switch orientation', [300, 300, 300, 100, 100, 100]],
    ] as const) {
      await hand.rightClick([300, 300])
      await hand.page.getByRole('menuitem', { name, exact: true }).click()
      await expect.poll(points).toEqual(expected)
    }
  })

  test('11: Shift+click adds points to a shape of points; single ones are moved by themselves', async () => {
    await hand.outline('Draw points', [100, 100], [200, 100])
    await hand.holding('Shift', () => hand.click([200, 100]))
    await hand.click([300, 150])
    await hand.press('n')
    const points = async () => (await shapes())[0]?.points.map(Math.round)
    await expect.poll(points).toEqual([100, 100, 200, 100, 300, 150])
    await hand.drag([300, 150], [320, 200])
    await expect.poll(points).toEqual([100, 100, 200, 100, 320, 200])
  })

  test('11.2: one point is tracked with a single click and goes straight between keyframes', async () => {
    await hand.page.getByRole('button', { name: 'Draw points', exact: true }).hover()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).fill('1')
    await hand.page.getByRole('button', { name: 'Track', exact: true }).click()
    await hand.click([100, 100])
    await expect.poll(async () => (await onlyTrack()).type).toBe('points')
    await hand.goTo(4)
    await hand.drag([100, 100], [300, 200])
    await expect.poll(async () => (await onlyTrack()).keyframes.length).toBe(2)
    expect(shapeOn(await onlyTrack(), 2)?.points.map(Math.round)).toEqual([200, 150])
    await hand.page.getByRole('button', { name: 'Draw points', exact: true }).hover()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).fill('')
    await hand.beside()
    await hand.page.getByRole('textbox', { name: 'Number of points' }).waitFor({ state: 'hidden' })
  })

  test('13: a cuboid is tracked like a rectangle', async () => {
    await drawTrack('Draw a cuboid')
    await hand.drag([100, 150], [200, 250])
    await expect.poll(async () => (await onlyTrack()).type).toBe('cuboid')
    await hand.goTo(2)
    await hand.drag([150, 230], [190, 230])
    await expect.poll(async () => (await onlyTrack()).keyframes.length).toBe(2)
  })

  test('28: coloured by group, what has no group is white', async () => {
    const first = await hand.rectangle([100, 100, 200, 200])
    await hand.rectangle([300, 100, 400, 200])
    const colors = () =>
      hand.page
        .locator('li > .fm-row', { hasText: 'car' })
        .evaluateAll((rows) =>
          rows.flatMap(
            (row) => /--color:\s*([^;]+)/.exec(row.getAttribute('style') ?? '')?.[1] ?? [],
          ),
        )
    await hand.page.getByText('Group', { exact: true }).click()
    await expect.poll(async () => new Set(await colors()).size).toBe(1)
    const [white = ''] = await colors()
    expect(white).toBe('#ffffff')
    await hand.beside()
    await hand.press('Escape', 'g')
    await hand.click([150, 150])
    await hand.press('g')
    await expect.poll(async () => (await hand.now(first)).group).toBeGreaterThan(0)
    await expect.poll(async () => new Set(await colors()).size).toBe(2)
    await hand.page.getByText('Label', { exact: true }).last().click()
  })
})
