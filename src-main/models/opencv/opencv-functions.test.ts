import { afterAll, describe, expect, it } from 'vitest'
import type { FunctionId } from '#shared/domain/function.ts'
import { decodeMask, maskArea } from '#shared/geometry/mask.ts'
import type {
  FunctionPicture,
  InteractorPrompt,
  RgbPicture,
  TrackedShape,
} from '../../core/ports.ts'
import { createOpenCvFunctions } from './opencv-functions.ts'

const cv = createOpenCvFunctions()
afterAll(() => cv.close())

const MIL = 'opencv/tracker-mil' as FunctionId
const GRABCUT = 'opencv/grabcut' as FunctionId
const WAND = 'opencv/magic-wand' as FunctionId

let keys = 0
function given(picture: RgbPicture): FunctionPicture {
  return {
    key: `picture ${++keys}`,
    pixels: async () => picture,
    encoded: () => Promise.reject(new Error('nobody asks for a file')),
  }
}

function drawn(
  width: number,
  height: number,
  color: (x: number, y: number) => readonly [number, number, number],
): RgbPicture {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rgb.set(color(x, y), 3 * (y * width + x))
  return { width, height, rgb }
}

const speckle = (x: number, y: number) => (x * 7919 + y * 104_729) % 23

/** A reddish disc of radius 30 about (120, 80) on speckled grey, and a second one about (200, 80). */
const discs = drawn(240, 160, (x, y) => {
  const isIn = (cx: number) => Math.hypot(x + 0.5 - cx, y + 0.5 - 80) < 30
  const noise = speckle(x, y)
  return isIn(120) || isIn(200) ? [200 - noise, 40 + noise, 40] : [90 + noise, 95 + noise, 100]
})

const prompt = (part: Partial<InteractorPrompt>): InteractorPrompt => ({
  positive: [],
  negative: [],
  box: null,
  region: null,
  previous: null,
  parameters: {},
  ...part,
})

/** Share of pixels of the disc about cx and of the mask that are both. */
function likeDisc(mask: readonly number[], cx: number): number {
  const { left, top, width, data } = decodeMask(mask)
  let both = 0
  for (let i = 0; i < data.length; i += 1) {
    const x = left + (i % width)
    const y = top + Math.floor(i / width)
    if (data[i] && Math.hypot(x + 0.5 - cx, y + 0.5 - 80) < 30) both += 1
  }
  return both / (maskArea(mask) + Math.PI * 30 * 30 - both)
}

describe('GrabCut', () => {
  it('cuts out what is in the box', async () => {
    const asked = prompt({ box: [82, 42, 158, 118] })
    const { mask } = await cv.interact(GRABCUT, given(discs), asked, {})
    expect(likeDisc(mask ?? [], 120)).toBeGreaterThan(0.95)
  })

  it('takes away around a click with the right button', async () => {
    const box = [82, 42, 238, 118] as const
    const both = await cv.interact(GRABCUT, given(discs), prompt({ box }), {})
    expect(maskArea(both.mask ?? [])).toBeGreaterThan(1.8 * Math.PI * 900)
    const tops: [number, number][] = [
      [200, 80],
      [190, 70],
      [210, 90],
      [190, 90],
      [210, 70],
    ]
    const one = await cv.interact(GRABCUT, given(discs), prompt({ box, negative: tops }), {})
    expect(maskArea(one.mask ?? [])).toBeLessThan(maskArea(both.mask ?? []))
  })

  it('works on large boxes on a smaller picture, and gives a mask of the picture', async () => {
    const large = drawn(1500, 1000, (x, y) =>
      Math.hypot(x - 700, y - 500) < 400 ? [200, speckle(x, y), 30] : [60, 80 + speckle(x, y), 90],
    )
    const { mask } = await cv.interact(
      GRABCUT,
      given(large),
      prompt({ box: [250, 50, 1150, 950] }),
      {},
    )
    expect(maskArea(mask ?? []) / (Math.PI * 400 * 400)).toBeCloseTo(1, 1)
  })

  it.each([
    ['without a box', {}],
    ['a box beside the picture', { box: [500, 500, 600, 600] as const }],
    ['a box without area', { box: [10, 10, 10, 10] as const, negative: [[10, 10]] as const }],
  ])('finds nothing %s', async (_what, part) => {
    expect((await cv.interact(GRABCUT, given(discs), prompt(part), {})).mask).toBeNull()
  })
})

