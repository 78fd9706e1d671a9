import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { positionOn } from '#shared/tracks/interpolate.ts'
import { newShape } from '../common/new-shape.ts'
import type { NewTrack } from '../common/new-track.ts'
import { anyShape } from '../testkit/arbitrary.ts'
import { anyTrack } from '../testkit/arbitrary-track.ts'
import {
  census,
  exported,
  type Files,
  imported,
  inputOf,
  type Sample,
  textOf,
  videoOf,
} from '../testkit/sample.ts'
import { mot } from './index.ts'

const video = videoOf(10)
const [dog, size] = video.labels
if (!dog || !size) throw new Error('the sample has three labels')

/** Our labels in place of the file's: what a number means is decided by the list beside it. */
const LABELS = 'größe\nsk\n1'

const read = (
  gt: string,
  more: Record<string, string> = { 'gt/labels.txt': LABELS },
  sample: Sample = video,
) => imported(mot, inputOf({ 'gt/gt.txt': gt, ...more }, 'mot.zip', 13), sample)

const written = async (
  list: Parameters<typeof exported>[1],
  sample: Sample = video,
  deleted: number[] = [],
) =>
  exported(
    mot,
    list,
    true,
    sample.frames.filter(({ index }) => !deleted.includes(index)),
    sample,
  )

const rowsOf = (files: Files) => textOf(files, 'gt/gt.txt').split('\r\n').slice(0, -1)

function moving(first: number, last: number): NewTrack {
  const place = { rotation: 0, occluded: false, zOrder: 0, elements: [], attributes: [] }
  return {
    ...{ kind: 'track', labelId: size?.id, group: 0, source: 'manual', attributes: [] },
    ...{ type: 'rectangle', frame: first },
    keyframes: [
      { ...place, frame: first, outside: false, points: [first, 0, first + 4, 4] },
      { ...place, frame: last, outside: false, occluded: true, points: [last, 0, last + 4, 4] },
      { ...place, frame: last + 1, outside: true, points: [0, 0, 4, 4] },
    ],
  } as NewTrack
}

describe('writing', () => {
  const shape = newShape({
    frame: 1,
    labelId: dog.id,
    type: 'rectangle',
    points: [1.234, 2, 6.73, 8],
    rotation: 30,
    occluded: true,
  })

  test('a row for each box: its number, its track from 1, how much is seen', async () => {
    const files = await written([moving(4, 6), moving(1, 2), shape])
    expect(rowsOf(files)).toEqual([
      '2,1,1.0,0.0,4.0,4.0,1,2,1.0',
      '2,-1,1.23,2.0,5.5,6.0,1,1,0.0',
      '3,1,2.0,0.0,4.0,4.0,1,2,0.0',
      '5,2,4.0,0.0,4.0,4.0,1,2,1.0',
      '6,2,5.0,0.0,4.0,4.0,1,2,1.0',
      '7,2,6.0,0.0,4.0,4.0,1,2,0.0',
    ])
    expect(textOf(files, 'gt/labels.txt')).toBe('dog & "cat" <x>\ngröße\nsk\n1\n2')
    expect([...files.keys()].slice(2, 4)).toEqual([
      'img1/frame_000000.PNG',
      'img1/frame_000001.PNG',
    ])
  })

  test('deleted frames do not count', async () => {
    expect(
      rowsOf(await written([moving(1, 3)], video, [0, 2])).map((row) => row.slice(0, 4)),
    ).toEqual(['1,1,', '2,1,'])
  })

  test('frames called by numbers go by them, unless one is 0', async () => {
    const named = (first: number): Sample => ({
      ...video,
      frames: video.frames.map((frame) => ({ ...frame, name: `00${frame.index + first}.jpg` })),
    })
    const first = async (sample: Sample) =>
      rowsOf(await written([moving(1, 1)], sample))[0]?.slice(0, 2)
    expect(await first(named(7))).toBe('8,')
    expect(await first(named(0))).toBe('2,')
    const back = await imported(mot, inputOf(await written([moving(1, 2)], named(7))), named(7))
    expect(back.annotations).toMatchObject([{ frame: 1 }])
  })
})

