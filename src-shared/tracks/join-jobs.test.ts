import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Annotation, SkeletonElement, Track } from '../domain/annotation.ts'
import type { AnnotationId, LabelId } from '../domain/ids.ts'
import { acceptedPairs, assign } from './assignment.ts'
import { positionOn } from './interpolate.ts'
import { cutTrack, joinJobs, joinsAcrossJobs } from './join-jobs.ts'
import { chainToTrack, ShapeLinker } from './link-shapes.ts'
import { shapeOn } from './on-frame.ts'
import { shapeSimilarity, trackSimilarity } from './similarity.ts'
import { box, key, keyframeLists, rounded, shape, track } from './testing.ts'

const seen = (one: Annotation | null | undefined, frame: number) =>
  rounded((one && shapeOn(one, frame))?.points)
const tracksOf = (list: readonly Annotation[]) => list.filter((one) => one.kind === 'track')

describe('the cheapest pairing', () => {
  test.each([
    [
      [
        [1, 2],
        [2, 4],
      ],
      [1, 0],
    ],
    [
      [
        [4, 1, 3],
        [2, 0, 5],
        [3, 2, 2],
      ],
      [1, 0, 2],
    ],
    [[[5, 1]], [1]],
    [
      [[5], [1], [3]],
      [-1, 0, -1],
    ],
    [[], []],
  ])('of %j is %j', (costs, expected) => {
    expect(assign(costs)).toEqual(expected)
  })

  test('costs no more than any other', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.nat(9), { minLength: columns, maxLength: columns }), {
          minLength: rows,
          maxLength: rows,
        }),
      )
    fc.assert(
      fc.property(table, (costs) => {
        const chosen = assign(costs)
        const sum = chosen.reduce((total, column, row) => total + (costs[row]?.[column] ?? 0), 0)
        const taken = chosen.filter((column) => column >= 0)
        expect(new Set(taken).size).toBe(taken.length)
        expect(taken.length).toBe(Math.min(costs.length, costs[0]?.length ?? 0))
        expect(sum).toBe(cheapest(costs, 0, new Set(), costs.length - taken.length))
      }),
    )
  })

  test('pairs that cost too much are none', () => {
    expect(
      acceptedPairs(
        [
          [0.2, 0.9],
          [0.9, 0.6],
        ],
        0.5,
      ),
    ).toEqual([[0, 0]])
  })
})

/** By trying everything. @param spare  rows that may stay without a column */
function cheapest(
  costs: readonly (readonly number[])[],
  row: number,
  taken: ReadonlySet<number>,
  spare: number,
): number {
  const own = costs[row]
  if (!own) return 0
  const tries = own.flatMap((cost, column) =>
    taken.has(column) ? [] : [cost + cheapest(costs, row + 1, new Set([...taken, column]), spare)],
  )
  if (spare > 0) tries.push(cheapest(costs, row + 1, taken, spare - 1))
  return Math.min(...tries)
}

test.each([
  ['half over each other', box(0), box(5), 1 / 3],
  ['the same', box(0), box(0), 1],
  ['apart', box(0), box(10), 0],
])('rectangles %s', (_name, a, b, expected) => {
  expect(shapeSimilarity(shape(1, 0, a), shape(2, 0, b))).toBeCloseTo(expected, 9)
})

test('polygons by their area, turned rectangles as if upright, other types only when they are the same', () => {
  const like = (type: Track['type'], points: number[], rotation = 0) => ({
    ...{ ...shape(1, 0, points), type, rotation },
  })
  const triangle = like('polygon', [0, 0, 10, 0, 0, 10])
  expect(shapeSimilarity(triangle, like('polygon', [0, 0, 10, 0, 10, 10, 0, 10]))).toBeCloseTo(
    0.5,
    6,
  )
  expect(shapeSimilarity(triangle, like('polygon', [0, 0, 10, 0, 20, 0]))).toBe(0)
  expect(shapeSimilarity(like('rectangle', box(0), 30), like('rectangle', box(0), 60))).toBe(1)
  expect(shapeSimilarity(like('ellipse', box(0)), like('ellipse', box(1)))).toBe(0)
  expect(shapeSimilarity(like('ellipse', box(0)), like('ellipse', box(0)))).toBe(1)
  expect(shapeSimilarity(shape(1, 0, box(0)), shape(2, 0, box(0), 2))).toBe(0)
})

