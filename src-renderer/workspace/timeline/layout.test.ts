import { describe, expect, test } from 'vitest'
import {
  HEAD_PX,
  type HitScene,
  hitAt,
  LANE_PX,
  layoutOf,
  revealed,
  rowsInSight,
  scrollRoom,
} from './layout.ts'
import { lane } from './testing.ts'

const shown = { width: 1000, height: 300, hasClock: true, hasSummary: true, thumbs: 46 }
const layout = layoutOf(shown)
const rows = [lane(7, 10, 20, '30o'), lane(8, 0), lane(9, '2o', 5)]
const scene: HitScene = { layout, view: { first: 0, perFrame: 10 }, rows, scroll: 0, lastFrame: 59 }
const at = (time: number, row: number, scene_ = scene) =>
  hitAt(
    scene_,
    HEAD_PX + (time - scene_.view.first) * scene_.view.perFrame,
    layout.lanes.top + row * LANE_PX + 11 - scene_.scroll,
  )

test('the bands fill the height without a gap', () => {
  const bands = [layout.thumbs, layout.ruler, layout.summary, layout.lanes, layout.overview]
  bands.reduce((top, band) => {
    expect(band.top).toBe(top)
    return band.top + band.height
  }, 0)
  expect(layout.overview.top + layout.overview.height).toBe(300)
})

test('without room for lanes there are none, and nothing is negative', () => {
  expect(layoutOf({ ...shown, height: 60 }).lanes.height).toBe(0)
})

describe('what is under the pointer', () => {
  test.each<[string, number, number, object]>([
    ['a keyframe', 20.5, 0, { on: 'keyframe', frame: 20, id: 7, row: 0 }],
    ['near a keyframe', 20.9, 0, { on: 'keyframe', frame: 20 }],
    ['the bar', 15, 0, { on: 'lane', id: 7 }],
    ['its start', 10, 0, { on: 'edge', edge: 'start' }],
    ['its end', 30, 0, { on: 'edge', edge: 'end' }],
    ['the keyframe that ends it', 30.6, 0, { on: 'keyframe', frame: 30 }],
    ['the end of one that stays', 60, 1, { on: 'edge', edge: 'end', id: 8 }],
    ['where one that begins unseen is seen', 5, 2, { on: 'edge', edge: 'start', id: 9 }],
    ['beside the tracks', 15, 5, { on: 'nothing' }],
  ])('%s', (_what, time, row, hit) => {
    expect(at(time, row)).toMatchObject(hit)
  })

  test.each<[string, number, number, string]>([
    ['a head', 20, layout.lanes.top + 5, 'head'],
    ['the ruler', 400, layout.ruler.top + 5, 'ruler'],
    ['the small pictures', 400, 5, 'ruler'],
    ['beside the ruler', 20, layout.ruler.top + 5, 'corner'],
    ['the summary', 400, layout.summary.top + 5, 'summary'],
    ['the overview', 400, layout.overview.top + 5, 'overview'],
    ['the scrollbar', 995, layout.lanes.top + 5, 'scrollbar'],
  ])('%s', (_what, x, y, on) => {
    expect(hitAt(scene, x, y).on).toBe(on)
  })

  test('zoomed out, a keyframe is still to be taken hold of', () => {
    const far = { ...scene, view: { first: 0, perFrame: 0.5 } }
    expect(at(20.5, 0, far)).toMatchObject({ on: 'keyframe', frame: 20 })
  })

  test('scrolled, the rows are others', () => {
    expect(at(15, 1, { ...scene, scroll: 10 })).toMatchObject({ row: 1, id: 8 })
  })
})

test('of thousands of rows only those in sight are looked at', () => {
  const [first, end] = rowsInSight(layout, 1000 * LANE_PX + 3, 5000)
  expect(first).toBe(1000)
  expect(end - first).toBeLessThanOrEqual(Math.ceil(layout.lanes.height / LANE_PX) + 1)
  expect(rowsInSight(layout, 0, 2)).toEqual([0, 2])
})

test('a row comes into sight by the shortest way', () => {
  expect(revealed(3, layout, 0)).toBe(0)
  expect(revealed(3, layout, 500)).toBe(3 * LANE_PX)
  expect(revealed(100, layout, 0)).toBe(101 * LANE_PX - layout.lanes.height)
  expect(scrollRoom(layout, 2)).toBe(0)
})
