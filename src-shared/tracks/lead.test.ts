import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Track } from '../domain/annotation.ts'
import type { AttributeId } from '../domain/ids.ts'
import { type LedPath, ledTrack } from './lead.ts'
import { shapeOn } from './on-frame.ts'
import { box, key, keyframeLists, shape, track } from './testing.ts'

const every = { keyframeEvery: 1, lastFrame: 40 }
const at = (frame: number, x = 10 * frame) => ({ frame, points: box(x), rotation: 0 })
const led = (found: number[], lostOn: number | null = null): LedPath => ({
  found: found.map((frame) => at(frame)),
  lostOn,
})
/** Frame and x of each keyframe; `!` where it is outside. */
const told = (one: Track | null) =>
  one?.keyframes.map(({ frame, points, outside }) => `${frame}:${points[0]}${outside ? '!' : ''}`)

describe('a shape that was led', () => {
  const seen = shape(7, 5, box(50))
  it.each([
    ['forward', led([6, 7, 8]), ['5:50', '6:60', '7:70', '8:80', '9:80!']],
    ['backward', led([4, 3, 2]), ['2:20', '3:30', '4:40', '5:50', '6:50!']],
    ['forward and lost', led([6, 7], 8), ['5:50', '6:60', '7:70', '8:70!']],
    ['backward and lost', led([4], 3), ['4:40', '5:50', '6:50!']],
    ['to the last frame of the task', led([6, 40]), ['5:50', '6:60', '40:400']],
    ['over deleted frames', led([6, 9], 12), ['5:50', '6:60', '9:90', '10:90!']],
  ])('%s becomes a track', (_how, path, expected) => {
    const after = ledTrack(seen, seen, path, every)
    expect(told(after)).toEqual(expected)
    expect(after).toMatchObject({ kind: 'track', id: 7, type: 'rectangle' })
  })

  it('stays as it is when nothing was found', () => {
    expect(ledTrack(seen, seen, led([], 6), every)).toBeNull()
  })
})

describe('a track that was led', () => {
  const one = track([key(0, box(0)), key(10, box(500)), key(20, box(900))])
  const seen = shapeOn(one, 5) ?? shape(1, 5, box(0))
  const middle = `5:${seen.points[0]}`

  it.each([
    ['forward', led([6, 7]), ['0:0', middle, '6:60', '7:70', '10:500', '20:900']],
    ['over a keyframe', led([6, 10, 11]), ['0:0', middle, '6:60', '10:100', '11:110', '20:900']],
    ['and lost', led([6], 7), ['0:0', middle, '6:60', '7:60!', '10:500', '20:900']],
    [
      'and lost where a person said where it is',
      led([6, 9], 10),
      ['0:0', middle, '6:60', '9:90', '10:500', '20:900'],
    ],
    ['backward', led([4, 3]), ['0:0', '3:30', '4:40', middle, '10:500', '20:900']],
    [
      'backward and lost',
      led([4, 3], 2),
      ['0:0', '2:30!', '3:30', '4:40', middle, '10:500', '20:900'],
    ],
    [
      'backward and lost on its first keyframe',
      led([4, 1], 0),
      ['0:0', '1:10', '4:40', middle, '10:500', '20:900'],
    ],
  ])('%s', (_how, path, expected) => {
    expect(told(ledTrack(one, seen, path, every))).toEqual(expected)
  })

  it('states a position every so many frames, and the last', () => {
    const path = led([6, 7, 8, 9, 11])
    expect(told(ledTrack(one, seen, path, { ...every, keyframeEvery: 2 }))).toEqual([
      ...['0:0', middle, '7:70', '9:90', '10:500', '11:110', '20:900'],
    ])
  })

  it('keeps what was said of the object on the way, and from its beginning', () => {
    const colour = { specId: 1 as AttributeId, value: 'red' }
    const said = track([
      key(3, box(0), { attributes: [colour] }),
      key(6, box(9), { attributes: [colour] }),
    ])
    const from = shapeOn(said, 3)
    if (!from) throw new Error('not seen')
    const forward = ledTrack(said, from, led([4, 5, 6, 7]), { ...every, keyframeEvery: 9 })
    expect(forward?.keyframes.find(({ frame }) => frame === 6)).toMatchObject({
      points: box(60),
      attributes: [colour],
    })
    const backward = ledTrack(said, from, led([2, 1]), every)
    expect(backward?.keyframes[0]).toMatchObject({ frame: 1, attributes: [colour] })
    expect(backward?.frame).toBe(1)
  })

  it('is where it was found, on every frame, and where it was on every other it states', () => {
    fc.assert(
      fc.property(
        keyframeLists,
        fc.nat(30),
        fc.nat(8),
        fc.boolean(),
        (keyframes, from, steps, isForward) => {
          const before = track(keyframes)
          const start = shapeOn(before, from)
          if (!start) return
          const frames = Array.from({ length: steps }, (_, i) =>
            isForward ? from + i + 1 : from - i - 1,
          )
          const path = led(frames.filter((frame) => frame >= 0))
          const after = ledTrack(before, start, path, every)
          if (!after) {
            expect(path.found).toEqual([])
            return
          }
          for (const { frame, points } of path.found)
            expect(shapeOn(after, frame)?.points).toEqual(points)
          for (const { frame } of keyframes.filter((one) => !frames.includes(one.frame)))
            expect(shapeOn(after, frame)).toEqual(shapeOn(before, frame))
          const order = after.keyframes.map(({ frame }) => frame)
          expect(order).toEqual([...new Set(order)].sort((a, b) => a - b))
        },
      ),
    )
  })
})
