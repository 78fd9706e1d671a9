import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import { type Keyframe, shapeTypes, type Track } from '#shared/domain/annotation.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { newShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import { exported, imported, inputOf, type Sample, textOf, videoOf } from '../testkit/sample.ts'
import { cvatVideo } from './index.ts'

const format = cvatVideo
const video = videoOf(10)
const [dog, size, skeleton] = video.labels
if (!dog || !size || !skeleton) throw new Error('the sample has three labels')
const [one, two] = skeleton.sublabels
if (!one || !two) throw new Error('the skeleton has two joints')

function keyframe(frame: number, points: number[], rest: Partial<Keyframe> = {}): Keyframe {
  const plain = { rotation: 0, occluded: false, outside: false, zOrder: 0 }
  return { frame, points, ...plain, attributes: [], elements: [], ...rest }
}

function track(
  type: NewTrack['type'],
  keyframes: Keyframe[],
  rest: Partial<NewTrack> = {},
): NewTrack {
  const common = { labelId: size?.id ?? 0, group: 0, source: 'manual' as const, attributes: [] }
  const frame = keyframes[0]?.frame ?? 0
  return { kind: 'track', ...common, type, frame, keyframes, ...rest } as NewTrack
}

const write = (list: readonly NewAnnotation[], sample: Sample = video, deleted: number[] = []) => {
  const listed = sample.frames.filter(({ index }) => !deleted.includes(index))
  return exported(format, list, false, listed, sample)
}

const read = (xml: string, sample: Sample = video) =>
  imported(format, inputOf({ 'x.xml': xml }, 'x.xml', 61), sample)

const readTracks = (inner: string, sample?: Sample) =>
  read(`<annotations>${inner}</annotations>`, sample)

/** The worked example of the format: a box that turns and leaves, a skeleton, a mask. */
const worked: NewAnnotation[] = [
  track(
    'rectangle',
    [
      keyframe(0, [1, 2, 3, 4], { attributes: [{ specId: 13 as never, value: '1' }] }),
      keyframe(2, [1, 2, 3, 4], { rotation: 10 }),
      keyframe(3, [1, 2, 3, 4], { outside: true }),
    ],
    { labelId: dog.id, group: 3, attributes: [{ specId: 12 as never, value: 'green' }] },
  ),
  track(
    'skeleton',
    [
      keyframe(7, [], { elements: [joint(one.id, 1, 2), joint(two.id, 4, 2)] }),
      keyframe(9, [], { elements: [joint(one.id, 3, 2), joint(two.id, 4, 2, true)] }),
    ],
    { labelId: skeleton.id },
  ),
  newShape({
    frame: 8,
    labelId: size.id,
    type: 'mask',
    points: [0, 3, 1, 0, 3, 0],
    source: 'manual',
  }),
  newShape({
    frame: 9,
    labelId: size.id,
    type: 'polygon',
    points: [0, 0, 5, 0, 5, 5.125],
    zOrder: 2,
  }),
]

function joint(labelId: number, x: number, y: number, outside = false) {
  const element = { points: [x, y], occluded: false, outside, attributes: [] }
  return { labelId, ...element } as unknown as Keyframe['elements'][number]
}

test('writes the file a person has checked', async () => {
  const files = await exported(format, worked, true, undefined, video)
  const golden = await readFile(new URL('./testdata/annotations.xml', import.meta.url), 'utf8')
  expect(textOf(files, 'annotations.xml')).toBe(golden)
  expect([...files.keys()].slice(1, 3)).toEqual([
    'images/frame_000000.PNG',
    'images/frame_000001.PNG',
  ])
})

test('and reads it as what it was, shapes among it', async () => {
  const golden = await readFile(new URL('./testdata/annotations.xml', import.meta.url), 'utf8')
  const back = await read(golden)
  expect(back).toMatchObject({ notes: [], unmatched: [] })
  expect(back.annotations.map(({ kind, frame }) => [kind, frame])).toEqual([
    ['track', 0],
    ['track', 7],
    ['shape', 8],
    ['shape', 9],
  ])
  const again = await write(back.annotations)
  expect(textOf(again, 'annotations.xml')).toBe(golden)
})

