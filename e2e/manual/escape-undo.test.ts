/**
 * Every tool and gesture, step by step: Escape after each step leaves nothing behind, and one undo of the whole brings
 * back exactly what was there before, in the core, redo what was there after.
 */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { Hand, type Place } from '../harness/hand.ts'
import { type OpenWorkspace, openWorkspace, samePictures } from '../harness/workspace.ts'

const joint = (name: string) => ({ name, type: 'points', attributes: [] })
const LABELS = [
  { name: 'car', type: 'any', attributes: [] },
  { name: 'tree', type: 'any', attributes: [] },
  { name: 'arm', type: 'skeleton', sublabels: ['hand', 'elbow', 'shoulder'].map(joint) },
  { name: 'night', type: 'tag', attributes: [] },
]

type Step = (hand: Hand) => Promise<unknown>
interface Way {
  readonly name: string
  /** All but the last leave something half done; the last makes the change. */
  readonly steps: readonly Step[]
}

const press =
  (...keys: string[]): Step =>
  (hand) =>
    hand.press(...keys)
const click =
  (...places: Place[]): Step =>
  (hand) =>
    hand.click(...places)
const tool =
  (name: string): Step =>
  (hand) =>
    hand.tool(name)
const pull =
  (from: Place, to: Place): Step =>
  (hand) =>
    hand.pull(from, to)
/** To the second frame. */
const stepOn: Step = (hand) => hand.step('f', 1)
const letGo: Step = (hand) => hand.page.mouse.up()
const over =
  (place: Place): Step =>
  (hand) =>
    hand.over(place)
const clickWith =
  (key: string, ...places: Place[]): Step =>
  (hand) =>
    hand.holding(key, () => hand.click(...places))
const pullWith =
  (key: string, from: Place, to: Place): Step =>
  (hand) =>
    hand.holding(key, () => hand.pull(from, to))
/** Just above a shape's box, where it is turned. */
const pullTurner =
  ([x, top]: Place, to: Place): Step =>
  async (hand) => {
    const [[left], [right]] = await Promise.all([hand.screen([0, 0]), hand.screen([100, 0])])
    const away = (26 * 100) / (right - left)
    await hand.pull([x, top - away], to)
  }
/** In the card of a tool; `of` is the tool's name. */
const method =
  (name: string, of: string): Step =>
  async ({ page }) => {
    await page.getByRole('button', { name: of, exact: true }).hover()
    const [icon, text] = [page.getByRole('img', { name }), page.getByText(name, { exact: true })]
    await icon.or(text).first().click()
    await page.getByRole('button', { name: 'Shape', exact: true }).click()
  }
const inDialog =
  (name: RegExp): Step =>
  (hand) =>
    hand.page.getByRole('dialog').getByRole('button', { name }).click()
const menuItem =
  (place: Place, name: string): Step =>
  async (hand) => {
    await hand.rightClick(place)
    await hand.page.getByRole('menuitem', { name }).click()
  }

/** Where there is nothing. */
const [a, b, c, d]: readonly [Place, Place, Place, Place] = [
  [60, 320],
  [200, 320],
  [200, 440],
  [60, 440],
]

/** What stands on the frame, in places of its own. */
const box = { at: [60, 80], corner: [120, 100], top: [80, 60] } as const
const ring = {
  at: [180, 70],
  b: [260, 40],
  c: [260, 120],
  edge: [210, 40],
} as const
const neighbour = { at: [320, 100] } as const
const line = { at: [430, 40], end: [480, 40] } as const
const ellipse = { at: [80, 190], top: [80, 160] } as const
const cuboid = { at: [190, 230], corner: [160, 190] } as const
const mask = { at: [330, 220] } as const
const arm = { inside: [400, 200] } as const
const track = { at: [560, 230], corner: [590, 260] } as const

