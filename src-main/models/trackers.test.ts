import { afterAll, describe, expect, it } from 'vitest'
import type { RgbPicture, TrackedBox } from '../core/ports.ts'
import { createTrackers } from './trackers.ts'

const MIL = 'opencv/tracker-mil'
const trackers = createTrackers()
afterAll(() => trackers.close())

/** A speckled wall with a striped square whose top left corner is at (x, y). */
function scene(x: number, y: number): RgbPicture {
  const width = 240
  const height = 160
  const rgb = new Uint8Array(width * height * 3)
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const at = 3 * (row * width + column)
      const isObject = column >= x && column < x + 40 && row >= y && row < y + 40
      const wall = 60 + ((column * 7919 + row * 104_729) % 31)
      const stripe =
        (Math.floor((column - x) / 6) + Math.floor((row - y) / 9)) % 2 === 0 ? 230 : 120
      rgb[at] = isObject ? stripe : wall
      rgb[at + 1] = isObject ? 40 : wall
      rgb[at + 2] = isObject ? 255 - stripe : wall
    }
  return { width, height, rgb }
}

function overlap(a: TrackedBox, b: TrackedBox): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]))
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]))
  const area = (box: TrackedBox) => (box[2] - box[0]) * (box[3] - box[1])
  return (width * height) / (area(a) + area(b) - width * height)
}

describe('TrackerMIL', () => {
  it('follows two objects that move', async () => {
    const [one] = await trackers.begin(MIL, scene(30, 40), [[30, 40, 70, 80]])
    if (one === undefined) throw new Error('no state')
    for (let step = 1; step <= 6; step += 1) {
      const x = 30 + 6 * step
      const y = 40 + 2 * step
      const [box] = await trackers.update(scene(x, y), [one])
      if (!box) throw new Error(`lost at step ${step}`)
      expect(overlap(box, [x, y, x + 40, y + 40])).toBeGreaterThan(0.6)
      expect(box[2] - box[0]).toBeCloseTo(40)
    }
  })

  it('says that it has forgotten what it never knew, and what was learnt on a picture of another size', async () => {
    expect(await trackers.update(scene(0, 0), ['mil-none'])).toEqual([undefined])
    const [token] = await trackers.begin(MIL, scene(30, 40), [[30, 40, 70, 80]])
    const other = { width: 120, height: 320, rgb: scene(0, 0).rgb }
    expect(await trackers.update(other, [token ?? ''])).toEqual([undefined])
  })

  it.each([
    ['outside of the picture', [500, 500, 600, 600]],
    ['without area', [10, 10, 10, 10]],
    ['around everything', [-50, -50, 900, 900]],
  ] as [string, TrackedBox][])('outlives a box %s', async (_what, box) => {
    const [token] = await trackers.begin(MIL, scene(30, 40), [box])
    await trackers.update(scene(34, 40), [token ?? ''])
    const [next] = await trackers.begin(MIL, scene(30, 40), [[30, 40, 70, 80]])
    expect(await trackers.update(scene(34, 40), [next ?? ''])).toEqual([expect.any(Array)])
  })

  it('refuses a tracker that nobody has', () => {
    expect(() => trackers.begin('opencv/none', scene(0, 0), [])).toThrow('tracker')
  })
})