/** What is seen on a frame, to the hundredths a file keeps. */
function seen(one: NewTrack, frame: number) {
  const at = positionOn(one as Track, frame)
  if (!at || at.outside) return null
  const joints = at.elements.filter(({ outside }) => !outside)
  if (one.type === 'skeleton' && joints.length === 0) return null
  const { points, rotation, occluded, zOrder } = at
  const isSkeleton = one.type === 'skeleton'
  return {
    points: points.map(round),
    rotation: round(rotation),
    zOrder,
    // A skeleton's is that of its joints.
    occluded: isSkeleton ? false : occluded,
    values: at.attributes.map(({ specId, value }) => `${specId} ${value}`).sort(),
    joints: joints
      .map((each) => ({ ...each, points: each.points.map(round) }))
      .sort((a, b) => a.labelId - b.labelId),
  }
}

const round = (x: number): number => Math.round(x * 50) / 50

test('tracks of every type come back: the same keyframes, the same on every frame', async () => {
  const tracks = fc.array(anyTrack(shapeTypes, 10, [13, 41]), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(tracks, async (list) => {
      const files = await write(list)
      const { annotations } = await imported(format, inputOf(files, 'a.zip', 61), video)
      expect(annotations).toHaveLength(list.length)
      for (const [at, before] of list.entries()) {
        const after = annotations[at]
        // A mask that was seen once is a shape, as CVAT has it.
        if (after?.kind !== 'track') {
          expect(before.type).toBe('mask')
          continue
        }
        for (let frame = 0; frame < 10; frame += 1) {
          const [a, b] = [seen(before, frame), seen(after, frame)]
          if (a && b) expect(near(a, b)).toBe(true)
          expect({ ...b, points: [], joints: [], rotation: 0 }).toEqual({
            ...a,
            points: [],
            joints: [],
            rotation: 0,
          })
        }
        if (before.type === 'skeleton') continue
        expect(after.keyframes.map(({ frame, outside }) => [frame, outside])).toEqual(
          before.keyframes.map(({ frame, outside }) => [frame, outside]),
        )
      }
    }),
    { numRuns: 80 },
  )
})

type Seen = NonNullable<ReturnType<typeof seen>>

function near(a: Seen, b: Seen): boolean {
  const list = ({ points, joints }: Seen) => [...points, ...joints.flatMap((each) => each.points)]
  const [x, y] = [list(a), list(b)]
  const turn = Math.abs(((a.rotation - b.rotation + 540) % 360) - 180)
  return (
    x.length === y.length &&
    x.every((n, i) => Math.abs(n - (y[i] ?? 0)) <= 0.0201) &&
    turn <= 0.0201
  )
}

const box = (frame: number, key: number, rest = '', x = frame) =>
  `<box frame="${frame}" keyframe="${key}" xtl="${x}" ytl="2" xbr="${x + 5}" ybr="8" ${rest}/>`

const sizeTrack = (inner: string, rest = '') =>
  `<track id="0" label="größe" source="manual" ${rest}>${inner}</track>`