const drawing: Way[] = [
  { name: 'a rectangle, dragged', steps: [tool('Draw a rectangle'), pull(a, c), letGo] },
  { name: 'a rectangle, two clicks', steps: [tool('Draw a rectangle'), click(a), click(c)] },
  {
    name: 'a rectangle by four points',
    steps: [method('Four extreme points', 'Draw a rectangle'), click(a, b, c), click([60, 430])],
  },
  {
    name: 'a rectangle, turned',
    steps: [
      method('Turned: a side, then the depth', 'Draw a rectangle'),
      click(a),
      click([180, 360]),
      click(d),
    ],
  },
  {
    name: 'a rectangle by corners again',
    steps: [method('Two corners', 'Draw a rectangle'), pull(a, c), letGo],
  },
  ...['Draw a polygon', 'Draw a polyline', 'Draw points'].map((name) => ({
    name: name.slice(5),
    steps: [tool(name), click(a), click(b, c, d), press('n')],
  })),
  {
    name: 'a polygon, freehand',
    steps: [tool('Draw a polygon'), click(a), pullWith('Shift', b, c), letGo, click(d), press('n')],
  },
  { name: 'an ellipse', steps: [tool('Draw an ellipse'), pull(a, c), letGo] },
  { name: 'a cuboid from a rectangle', steps: [tool('Draw a cuboid'), pull(a, c), letGo] },
  {
    name: 'a cuboid by four points',
    steps: [
      method('By 4 points', 'Draw a cuboid'),
      click([60, 320]),
      click([60, 400], [160, 410]),
      click([220, 380]),
    ],
  },
  { name: 'a mask', steps: [tool('Paint a mask'), pull(a, c), letGo, press('n')] },
  {
    name: 'an object pointed out',
    steps: [tool('Magic wand: point at an object'), click([150, 238]), press('n')],
  },
  {
    name: 'an outline cut with the scissors',
    steps: [tool('Intelligent scissors'), click(a), clickWith('Control', b, c), press('n')],
  },
  { name: 'a skeleton', steps: [tool('Draw a skeleton'), pull(a, c), letGo] },
  { name: 'a tag', steps: [tool('Tag the frame')] },
  {
    name: 'a paste',
    steps: [over(box.at), press('Control+c'), press('Control+v'), over(a), click([120, 380])],
  },
]

const editing: Way[] = [
  { name: 'moving a shape', steps: [over(box.at), pull(box.at, [80, 90]), letGo] },
  { name: 'resizing it', steps: [over(box.at), pull(box.corner, [130, 110]), letGo] },
  { name: 'turning it', steps: [over(box.at), pullTurner(box.top, [140, 70]), letGo] },
  {
    name: 'turning an ellipse',
    steps: [over(ellipse.at), pullTurner(ellipse.top, [140, 190]), letGo],
  },
  { name: 'moving a vertex', steps: [over(ring.at), pull(ring.b, [250, 20]), letGo] },
  { name: 'adding a vertex', steps: [over(ring.at), pull(ring.edge, [210, 20]), letGo] },
  { name: 'deleting a vertex', steps: [over(ring.at), clickWith('Alt', ring.c)] },
  {
    name: 'replacing a part of a contour',
    steps: [over(ring.at), clickWith('Shift', ring.b), click([290, 20]), click(ring.c)],
  },
  {
    name: 'drawing anew',
    steps: [over(line.at), press('Shift+N'), click(a), click(b), press('n')],
  },
  { name: 'moving a cuboid', steps: [over(cuboid.at), pull(cuboid.at, [200, 250]), letGo] },
  {
    name: 'a corner of a cuboid',
    steps: [over(cuboid.at), pull(cuboid.corner, [150, 180]), letGo],
  },
  {
    name: 'painting on a mask',
    steps: [over(mask.at), clickWith('Shift', mask.at), pull(a, b), letGo, press('n')],
  },
  { name: 'moving a skeleton', steps: [over(arm.inside), pull(arm.inside, [410, 215]), letGo] },
  { name: 'moving a track', steps: [over(track.at), pull(track.at, [560, 250]), letGo] },
  { name: 'resizing a track', steps: [over(track.at), pull(track.corner, [600, 270]), letGo] },
]

const operations: Way[] = [
  { name: 'group', steps: [press('g'), click(box.at), click(ring.at), press('g')] },
  { name: 'join', steps: [press('j'), click(ring.at), click(neighbour.at), press('j')] },
  { name: 'slice', steps: [press('Alt+j'), click(ring.at), click([210, 20]), click([210, 140])] },
  { name: 'unite', steps: [click(ring.at), clickWith('Shift', neighbour.at), press('Alt+u')] },
  { name: 'subtract', steps: [click(ring.at), clickWith('Shift', neighbour.at), press('Alt+s')] },
  { name: 'propagate', steps: [over(box.at), press('Control+b'), inDialog(/^Propagate/)] },
  {
    name: 'an action on many',
    steps: [press('Control+Shift+b'), inDialog(/^Remove/)],
  },
  {
    name: 'a mask to polygons',
    steps: [menuItem(mask.at, 'Convert to polygons'), inDialog(/^Convert/)],
  },
  ...[
    ['occluded', 'q'],
    ['farther', '-'],
    ['closer', '='],
    ['to the front', ']'],
    ['another label', 'Control+2'],
    ['moved by a pixel', 'Alt+ArrowRight'],
    ['turned by a degree', 'Alt+.'],
    ['deleted', 'Delete'],
    ['cut', 'Control+x'],
  ].map(([name = '', key = '']) => ({ name, steps: [over(box.at), press(key)] })),
  {
    name: 'merge',
    steps: [press('m'), click(box.at), stepOn, click(box.at), press('m')],
  },
  { name: 'split', steps: [stepOn, press('Alt+m'), click(track.at), press('Alt+m')] },
  { name: 'a keyframe', steps: [stepOn, over(track.at), press('k')] },
  ...[
    ['occluded from here', 'q'],
    ['outside', 'o'],
  ].map(([name = '', key = '']) => ({
    name: `a track: ${name}`,
    steps: [over(track.at), press(key)],
  })),
  { name: 'all deleted', steps: [over([620, 460]), press('Control+a'), press('Delete')] },
]