describe('jobs joined', () => {
  const jobs = (first: Annotation[], second: Annotation[], overlap = 3) => [
    { start: 0, stop: 9, annotations: first },
    { start: 10 - overlap, stop: 19, annotations: second },
  ]

  test('a track both jobs have is one, with the keyframes of both, the earlier one’s where both have one', () => {
    const first = track([key(0, box(0)), key(8, box(80))])
    const second = track([key(7, box(70)), key(8, box(81)), key(15, box(150))], 'rectangle', 2)
    const [joined, ...more] = tracksOf(joinJobs(jobs([first], [second])))
    expect(more).toEqual([])
    expect(joined?.id).toBe(1)
    expect(joined?.keyframes.map(({ frame, points }) => [frame, points[0]])).toEqual([
      [0, 0],
      [7, 70],
      [8, 80],
      [15, 150],
    ])
  })

  test('of several, those go together that are most alike in sum', () => {
    const pair = (x: number, id: number, start: number) =>
      track([key(start, box(x, 100))], 'rectangle', id)
    const joined = tracksOf(
      joinJobs(jobs([pair(0, 1, 0), pair(20, 2, 0)], [pair(15, 3, 7), pair(40, 4, 7)])),
    )
    // 2 and 3 are the most alike, but then nothing is left for 1.
    expect(joined.map(({ id, keyframes }) => [id, keyframes.length])).toEqual([
      [1, 2],
      [2, 2],
    ])
  })

  test('one that goes on in no later job ends where the earlier job ends', () => {
    const lonely = track([key(0, box(0))])
    const ended = track([key(0, box(0)), key(5, box(0), { outside: true })], 'rectangle', 2)
    const [kept, other, fresh] = tracksOf(
      joinJobs(jobs([lonely, ended], [track([key(12, box(500))], 'rectangle', 3)])),
    )
    expect(seen(kept, 9)).toEqual(box(0))
    expect(kept?.keyframes.at(-1)).toMatchObject({ frame: 10, outside: true })
    expect(other).toEqual(ended)
    expect(fresh?.id).toBe(3)
  })

  test('without an overlap every track stops at its job’s end', () => {
    const [first, second] = tracksOf(
      joinJobs(jobs([track([key(0, box(0))])], [track([key(10, box(0))], 'rectangle', 2)], 0)),
    )
    expect([seen(first, 9), seen(first, 10), seen(second, 10)]).toEqual([box(0), undefined, box(0)])
  })

  test('of shapes and tags that both jobs have the earlier job’s stay', () => {
    const tag = (id: number, frame: number, labelId = 1): Annotation => ({
      ...{ kind: 'tag', id: id as AnnotationId, frame, labelId: labelId as LabelId, group: 0 },
      ...{ source: 'manual', attributes: [] },
    })
    const mask = (id: number) => ({ ...shape(id, 8, [0, 4, 0, 0, 1, 1]), type: 'mask' as const })
    const first = [shape(1, 8, box(0)), tag(2, 8), mask(3), shape(4, 2, box(0))]
    const second = [shape(11, 8, box(1)), tag(12, 8), mask(13), shape(14, 8, box(4)), tag(15, 8, 2)]
    expect(joinJobs(jobs(first, second)).map(({ id }) => id)).toEqual([1, 2, 3, 4, 14, 15])
  })

  test('a skeleton’s joints are joined, too', () => {
    const joint = (labelId: number, x: number): SkeletonElement => ({
      ...{ labelId: labelId as LabelId, points: [x, x], occluded: false, outside: false },
      attributes: [],
    })
    const first = track([key(0, [], { elements: [joint(5, 0), joint(6, 50)] })], 'skeleton')
    const second = track(
      [
        key(7, [], { elements: [joint(5, 1), joint(6, 50), joint(7, 30)] }),
        key(15, [], { elements: [joint(5, 90)] }),
      ],
      'skeleton',
      2,
    )
    const [joined, ...more] = tracksOf(joinJobs(jobs([first], [second])))
    expect(more).toEqual([])
    expect(
      joined && shapeOn(joined, 15)?.elements.map(({ labelId, points }) => [labelId, points[0]]),
    ).toEqual([
      [5, 90],
      [6, 50],
      [7, 30],
    ])
  })

  test('a mismatch of being seen counts as nothing in common', () => {
    const a = track([key(0, box(0))])
    const b = track([key(0, box(0)), key(1, box(0), { outside: true })])
    expect(trackSimilarity(a, b, 0, 4)).toBe(0.25)
    expect(trackSimilarity(a, b, 50, 50)).toBe(0)
  })
})