describe('importing', () => {
  test('ground truth of a video, as it stands', async () => {
    const url = (name: string) => new URL(`./testdata/${name}`, import.meta.url)
    const [gt, names] = await Promise.all([
      readFile(url('gt.txt'), 'utf8'),
      readFile(url('labels.txt'), 'utf8'),
    ])
    const [label] = video.labels
    const labels = names
      .trim()
      .split('\n')
      .map((name, i) => ({ ...label, id: i + 1, name, attributes: [] }))
    const desk = { ...video, labels: labels as unknown as Sample['labels'] }
    const { annotations, notes, unmatched } = await read(gt, { 'gt/labels.txt': names }, desk)
    expect({ notes, unmatched }).toEqual({ notes: [], unmatched: [] })
    const rows = gt
      .trim()
      .split(/\r?\n/)
      .map((row) => row.split(',').map(Number))
    expect(annotations).toHaveLength(new Set(rows.map(([, track]) => track)).size)
    for (const [frame = 0, track, x = 0, y = 0, w = 0, h = 0, , classId = 0] of rows) {
      const ids = [...new Set(rows.map((row) => row[1]))]
      const one = annotations[ids.indexOf(track)] as NewTrack
      expect(one.labelId).toBe(classId)
      expect(one.keyframes.find((keyframe) => keyframe.frame === frame - 1)?.points).toEqual([
        x,
        y,
        x + w,
        y + h,
      ])
    }
  })

  test('a gap is outside, and what follows the last row', async () => {
    const { annotations } = await read(
      '2,5,1,1,2,2,1,1,1.0\r\n3,5,1,1,2,2,1,1,0\n\n6,5,1,1,2,2,1,1,1\n',
    )
    expect(annotations).toMatchObject([
      {
        ...{ kind: 'track', frame: 1, labelId: size.id, group: 0, source: 'manual' },
        keyframes: [
          { frame: 1, outside: false, occluded: false },
          { frame: 2, outside: false, occluded: true },
          { frame: 3, outside: true },
          { frame: 5, outside: false },
          { frame: 6, outside: true },
        ],
      },
    ])
  })

  test('a track of the last frame stays', async () => {
    const { annotations } = await read('10,5,1,1,2,2,1,1,1.0')
    expect(annotations).toMatchObject([{ keyframes: [{ frame: 9, outside: false }] }])
  })

  test('values the label knows: ignored of the track, visibility of its frames', async () => {
    const attribute = { inputType: 'text', defaultValue: '', values: [] }
    const label = {
      ...size,
      attributes: [
        { ...attribute, id: 1, name: 'visibility', mutable: true },
        { ...attribute, id: 2, name: 'ignored', mutable: false },
      ],
    }
    const sample = { ...video, labels: [label] as unknown as Sample['labels'] }
    const { annotations } = await read(
      '1,5,1,1,2,2,0,1,0.5\n2,5,1,1,2,2,0,1,0.25\n1,-1,1,1,2,2,1,1,1',
      undefined,
      sample,
    )
    expect(annotations).toMatchObject([
      {
        kind: 'shape',
        attributes: [
          { specId: 1, value: '1' },
          { specId: 2, value: 'false' },
        ],
      },
      {
        attributes: [{ specId: 2, value: 'true' }],
        keyframes: [
          { attributes: [{ specId: 1, value: '0.5' }] },
          { attributes: [{ specId: 1, value: '0.25' }] },
          { outside: true },
        ],
      },
    ])
    const rows = rowsOf(await written(annotations, sample))
    expect(rows.sort()).toEqual([
      '1,-1,1.0,1.0,2.0,2.0,1,1,1.0',
      '1,1,1.0,1.0,2.0,2.0,0,1,0.5',
      '2,1,1.0,1.0,2.0,2.0,0,1,0.25',
    ])
  })

  test('frames beyond the task are named, once', async () => {
    const { annotations, unmatched } = await read(
      '1,-1,1,1,2,2,1,1,1\n99,-1,1,1,2,2,1,1,1\n99,1,1,1,2,2,1,1,1',
    )
    expect(annotations).toHaveLength(1)
    expect(unmatched).toEqual(['99'])
  })

  test('pictures in the archive say which frames are meant', async () => {
    const pictures = {
      'img1/frame_000004.PNG': '',
      'img1/frame_000007.PNG': '',
      'gt/labels.txt': LABELS,
    }
    const { annotations } = await read('1,-1,1,1,2,2,1,1,1\n2,-1,1,1,2,2,1,1,1', pictures)
    expect(annotations.map(({ frame }) => frame)).toEqual([4, 7])
  })

  test('fields: seven without a class, ten with a place in the world', async () => {
    const one = { ...video, labels: video.labels.slice(1, 2) }
    const { annotations } = await read('1,-1,1,1,2,2,0.5\n2,3,1,1,2,2,0.5,-1,-1,-1', undefined, one)
    expect(annotations).toMatchObject([
      { kind: 'shape', occluded: false },
      { kind: 'track', keyframes: [{ occluded: false }, {}] },
    ])
    const { notes } = await read('1,-1,1,1,2,2,0.5\n1,-1,1,1,2,2,1,1,1')
    expect(notes).toEqual(['1 boxes without a class were left out'])
    // Nothing but such boxes would only empty the task.
    const reading = read('1,-1,1,1,2,2,0.5\n2,3,1,1,2,2,0.5,-1,-1,-1')
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_MATCHES_NOTHING' })
  })

  test('without labels.txt the classes are those of the challenge', async () => {
    const people = {
      ...video,
      labels: video.labels.map((label) => ({ ...label, name: 'pedestrian' })).slice(1, 2),
    }
    const { annotations, notes } = await read('1,-1,1,1,2,2,1,1,1\n1,-1,1,1,2,2,1,3,1', {}, people)
    expect(annotations).toHaveLength(1)
    expect(notes).toEqual(['1 objects with the unknown label "car" were left out'])
  })

  test.each([
    ['too few fields', '1,2,3', 'gt/gt.txt, line 2: it has 3 fields; 7, 9 or 10 are expected'],
    ['what is no number', '4,5,a,1,2,2,1,1,1', 'line 2: frame 4: x is not a number'],
    ['NaN', '4,5,NaN,1,2,2,1,1,1', 'x is not a number'],
    ['a number no picture has', '4,5,1e308,1,2,2,1,1,1', 'x is not a number'],
    ['a width below 0', '4,5,1,1,-2,2,1,1,1', 'width and height must not be negative'],
    ['half a frame', '4.5,5,1,1,2,2,1,1,1', 'frame must be a whole number'],
    ['half a track', '4,5.5,1,1,2,2,1,1,1', 'track id must be a whole number'],
    ['a frame below 0', '-4,5,1,1,2,2,1,1,1', 'frame must not be negative'],
    ['a line without end', '1'.repeat(30_000), 'longer than any row'],
  ])('refuses %s', async (_name, row, message) => {
    await expect(read(`1,-1,1,1,2,2,1,1,1\n${row}`)).rejects.toThrow(message)
  })

  test('refuses several sequences, and none', async () => {
    await expect(read('', { 'b/gt/gt.txt': '' })).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
    })
    await expect(imported(mot, inputOf({ 'a.txt': '', 'b.txt': '' }))).rejects.toMatchObject({
      code: 'DATASET_NOT_THIS_FORMAT',
    })
  })
})