describe('importing', () => {
  test('takes keyframes only, immutable values from the last, mutable ones where they change', async () => {
    const values = (age: number, note: string) =>
      `<attribute name="age">${age}</attribute><attribute name="note">${note}</attribute><attribute name="ufo">1</attribute>`
    const label = 'dog &amp; &quot;cat&quot; &lt;x>'
    const shape = (frame: number, key: number, age: number, note: string) =>
      box(frame, key).replace('/>', `>${values(age, note)}</box>`)
    const { annotations } = await readTracks(
      `<track label="${label}" group_id="4">${shape(1, 1, 3, 'a')}${shape(2, 0, 3, 'a')}${shape(3, 1, 3, 'b')}${shape(4, 1, 7, 'c')}</track>`,
    )
    expect(annotations).toMatchObject([
      {
        ...{ kind: 'track', frame: 1, group: 4, source: 'file' },
        attributes: [{ specId: 14, value: 'c' }],
        keyframes: [
          { frame: 1, attributes: [{ specId: 13, value: '3' }] },
          { frame: 3, attributes: [] },
          { frame: 4, attributes: [{ specId: 13, value: '7' }] },
        ],
      },
    ])
  })

  test('frames are absolute: of a cut video with a step, what lies between is kept by its neighbours', async () => {
    const cut = videoOf(4, { startFrame: 10, frameStep: 5 })
    const every = Array.from({ length: 31 }, (_, frame) =>
      box(frame, [0, 13, 30].includes(frame) ? 1 : 0),
    )
    const { annotations, notes, unmatched } = await readTracks(sizeTrack(every.join('')), cut)
    // Frames 10, 15, 20, 25 of the video: a box one pixel further on each of its frames.
    expect(annotations).toMatchObject([
      {
        keyframes: [
          { frame: 0, points: [10, 2, 15, 8] },
          { frame: 1, points: [15, 2, 20, 8] },
          { frame: 3, points: [25, 2, 30, 8] },
        ],
      },
    ])
    expect(notes).toEqual([
      '12 shapes lie on frames between those of this task and were passed over',
    ])
    expect(unmatched).toHaveLength(15)
    expect(unmatched[0]).toBe('frame_000000')
  })

  test('unordered keyframes are put in order; of two on one frame the last counts', async () => {
    const inner = box(5, 1) + box(2, 1) + box(5, 1, '', 30)
    const { annotations, notes } = await readTracks(sizeTrack(inner))
    expect(annotations).toMatchObject([
      { frame: 2, keyframes: [{ frame: 2 }, { frame: 5, points: [30, 2, 35, 8] }] },
    ])
    expect(notes).toEqual(['1 keyframes came twice on a frame of their track; the last one counts'])
  })

  test('a track of CVAT seen on one frame stays a track, a mask is a shape', async () => {
    const once = box(3, 1) + box(4, 1, 'outside="1"')
    const mask = '<mask frame="3" keyframe="1" rle="0, 3" left="1" top="0" width="3" height="1"/>'
    const { annotations } = await readTracks(sizeTrack(once) + sizeTrack(mask))
    expect(annotations).toMatchObject([
      { kind: 'track', keyframes: [{ frame: 3 }, { frame: 4, outside: true }] },
      { kind: 'shape', type: 'mask', frame: 3, points: [0, 3, 1, 0, 3, 0] },
    ])
  })

  test('what follows the mark is a shape only if it looks like one', async () => {
    const mark = '<!-- the tracks from here on are plain shapes -->'
    const { annotations } = await readTracks(
      mark +
        sizeTrack(box(3, 1) + box(4, 1, 'outside="1"')) +
        sizeTrack(box(3, 1) + box(4, 0) + box(5, 1)),
    )
    expect(annotations.map(({ kind }) => kind)).toEqual(['shape', 'track'])
  })

  test('old skeletons, a track for each joint', async () => {
    const points = (frame: number, x: number, rest = '') =>
      `<points frame="${frame}" keyframe="1" outside="0" occluded="0" points="${x},2" ${rest}/>`
    const { annotations } = await readTracks(
      `<track label="sk"><skeleton frame="1" keyframe="1" z_order="4"/><skeleton frame="3" keyframe="1" z_order="4"/>
       <track label="1">${points(1, 1)}${points(3, 5)}</track><track label="2">${points(1, 9)}</track></track>`,
    )
    expect(annotations).toMatchObject([
      {
        type: 'skeleton',
        keyframes: [
          { frame: 1, zOrder: 4, elements: [{ points: [1, 2] }, { points: [9, 2] }] },
          { frame: 3, zOrder: 4, elements: [{ points: [5, 2] }] },
        ],
      },
    ])
  })

  test('joints have keyframes of their own; none of them seen is a skeleton that is not seen', async () => {
    const point = (label: number, key: number, outside: number, x: number) =>
      `<points label="${label}" keyframe="${key}" outside="${outside}" occluded="0" points="${x},0"/>`
    const { annotations } = await readTracks(
      `<track label="sk"><skeleton frame="0" keyframe="1">${point(1, 1, 0, 0)}${point(2, 1, 1, 0)}</skeleton>
       <skeleton frame="1" keyframe="0">${point(1, 0, 0, 1)}</skeleton>
       <skeleton frame="2" keyframe="1">${point(1, 1, 1, 2)}</skeleton></track>`,
    )
    expect(annotations).toMatchObject([
      {
        keyframes: [
          { frame: 0, outside: false, elements: [{ labelId: 4 }, { labelId: 5, outside: true }] },
          { frame: 2, outside: true, elements: [{ labelId: 4, outside: true }] },
        ],
      },
    ])
  })

  test('of a skeleton that is not seen, only the joints that the file states are written again', async () => {
    const point = (label: number, outside: number) =>
      `<points label="${label}" keyframe="1" outside="${outside}" occluded="0" points="${label},0"/>`
    const { annotations } = await readTracks(
      `<track label="sk"><skeleton frame="0" keyframe="1">${point(1, 0)}${point(2, 0)}</skeleton>
       <skeleton frame="2" keyframe="1">${point(1, 1)}${point(2, 1)}</skeleton>
       <skeleton frame="4" keyframe="1">${point(1, 1)}</skeleton>
       <skeleton frame="9" keyframe="1">${point(2, 0)}</skeleton></track>`,
    )
    const xml = textOf(await write(annotations), 'annotations.xml')
    const written = [...xml.matchAll(/<skeleton frame="(\d)"[\s\S]*?<\/skeleton>/g)].map(
      ([text, frame]) =>
        `${frame}: ${[...text.matchAll(/<points label="(\d)"/g)].map(([, one]) => one)}`,
    )
    expect(written).toEqual(['0: 1,2', '1: 1,2', '2: 1,2', '4: 1', '9: 2'])
  })

  test('tracks beyond the task are named and left out, unknown labels counted', async () => {
    const { annotations, notes, unmatched } = await readTracks(
      sizeTrack(box(3, 1)) +
        sizeTrack(box(40, 1) + box(41, 1)) +
        sizeTrack(box(3, 1)).replace('größe', 'ufo'),
    )
    expect(annotations).toHaveLength(1)
    expect(unmatched).toEqual(['frame_000040', 'frame_000041'])
    expect(notes).toEqual([
      '1 tracks without a keyframe on a frame of this task were left out',
      '1 objects with the unknown label "ufo" were left out',
    ])
  })

  test.each([
    [
      'a number that is none',
      box(3, 1).replace('ytl="2"', 'ytl="NaN"'),
      'line 2: <box>: frame 3 of the track "größe": ytl="NaN" is not a number',
    ],
    [
      'a coordinate beyond all pictures',
      box(3, 1).replace('ytl="2"', 'ytl="1e308"'),
      'ytl="1e308" is not a number',
    ],
    [
      'no frame',
      box(3, 1).replace('frame="3"', ''),
      'the track "größe": its attribute frame is missing',
    ],
    ['a frame below 0', box(3, 1).replace('frame="3"', 'frame="-3"'), 'frame must not be negative'],
    [
      'a layer that is no whole number',
      box(3, 1, 'z_order="1e99"'),
      'z_order must be a whole number',
    ],
    [
      'a keyframe that is neither',
      box(3, 1).replace('keyframe="1"', 'keyframe="2"'),
      'keyframe must be 0 or 1',
    ],
    [
      'two types in one track',
      `${box(3, 1)}<points frame="4" keyframe="1" points="1,2"/>`,
      'it began as a <box>',
    ],
    [
      'wrong numbers between keyframes, too',
      box(3, 1) + box(4, 0).replace('ytl="2"', 'ytl=""'),
      'ytl="" is not a number',
    ],
  ])('refuses %s', async (_name, inner, message) => {
    await expect(readTracks(`\n${sizeTrack(inner)}`)).rejects.toThrow(message)
  })

  test('refuses a track without a label', async () => {
    await expect(readTracks(`<track>${box(3, 1)}</track>`)).rejects.toThrow(
      '<track>: its attribute label is missing',
    )
  })

  test('refuses a file of other frames', async () => {
    await expect(readTracks(sizeTrack(box(40, 1)))).rejects.toMatchObject({
      code: 'DATASET_MATCHES_NOTHING',
    })
  })
})

