import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import { shapeTypes, type Track } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import {
  census,
  exported,
  imported,
  inputOf,
  inSubsets,
  labels,
  textOf,
  videoOf,
} from '../testkit/sample.ts'
import { encodeBrush } from './brush-rle.ts'
import { labelStudioJson } from './index.ts'

const [dog, size, sk] = labels.map(({ id }) => id) as [LabelId, LabelId, LabelId]
const shape = (type: NewShape['type'], points: number[], more: Partial<NewShape> = {}) =>
  newShape({ frame: 0, labelId: size, type, points, ...more })
const joint = (labelId: number, points: number[], more: object = {}) => ({
  ...{ labelId: labelId as LabelId, points, occluded: false, outside: false, attributes: [] },
  ...more,
})
const tag = (more: object = {}) =>
  ({
    ...{ kind: 'tag', frame: 0, labelId: size, group: 0, source: 'file', attributes: [] },
    ...more,
  }) as NewAnnotation

/** One of each type, on a picture of 20 x 12 pixels. */
const worked = [
  shape('rectangle', [5, 3, 15, 6], { labelId: dog, rotation: 90, source: 'manual' }),
  shape('polygon', [1, 1, 6, 1, 6, 5], { group: 2, occluded: true }),
  shape('polyline', [0, 0, 1, 1]),
  shape('points', [2, 3, 4, 6]),
  shape('ellipse', [10, 6, 14, 3], { score: 0.5, source: 'auto' }),
  shape('mask', [0, 2, 1, 1, 4, 5, 5, 6]),
  shape('cuboid', [10, 5, 10, 9, 14, 5, 14, 9, 16, 3, 16, 7, 12, 3, 12, 7]),
  shape('skeleton', [], {
    labelId: sk,
    elements: [joint(4, [5, 6], { occluded: true }), joint(5, [1, 3], { outside: true })],
  }),
]

describe('writes', () => {
  test('the tasks and the interface a person has checked', async () => {
    const files = await exported(labelStudioJson, [...worked, tag()], true)
    for (const name of ['tasks.json', 'label_config.xml']) {
      const golden = await readFile(new URL(`./testdata/${name}`, import.meta.url), 'utf8')
      expect(textOf(files, name)).toBe(golden)
    }
    expect([...files.keys()].slice(2)).toEqual([
      'images/a b.jpg',
      'images/deep/er/b.png',
      'images/deep/c.jpg',
    ])
  })

  test('subsets, and finds their pictures again', async () => {
    const list = [shape('points', [1, 1]), shape('points', [2, 2], { frame: 2 })]
    const files = await exported(labelStudioJson, list, true, undefined, inSubsets)
    expect([...files.keys()].slice(2)).toEqual([
      'images/train/a b.jpg',
      'images/train/deep/er/b.png',
      'images/val/deep/c.jpg',
    ])
    const { annotations, unmatched } = await imported(labelStudioJson, inputOf(files), inSubsets)
    expect(annotations.map(comparable)).toEqual(list.map(comparable))
    expect(unmatched).toEqual([])
  })
})

test('comes back whole', async () => {
  const annotations = fc.array(fc.oneof(anyShape(shapeTypes), anyTag()), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(annotations, async (list) => {
      const files = await exported(labelStudioJson, list)
      const { annotations: back, notes } = await imported(
        labelStudioJson,
        inputOf(files, 'a.zip', 97),
      )
      expect(notes).toEqual([])
      expect(back.map(comparable).sort()).toEqual(list.map(comparable).sort())
    }),
    { numRuns: 100 },
  )
})

/** Every value said, numbers as near as percent there and back leave them. */
function comparable(annotation: NewAnnotation): string {
  const { attributes, ...rest } = annotation
  const label = labels.find(({ id }) => id === annotation.labelId)
  const values = label?.attributes.map(({ id, defaultValue }) => [
    id,
    attributes.find(({ specId }) => specId === id)?.value ?? defaultValue,
  ])
  const elements =
    annotation.kind === 'shape'
      ? annotation.elements.map(({ attributes: own, labelId, ...joint }) => [
          labelId,
          Object.entries(joint).sort(),
          own.filter(({ value }) => value !== ''),
        ])
      : []
  const whole = Object.entries({ ...rest, values, elements }).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(whole, (_key, value) =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 + 0 : value,
  )
}