describe('magic wand', () => {
  it('spreads over what is connected', async () => {
    const asked = prompt({ positive: [[120, 80]], parameters: { tolerance: 40 } })
    const { mask } = await cv.interact(WAND, given(discs), asked, {})
    expect(likeDisc(mask ?? [], 120)).toBeGreaterThan(0.98)
  })

  it('takes everything of the colour when it need not be connected', async () => {
    const parameters = { tolerance: 40, connected: false }
    const asked = prompt({ positive: [[120, 80]], parameters })
    const { mask } = await cv.interact(WAND, given(discs), asked, {})
    expect(maskArea(mask ?? []) / (2 * Math.PI * 900)).toBeCloseTo(1, 1)
  })

  it('takes away what spreads from a click with the right button', async () => {
    const asked = prompt({
      ...{ positive: [[120, 80] as const, [200, 80] as const], negative: [[200, 80] as const] },
      parameters: { tolerance: 40 },
    })
    const { mask } = await cv.interact(WAND, given(discs), asked, {})
    expect(likeDisc(mask ?? [], 120)).toBeGreaterThan(0.98)
  })

  it('stays in the box, and finds nothing where nobody clicked in it', async () => {
    const box = [100, 60, 120, 80] as const
    const { mask } = await cv.interact(
      WAND,
      given(discs),
      prompt({ box, positive: [[110, 70]] }),
      {},
    )
    expect(decodeMask(mask ?? [])).toMatchObject({ left: 100, top: 60 })
    const beside = await cv.interact(WAND, given(discs), prompt({ box, positive: [[5, 5]] }), {})
    expect(beside.mask).toBeNull()
  })
})

describe('intelligent scissors', () => {
  it('follow the edge from point to point', async () => {
    const picture = given(discs)
    const how = { from: [120, 50.5], to: [150.5, 80], reach: 60 } as const
    const path = await cv.scissors(picture, how, {})
    expect(path.slice(0, 2)).toEqual([120, 50.5])
    expect(path.slice(-2)).toEqual([150.5, 80])
    const away = []
    for (let i = 2; i < path.length - 2; i += 2)
      away.push(Math.abs(Math.hypot((path[i] ?? 0) - 120, (path[i + 1] ?? 0) - 80) - 30))
    expect(away.length).toBeGreaterThan(20)
    expect(Math.max(...away)).toBeLessThan(3)
  })

  it('end at the border of their reach for a point beyond it', async () => {
    const how = { from: [120, 50], to: [230, 150], reach: 20 } as const
    const path = await cv.scissors(given(discs), how, {})
    const inner = path.slice(2, -2)
    expect(Math.max(...inner.filter((_, i) => i % 2 === 0))).toBeLessThanOrEqual(140)
  })
})

describe('people', () => {
  it('are not found where nobody is, nor on pictures smaller than the window', async () => {
    const id = 'opencv/hog-people' as FunctionId
    const parameters = { threshold: 0.9 }
    expect(await cv.detect(id, given(discs), { parameters })).toEqual([])
    expect(await cv.detect(id, given(drawn(20, 20, () => [1, 2, 3])), { parameters })).toEqual([])
  })
})