describe('writing', () => {
  const moving = track('rectangle', [
    keyframe(0, [0, 0, 4, 4]),
    keyframe(4, [8, 0, 12, 4]),
    keyframe(8, [0, 0, 4, 4], { outside: true }),
  ])

  test('a track that is seen on deleted frames only is not written: CVAT reads none without shapes', async () => {
    const gone = track('rectangle', [
      keyframe(3, [1, 2, 3, 4]),
      keyframe(4, [1, 2, 3, 4], { outside: true }),
    ])
    const kept = track('rectangle', [keyframe(8, [1, 2, 3, 4])])
    const atEnd = track('rectangle', [keyframe(9, [1, 2, 3, 4])])
    const xml = textOf(await write([gone, kept, atEnd], video, [3, 4, 9]), 'annotations.xml')
    expect(xml.match(/<track|<box frame="\d"/g)).toEqual(['<track', '<box frame="8"'])
    expect(xml).toContain('<track id="0"')
  })

  test('keyframes on deleted frames are made good by their neighbours', async () => {
    const files = await write([moving], video, [4, 8])
    const { annotations } = await imported(format, inputOf(files), video)
    const [back] = annotations as [NewTrack]
    expect(back.keyframes.map(({ frame }) => frame)).toEqual([0, 3, 5, 7, 9])
    for (const frame of [0, 1, 2, 3, 5, 6, 7, 9]) {
      expect(seen(back, frame)).toEqual(
        seen(frame === 9 ? { ...moving, keyframes: [] } : moving, frame),
      )
    }
  })

  test('a plain shape is closed on the next frame there is, at the end of the task not at all', async () => {
    const shape = (frame: number) =>
      newShape({ frame, labelId: size.id, type: 'rectangle', points: [0, 0, 1, 1] })
    const text = textOf(await write([shape(2), shape(9)], video, [3]), 'annotations.xml')
    expect(text.match(/frame="\d+" keyframe="1" outside="\d"/g)).toEqual([
      'frame="2" keyframe="1" outside="0"',
      'frame="4" keyframe="1" outside="1"',
      'frame="9" keyframe="1" outside="0"',
    ])
  })

  test('plain shapes of every type come back as shapes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyShape(shapeTypes), { maxLength: 6 }), async (list) => {
        const back = await imported(format, inputOf(await write(list), 'a.zip', 61), video)
        const order = (a: { frame: number; zOrder: number }, b: typeof a) =>
          a.frame - b.frame || a.zOrder - b.zOrder
        expect(back.annotations).toEqual([...list].sort(order))
      }),
      { numRuns: 40 },
    )
  })
})