describe('videos', () => {
  const video = videoOf(10)
  const place = { rotation: 0, occluded: false, zOrder: 0, attributes: [], elements: [] }
  const moving = {
    ...{ kind: 'track', frame: 1, labelId: size, group: 0, source: 'manual', type: 'rectangle' },
    attributes: [],
    keyframes: [
      { ...place, frame: 1, outside: false, points: [0, 0, 32, 24] },
      { ...place, frame: 3, outside: false, points: [32, 0, 64, 24] },
      { ...place, frame: 6, outside: true, points: [32, 0, 64, 24] },
    ],
  } as unknown as NewAnnotation

  test('tracked boxes are told from frame 1 on, seen until a keyframe says no longer', async () => {
    const files = await exported(labelStudioJson, [moving], false, undefined, video)
    expect([...files.keys()]).toEqual([
      ...['tasks.json', 'label_config.xml', 'videos.json', 'video_config.xml'],
    ])
    const [task] = JSON.parse(textOf(files, 'videos.json'))
    expect(task.data).toEqual({ video: '/data/local-files/?d=desk.mp4' })
    const box = { y: 0, width: 50, height: 50, rotation: 0 }
    expect(task.annotations[0].result).toMatchObject([
      {
        type: 'videorectangle',
        value: {
          framesCount: 10,
          labels: ['größe'],
          sequence: [
            { frame: 2, enabled: true, x: 0, ...box, time: 0.04 },
            { frame: 4, enabled: true, x: 50, ...box },
            { frame: 6, enabled: false, x: 50, ...box },
          ],
        },
      },
    ])
    expect(JSON.parse(textOf(files, 'tasks.json'))).toEqual([])
    const back = await imported(labelStudioJson, inputOf(files), video)
    expect(back.annotations.map((one) => seen(one, 5)?.points)).toEqual([[32, 0, 64, 24]])
    expect(back.annotations.map((one) => seen(one, 6))).toEqual([null])
  })

  test.each([1, 3])(
    'tracks and shapes come back, of every frame or every %sth',
    async (frameStep) => {
      const clip = videoOf(10, { startFrame: 5, frameStep })
      const boxes = fc.array(anyTrack(['rectangle'], 10, [13]), { maxLength: 3 })
      const others = fc.array(
        anyShape(shapeTypes).map((one) => ({ ...one, frame: one.frame * 4 })),
        { maxLength: 4 },
      )
      await fc.assert(
        fc.asyncProperty(boxes, others, async (tracks, shapes) => {
          const list = [...tracks, ...shapes]
          const files = await exported(labelStudioJson, list, false, undefined, clip)
          const { annotations, notes } = await imported(
            labelStudioJson,
            inputOf(files, 'a.zip', 97),
            clip,
          )
          expect(notes).toEqual([])
          const plain = (one: NewAnnotation) => one.kind !== 'track'
          expect(annotations.filter(plain).map(comparable).sort()).toEqual(
            shapes.map(comparable).sort(),
          )
          const back = annotations.filter((one) => one.kind === 'track')
          expect(back.length).toBe(tracks.length)
          for (const [i, track] of tracks.entries()) {
            for (let frame = 0; frame < 10; frame += 1) {
              const [before, after] = [seen(track, frame), seen(back[i], frame)]
              expect([after?.occluded, after?.zOrder]).toEqual([before?.occluded, before?.zOrder])
              for (const [k, n] of before?.points.entries() ?? []) {
                expect(after?.points[k]).toBeCloseTo(n, 6)
              }
            }
          }
        }),
        { numRuns: 40 },
      )
    },
  )

  test('a file of its own, with frames before and beyond this task', async () => {
    const item = { x: 0, y: 0, width: 50, height: 50 }
    const sequence = [
      { frame: 1, enabled: true, ...item },
      { frame: 11, enabled: false, ...item, x: 50 },
      { frame: 90, enabled: true, ...item },
    ]
    const value = { framesCount: 100, sequence, labels: ['größe'] }
    const result = [{ id: 'a', type: 'videorectangle', from_name: 'box', value }]
    const file = JSON.stringify([
      { id: 3, data: { video: '/data/upload/x.mp4' }, annotations: [{ result }] },
    ])
    const clip = videoOf(5, { startFrame: 5, frameStep: 2 })
    const { annotations } = await imported(labelStudioJson, inputOf({ 'x.json': file }), clip)
    const [track] = annotations as [Track]
    expect(track.keyframes.map(({ frame, outside }) => [frame, outside])).toEqual([
      [0, false],
      [2, false],
      [3, true],
    ])
    expect(track.keyframes[0]?.points[0]).toBeCloseTo(16)
    expect(track.keyframes[1]?.points[0]).toBeCloseTo(28.8)
  })
})

function seen(track: NewAnnotation | undefined, frame: number) {
  const position = positionOn(track as Track, frame)
  return position?.outside ? null : position
}