describe('TrackerMIL', () => {
  const box = (x: number, y: number): TrackedShape => ({
    ...{ type: 'rectangle', rotation: 0 },
    points: [x, y, x + 40, y + 40],
  })
  /** A speckled wall with a striped square whose top left corner is at (left, top). */
  const scene = (left: number, top: number, width = 240, height = 160) =>
    given(
      drawn(width, height, (x, y) => {
        const wall = 60 + ((x * 7919 + y * 104_729) % 31)
        const isStripe = (Math.floor((x - left) / 6) + Math.floor((y - top) / 13)) % 2 === 0
        const stripe = isStripe ? 230 : 120
        const isObject = x >= left && x < left + 40 && y >= top && y < top + 40
        return isObject ? [stripe, 40, 255 - stripe] : [wall, wall, wall]
      }),
    )

  it('follows an object that moves', async () => {
    const tokens = await cv.begin(MIL, scene(30, 40), [box(30, 40)], {})
    for (let step = 1; step <= 6; step += 1) {
      const [x, y] = [30 + 6 * step, 40 + 2 * step]
      const [found] = await cv.update(MIL, scene(x, y), tokens, {})
      const [x1 = 0, y1 = 0, x2 = 0] = found?.points ?? []
      expect(Math.hypot(x1 - x, y1 - y), `step ${step}`).toBeLessThan(12)
      expect(x2 - x1).toBeCloseTo(40)
    }
  })

  it('says that it has forgotten what it never knew, and what was learnt on a picture of another size', async () => {
    expect(await cv.update(MIL, scene(0, 0), ['mil-none'], {})).toEqual([undefined])
    const tokens = await cv.begin(MIL, scene(30, 40), [box(30, 40)], {})
    expect(await cv.update(MIL, scene(30, 40, 120, 320), tokens, {})).toEqual([undefined])
  })

  it.each([
    ['outside of the picture', [500, 500, 600, 600]],
    ['without area', [10, 10, 10, 10]],
    ['around everything', [-50, -50, 900, 900]],
    ['inside out', [70, 80, 30, 40]],
  ])('outlives a box %s', async (_what, points) => {
    const tokens = await cv.begin(MIL, scene(30, 40), [{ ...box(0, 0), points }], {})
    await cv.update(MIL, scene(34, 40), tokens, {})
    const next = await cv.begin(MIL, scene(30, 40), [box(30, 40)], {})
    expect(await cv.update(MIL, scene(34, 40), next, {})).toEqual([expect.anything()])
  })
})

describe('as a provider', () => {
  it('refuses what is asked of the wrong function', async () => {
    await expect(cv.detect(MIL, given(discs), { parameters: {} })).rejects.toMatchObject({
      code: 'FUNCTION_WRONG_KIND',
    })
    await expect(cv.interact(MIL, given(discs), prompt({}), {})).rejects.toMatchObject({
      code: 'FUNCTION_WRONG_KIND',
    })
  })

  it('answers a cancelled call at once, and the next one as ever', async () => {
    const stop = new AbortController()
    const box = [82, 42, 158, 118] as const
    const asked = cv.interact(GRABCUT, given(discs), prompt({ box }), { signal: stop.signal })
    setTimeout(() => stop.abort(), 5)
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
    const { mask } = await cv.interact(GRABCUT, given(discs), prompt({ box }), {})
    expect(mask).not.toBeNull()
  })

  it('names the function when OpenCV cannot do it', async () => {
    const broken = given({ width: 40, height: 40, rgb: new Uint8Array(10) })
    const asked = cv.begin(
      MIL,
      given(drawn(6, 6, () => [0, 0, 0])),
      [{ type: 'rectangle', points: [0, 0, 6, 6], rotation: 0 }],
      {},
    )
    await expect(asked).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
    await cv.interact(WAND, broken, prompt({ positive: [[1, 1]] }), {}).catch(() => undefined)
    expect(await cv.list()).toHaveLength(4)
  })

  it('tells how quick it was here, once it has run', async () => {
    const [{ speedMs } = { speedMs: null }] = (await cv.list()).filter(({ id }) => id === WAND)
    expect(speedMs).toBeGreaterThan(0)
  })
})