test('rectangles and their tracks come back, box for box', async () => {
  const upright = (list: NewTrack[]) =>
    list.map((one) => ({
      ...one,
      keyframes: one.keyframes.map((each) => ({ ...each, rotation: 0 })),
    }))
  const lists = fc.tuple(
    fc.array(anyTrack(['rectangle'], 10, []), { maxLength: 4 }).map(upright),
    fc.array(anyShape(['rectangle']), { minLength: 1, maxLength: 4 }),
  )
  await fc.assert(
    fc.asyncProperty(lists, async ([tracks, shapes]) => {
      const back = await imported(mot, inputOf(await written([...tracks, ...shapes])), video)
      expect(back.notes).toEqual([])
      const found = back.annotations.filter((one) => one.kind === 'track')
      const seen = (list: readonly NewTrack[]) =>
        list
          .flatMap((one) =>
            Array.from({ length: 10 }, (_, frame) => {
              const at = positionOn(one as never, frame)
              return at && !at.outside
                ? `${frame} ${one.labelId} ${at.occluded} ${at.points.map((n) => Math.round(n * 20))}`
                : []
            }).flat(),
          )
          .sort()
      // A twentieth of a pixel: the corner is a sum of two rounded numbers.
      expect(seen(found).length).toBe(seen(tracks).length)
      expect(back.annotations.length - found.length).toBe(shapes.length)
    }),
    { numRuns: 60 },
  )
})

test('tells what is lost', () => {
  const losses = mot.losses({ ...census, trackShapes: { rectangle: 3 } })
  expect(losses.map(({ count, what }) => `${count} ${what}`)).toContain(
    '3 boxes of tracks are written on each frame, where every one becomes a keyframe',
  )
  expect(
    losses
      .filter(({ severity }) => severity === 'dropped')
      .reduce((sum, { count }) => sum + count, 0),
  ).toBe(11)
})