const region = (type: string, value: object, more: object = {}) => ({
  ...{ id: 'a', from_name: 'label', to_name: 'image', type, origin: 'manual' },
  ...{ original_width: 20, original_height: 12, image_rotation: 0, value, ...more },
})
const box = { x: 10, y: 25, width: 50, height: 50, rotation: 0 }
const rectangle = (more: object = {}, name = 'größe') =>
  region('rectanglelabels', { ...box, rectanglelabels: [name] }, more)
const task = (result: unknown[], more: object = {}) => ({
  ...{
    id: 1,
    data: { image: '/data/upload/3/0a1b2c3d-a%20b.jpg' },
    annotations: [{ result }],
    ...more,
  },
})
const read = (value: unknown, more: Record<string, string> = {}) =>
  imported(labelStudioJson, inputOf({ 'project.json': JSON.stringify(value), ...more }))
const whole = shape('rectangle', [2, 3, 12, 9], { source: 'manual' })

describe('reads', () => {
  test.each([
    ['an upload', '/data/upload/3/0a1b2c3d-a%20b.jpg'],
    ['a local file', '/data/local-files/?d=pictures/a%20b.jpg'],
    ['an address', 'https://example.org/some/a%20b.jpg?token=1'],
    ['a bucket', 's3://bucket/a b.jpg'],
    ['a path of Windows', 'C:\\pictures\\a b.jpg'],
  ])('the picture by %s', async (_name, image) => {
    const { annotations } = await read([task([rectangle()], { data: { image } })])
    expect(annotations).toEqual([whole])
  })

  test('JSON_MIN', async () => {
    const { annotations } = await read([
      {
        ...{ image: 's3://b/a b.jpg', id: 1, annotator: 1, annotation_id: 3, lead_time: 2.5 },
        created_at: '2024-01-01T00:00:00Z',
        label: [{ ...box, rectanglelabels: ['größe'], original_width: 20, original_height: 12 }],
        points: [{ x: 50, y: 50, width: 0.4, keypointlabels: ['größe'], original_width: 20 }],
        choice: 'größe',
      },
    ])
    expect(annotations).toEqual([tag(), { ...whole, source: 'file' }, shape('points', [10, 6])])
  })

  test('a file for each task, as cloud storages get them', async () => {
    const file = { id: 8, result: [rectangle()], task: { id: 1, data: { image: 'a b.jpg' } } }
    expect((await read(file)).annotations).toEqual([whole])
  })

  test('old exports; guesses where nobody has annotated; one of several annotations', async () => {
    const old = { ...task([]), annotations: undefined, completions: [{ result: [rectangle()] }] }
    expect((await read([old])).annotations).toEqual([whole])
    const result = [rectangle({ score: 0.75 })]
    const guessed = task([], { annotations: [], predictions: [{ result }] })
    expect((await read([guessed])).annotations).toEqual([{ ...whole, score: 0.75, source: 'auto' }])
    const several = task([], {
      annotations: [
        { was_cancelled: true, result: [rectangle({ id: 'c' })] },
        { result: [] },
        { ground_truth: true, result: [rectangle()] },
      ],
    })
    const { annotations, notes } = await read([several])
    expect(annotations).toEqual([whole])
    expect(notes).toEqual([
      '1 pictures were annotated more than once; the first annotation was taken',
    ])
  })

  test('what is asked of regions by the id they share, whole pictures by choices', async () => {
    const about = (control: string, type: string, value: object, id = 'a') =>
      region(type, value, { id, from_name: control })
    const { annotations, notes } = await read([
      task([
        rectangle({}, 'dog & "cat" <x>'),
        about('color', 'choices', { choices: ['green'] }),
        about('note', 'textarea', { ...box, text: ['two', 'lines'] }),
        about('age', 'number', { number: 3 }),
        about('wings', 'rating', { rating: 5 }),
        about('scene', 'choices', { choices: ['größe', 'ufo'] }, 'b'),
        about('caption', 'textarea', { text: ['a dog'] }, 'c'),
        { type: 'relation', from_id: 'a', to_id: 'b', direction: 'right' },
      ]),
    ])
    expect(annotations).toMatchObject([
      { kind: 'tag', labelId: size },
      {
        labelId: dog,
        attributes: [
          { specId: 12, value: 'green' },
          { specId: 14, value: 'two\nlines' },
          { specId: 13, value: '3' },
        ],
      },
    ])
    expect(notes).toEqual([
      '1 objects with the unknown label "ufo" were left out',
      '1 answers to what was asked of whole pictures, other than choices, were left out',
      '1 relations between regions were left out',
      '1 answers to "wings", which "dog & "cat" <x>" does not have, were left out',
    ])
  })

  test('regions drawn without a label, which stands beside them', async () => {
    const { annotations } = await read([
      task([region('rectangle', box), region('labels', { ...box, labels: ['größe'] })]),
    ])
    expect(annotations).toEqual([whole])
  })

  test('brushes, lines that are open, keypoints of a box', async () => {
    const rle = encodeBrush([0, 2, 1, 1, 4, 5, 5, 6], 20, 12)
    const open = {
      points: [
        [0, 0],
        [50, 50],
      ],
      closed: false,
      polygonlabels: ['größe'],
    }
    const point = { x: 10, y: 50, width: 1, keypointlabels: ['1'] }
    const { annotations } = await read([
      task([
        region('brushlabels', { format: 'rle', rle, brushlabels: ['größe'] }, { id: 'b' }),
        region('polygonlabels', open, { id: 'c' }),
        rectangle({ id: 'd' }, 'sk'),
        region('keypointlabels', point, { id: 'e', parentID: 'd' }),
      ]),
    ])
    expect(annotations).toMatchObject([
      { type: 'mask', points: [0, 2, 1, 1, 4, 5, 5, 6] },
      { type: 'polyline', points: [0, 0, 10, 6] },
      {
        type: 'skeleton',
        elements: [
          { labelId: 4, points: [2, 6], outside: false },
          { labelId: 5, points: [7, 6], outside: true },
        ],
      },
    ])
  })

  test('the interface, for a project that is to be made', async () => {
    const config =
      '<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">' +
      '<Label value="größe" background="#FF00AA"/></RectangleLabels><Choices name="scene" toName="image">' +
      '<Choice value="indoor"/></Choices><Choices name="color" toName="image" perRegion="true">' +
      '<Choice value="red"/><Choice value="green"/></Choices></View>'
    const { described } = await read([task([rectangle()])], { 'label_config.xml': config })
    const attributes = [{ name: 'color', inputType: 'select', values: ['red', 'green'] }]
    expect(described).toMatchObject([
      { name: 'größe', color: '#ff00aa', attributes },
      { name: 'indoor', type: 'tag' },
    ])
  })

  test('percent of the picture as it is here, whatever size it had there', async () => {
    const large = rectangle({ original_width: 2000, original_height: 1200 })
    expect((await read([task([large])])).annotations).toEqual([whole])
  })
})