/** A frame with a shape of every type, and a second one with a rectangle. */
async function drawAll(hand: Hand): Promise<void> {
  await hand.rectangle([40, 60, 120, 100])
  await hand.outline('Draw a polygon', [160, 40], ring.b, ring.c, [160, 120])
  await hand.outline('Draw a polygon', [240, 60], [340, 60], [340, 140], [240, 140])
  await hand.outline('Draw a polyline', [380, 40], line.end, [480, 120])
  await hand.outline('Draw points', [540, 60], [580, 80])
  for (const [name, from, to] of [
    ['Draw an ellipse', [40, 160], [120, 220]],
    ['Draw a cuboid', [160, 190], [220, 260]],
    ['Draw a skeleton', [390, 180], [490, 260]],
  ] as const) {
    await hand.tool(name)
    await hand.drag(from, to)
  }
  await hand.tool('Paint a mask')
  await hand.drag([300, 220], [360, 220])
  await hand.press('n')
  await hand.page.getByRole('button', { name: 'Draw a rectangle', exact: true }).hover()
  await hand.page.getByRole('button', { name: 'Track', exact: true }).click()
  await hand.drag([530, 200], [590, 260])
  await expect.poll(async () => (await hand.all()).length).toBe(10)
  await hand.goTo(1)
  await hand.rectangle([50, 60, 130, 100])
}

/** Everything let go of, the pointer where nothing is. */
async function rest(hand: Hand): Promise<void> {
  await hand.page.mouse.up()
  await hand.over([620, 460])
  await hand.press('Escape', 'Escape', 'Escape')
  await hand.page.getByRole('dialog').waitFor({ state: 'hidden' })
  if ((await hand.frame()) !== '0') await hand.goTo(0)
}

describe.skipIf(chromiumPath === null)('Escape and undo', () => {
  let open: OpenWorkspace | null = null
  /** What a test that failed left half done must not be what the next one begins with. */
  let isSound = false

  beforeEach(async () => {
    if (isSound) return
    await open?.close()
    open = await openWorkspace(LABELS, [await samePictures(4)])
    await drawAll(new Hand(open))
    isSound = true
  }, 120_000)
  afterAll(() => open?.close())

  test.each([...drawing, ...editing, ...operations])(
    '$name: Escape at each step, then undo and redo',
    async ({ steps }) => {
      if (!open) throw new Error('there is no page')
      isSound = false
      const hand = new Hand(open)
      /** What the core has of the two frames that are worked on. */
      const stored = async () => [await hand.stored(0), await hand.stored(1)] as const
      const all = async () => (await stored()).map(({ annotations }) => annotations)
      await rest(hand)
      const before = await stored()
      const annotations = before.map((one) => one.annotations)
      for (let count = 1; count < steps.length; count += 1) {
        for (const step of steps.slice(0, count)) await step(hand)
        await hand.press('Escape')
        await rest(hand)
        expect(await stored(), `Escape after step ${count}`).toEqual(before)
        const cursor = hand.page.getByRole('button', { name: 'Cursor', exact: true })
        expect(await cursor.getAttribute('aria-pressed'), `step ${count}`).toBe('true')
      }
      for (const step of steps) await step(hand)
      await expect.poll(all, { timeout: 5_000 }).not.toEqual(annotations)
      await rest(hand)
      const after = await all()
      for (const [verb, left] of [
        ['undo', annotations],
        ['redo', after],
        ['undo', annotations],
      ] as const) {
        await hand.travel(verb)
        await expect.poll(all, { message: verb }).toEqual(left)
      }
      isSound = true
    },
  )
})