/**
 * A file as CVAT writes it, made from keyframes alone: what we write between them must be what CVAT wrote, to 0.01. The
 * boxes were worked out by hand, exactly half a turn among them, which goes clockwise.
 */
test('the same file comes out again, boxes between keyframes to a hundredth', async () => {
  const between = (frame: number, key: number, [x, y, turn]: [number, number, number]) =>
    `    <box frame="${frame}" keyframe="${key}" outside="0" occluded="0" xtl="${x.toFixed(2)}" ytl="${y.toFixed(2)}" ` +
    `xbr="${(x + 10).toFixed(2)}" ybr="${(y + 6).toFixed(2)}"${turn === 0 ? '' : ` rotation="${turn.toFixed(2)}"`} z_order="0">\n    </box>\n`
  const rows: [number, number, [number, number, number]][] = [
    [0, 1, [1, 2, 350]],
    [1, 0, [2, 2, 355]],
    [2, 0, [3, 2, 0]],
    [3, 0, [4, 2, 5]],
    [4, 1, [5, 2, 10]],
    [5, 0, [5.33, 2.11, 70]],
    [6, 0, [5.67, 2.22, 130]],
    [7, 1, [6, 2.33, 190]],
    [8, 0, [6, 2.33, 190]],
    [9, 0, [6, 2.33, 190]],
  ]
  const body = rows.map((row) => between(...row)).join('')
  const xml = `<track id="0" label="größe" source="manual">\n${body}  </track>\n`
  const { annotations } = await readTracks(xml)
  expect(annotations[0]).toMatchObject({ keyframes: [{ frame: 0 }, { frame: 4 }, { frame: 7 }] })
  const text = textOf(await write(annotations), 'annotations.xml')
  expect(text.slice(text.indexOf('<track'), text.indexOf('</annotations>'))).toBe(xml)
})