describe('refuses', () => {
  const bad = (result: unknown) => [task([rectangle(), result])]
  test.each([
    [
      'a place that is none',
      bad(rectangle({ id: 'b', value: { ...box, x: 'a' } })),
      /\.result\[1\]\.value\.x/,
    ],
    [
      'a negative width',
      bad(rectangle({ id: 'b', value: { ...box, width: -1 } })),
      /must not be negative/,
    ],
    ['a result that is none', bad(7), /tasks\[0\]\.annotations\[0\]\.result\[1\]: it must be an/],
    [
      'a brush of another size',
      bad(region('brushlabels', { rle: [0, 0, 0, 9, 57, 27, 0] }, { id: 'b' })),
      /value\.rle: it has 9 samples/,
    ],
    [
      'a brush of bytes that are none',
      bad(region('brushlabels', { rle: [0, 300] }, { id: 'b' })),
      /it must be a list of bytes/,
    ],
    [
      'a polygon of what is no point',
      bad(region('polygonlabels', { points: [[1]] }, { id: 'b' })),
      /points\[0\]: it must be two numbers/,
    ],
  ])('%s', async (_name, value, message) => {
    await expect(read(value)).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('a cut list, telling where', async () => {
    const text = JSON.stringify([task([])])
    const reading = imported(labelStudioJson, inputOf({ 'x.json': text.slice(0, -4) }, 'x.json'))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_INVALID' })
    const wrong = imported(labelStudioJson, inputOf({ 'x.json': `[7 7]` }, 'x.json'))
    await expect(wrong).rejects.toThrow(/line 1, character 4/)
  })

  test('files of other programs', async () => {
    for (const value of [{ images: [] }, [{ a: 1 }], []]) {
      await expect(read(value)).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
    }
  })
})

test('says what it tells otherwise', () => {
  const losses = labelStudioJson.losses({ ...census, shapes: { mask: 3, points: 2 } })
  expect(losses.map(({ severity, count, what }) => `${severity}: ${count} ${what}`)).toEqual([
    'changed: 2 point sets are drawn there as single points, and come back as point sets',
  ])
})