describe('cut for a job', () => {
  const anyRange = fc
    .tuple(fc.nat(33), fc.nat(33))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])

  test('a part is seen in the job where the whole is', () => {
    fc.assert(
      fc.property(keyframeLists, anyRange, (keyframes, [start = 0, stop = 0]) => {
        const whole = track(keyframes)
        const part = cutTrack(whole, start, stop)
        for (let frame = start; frame <= stop; frame += 1)
          expect(seen(part, frame)).toEqual(seen(whole, frame))
        expect(part?.keyframes.every(({ frame }) => frame >= start && frame <= stop) ?? true).toBe(
          true,
        )
        expect(part ? positionOn(part, part.frame)?.outside : false).toBe(false)
      }),
    )
  })

  test('jobs that overlap, joined again, are seen where the whole was', () => {
    fc.assert(
      fc.property(keyframeLists, (keyframes) => {
        // Never outside: a track that is seen in an overlap is found again there.
        const whole = track(keyframes.map((one) => ({ ...one, frame: one.frame, outside: false })))
        const ranges = [
          [0, 14],
          [10, 24],
          [20, 35],
        ] as const
        const jobs = ranges.map(([start, stop], at) => {
          const part = cutTrack(whole, start, stop)
          const id = (at + 1) as AnnotationId
          return { start, stop, annotations: part ? [{ ...part, id }] : [] }
        })
        const [joined, ...more] = joinJobs(jobs)
        expect(more).toEqual([])
        for (let frame = 0; frame <= 35; frame += 1)
          expect(seen(joined, frame)).toEqual(seen(whole, frame))
      }),
    )
  })

  test('of a skeleton every joint is cut on a way of its own', () => {
    const joint = fc.uniqueArray(fc.tuple(fc.nat(30), fc.nat(500), fc.boolean()), {
      ...{ minLength: 1, maxLength: 5, selector: ([frame]) => frame },
    })
    const joints = fc.tuple(joint, joint, joint)
    const seenJoints = (one: Track | null, frame: number) =>
      (one ? positionOn(one, frame)?.elements : undefined)
        ?.filter(({ outside }) => !outside)
        .map(({ labelId, points }) => [labelId, ...(rounded(points) ?? [])])
        .sort() ?? []
    fc.assert(
      fc.property(joints, fc.nat(30), fc.nat(12), (lists, start, length) => {
        const stop = start + length
        const whole = skeletonOf(lists)
        const part = cutTrack(whole, start, stop)
        for (let frame = start; frame <= stop; frame += 1)
          expect(seenJoints(part, frame)).toEqual(seenJoints(whole, frame))
        const frames = part?.keyframes.map(({ frame }) => frame) ?? []
        expect(frames.every((frame) => frame >= start && frame <= stop)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('where it goes on elsewhere its last frame is stated, where it stays it is not', () => {
    const moving = track([key(0, box(0)), key(10, box(100))])
    expect(
      cutTrack(moving, 2, 5)?.keyframes.map(({ frame, points }) => [frame, points[0]]),
    ).toEqual([
      [2, 20],
      [5, 50],
    ])
    expect(cutTrack(moving, 12, 15)?.keyframes.map(({ frame }) => frame)).toEqual([12])
    const gone = track([key(0, box(0)), key(2, box(0), { outside: true })])
    expect(cutTrack(gone, 3, 9)).toBeNull()
  })
})

test('tracks of a task that go on in the next job are found and joined', () => {
  const before = track([key(0, box(0)), key(9, box(0)), key(10, box(0), { outside: true })])
  const after = track([key(7, box(0)), key(10, box(0)), key(15, box(50))], 'rectangle', 2)
  const other = track([key(7, box(500))], 'rectangle', 3)
  const [join, ...more] = joinsAcrossJobs(
    [before, after, other],
    [
      { start: 0, stop: 9 },
      { start: 7, stop: 19 },
    ],
  )
  expect(more).toEqual([])
  expect([join?.earlier.id, join?.later.id]).toEqual([1, 2])
  expect(join?.joined.keyframes.map(({ frame }) => frame)).toEqual([0, 7, 9, 10, 15])
})

/** A skeleton from what each of its joints states: frame, x, and whether it is outside from there on. */
function skeletonOf(lists: readonly (readonly [number, number, boolean][])[]): Track {
  const frames = [...new Set(lists.flatMap((list) => list.map(([frame]) => frame)))]
  const now = new Map<number, boolean>()
  const keyframes = frames
    .sort((a, b) => a - b)
    .map((frame) => {
      const elements = lists.flatMap((list, at) =>
        list
          .filter((one) => one[0] === frame)
          .map(([, x, outside]) => ({
            ...{ labelId: (at + 10) as LabelId, points: [x, at], occluded: false, outside },
            attributes: [],
          })),
      )
      for (const { labelId, outside } of elements) now.set(labelId, outside)
      return key(frame, [], { elements, outside: [...now.values()].every(Boolean) })
    })
  return track(keyframes, 'skeleton')
}

describe('shapes linked from frame to frame', () => {
  const link = (frames: [number, ReturnType<typeof shape>[]][], overlap = 0.3, gap = 0) => {
    const linker = new ShapeLinker({ overlap, gap })
    const closed = frames.flatMap(([frame, shapes]) => linker.add(frame, shapes))
    return [...closed, ...linker.finish()].map((chain) => chain.map(({ id }) => id as number))
  }

  test('two objects that pass each other keep their own', () => {
    const frames = [0, 1, 2].map((at): [number, ReturnType<typeof shape>[]] => [
      at,
      [shape(10 + at, at, box(2 * at)), shape(20 + at, at, box(4 - 2 * at, 30))],
    ])
    expect(link(frames)).toEqual([
      [10, 11, 12],
      [20, 21, 22],
    ])
  })

  test('a label of its own, too little in common, or too long a gap begin another', () => {
    expect(
      link([
        [0, [shape(1, 0, box(0))]],
        [1, [shape(2, 1, box(0), 2)]],
      ]),
    ).toEqual([[1], [2]])
    expect(
      link([
        [0, [shape(1, 0, box(0))]],
        [1, [shape(2, 1, box(9))]],
      ]),
    ).toEqual([[1], [2]])
    expect(
      link([
        [0, [shape(1, 0, box(0))]],
        [2, [shape(2, 2, box(0))]],
      ]),
    ).toEqual([[1], [2]])
    expect(
      link(
        [
          [0, [shape(1, 0, box(0))]],
          [2, [shape(2, 2, box(0))]],
        ],
        0.3,
        1,
      ),
    ).toEqual([[1, 2]])
  })

  test('as a track it leads over the frames that are missing, and ends after its last shape', () => {
    const chain = [shape(1, 0, box(0)), shape(2, 2, box(4))]
    const one = chainToTrack(chain, { lastFrame: 9 })
    expect([1, 2, 3].map((at) => seen(one, at)?.[0])).toEqual([2, 4, undefined])
    expect(chainToTrack(chain.slice(1), { lastFrame: 9 })).toBeNull()
  })
})
