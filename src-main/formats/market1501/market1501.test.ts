import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DatasetFrame } from '#main/core/ports.ts'
import type { AttributeValue, Tag } from '#shared/domain/annotation.ts'
import { labelSchema } from '#shared/domain/label.ts'
import { newTag } from '../common/new-tag.ts'
import {
  census,
  exported,
  frames,
  imported,
  inputOf,
  inSubsets,
  type Sample,
  textOf,
} from '../testkit/sample.ts'
import { market1501 } from './index.ts'
import { parsePersonName } from './names.ts'

const NAMES = ['query', 'person_id', 'camera_id', 'track_id', 'frame_id', 'bbox_id'] as const
const TYPES = ['checkbox', 'text', 'number', 'number', 'number', 'number']
const withNumber = (personType: string, count = 3): Sample => ({
  ...inSubsets,
  frames,
  labels: [
    labelSchema.parse({
      ...{ id: 1, name: 'market-1501', color: '#ff00aa', type: 'tag', svg: null, sublabels: [] },
      attributes: NAMES.slice(0, count).map((name, i) => ({
        ...{ id: i + 1, name, mutable: false, values: [] },
        inputType: name === 'person_id' ? personType : TYPES[i],
        defaultValue: name === 'query' ? 'false' : '',
      })),
    }),
  ],
})
const market = withNumber('text')
const label = market.labels[0] as (typeof market.labels)[0]

function person(frame: number, values: Record<string, string>): ReturnType<typeof newTag> {
  const attributes = Object.entries(values).map(([name, value]): AttributeValue => {
    const specId = (NAMES.indexOf(name as (typeof NAMES)[0]) + 1) as AttributeValue['specId']
    return { specId, value }
  })
  return newTag({ frame, labelId: label.id, attributes })
}
const named = (names: readonly string[]): DatasetFrame[] =>
  names.map((name, index) => ({ ...(frames[0] as DatasetFrame), name, fileName: name, index }))

test('writes the names CVAT writes, counting what the tag does not say', async () => {
  const tags = [
    person(0, { query: 'false', person_id: '0001', camera_id: '2' }),
    person(1, { query: 'true', person_id: '0001', camera_id: '2' }),
  ]
  const files = await exported(market1501, tags, true, undefined, market)
  expect(textOf(files, 'images_default.txt')).toBe(
    'bounding_box_default/0001_c3s1_000000_00.jpg\nquery/deep/er/0001_c3s1_000001_00.png\n' +
      'bounding_box_default/deep/c.jpg\n',
  )
  expect(textOf(files, 'query/deep/er/0001_c3s1_000001_00.png')).toBe('picture deep/er/b.png')
  const back = await imported(market1501, inputOf(files), market)
  expect(back.annotations).toEqual(tags)
  expect(back.unmatched).toEqual([])
})

test('a number for a person gets zeros in front, names that say it already stay', async () => {
  const sample = withNumber('number', 6)
  const list = named(['x.jpg', '-1_c2s3_000451_03.jpg', '0007_c2s1_000002_00_again.jpg'])
  const tags = [
    person(0, { query: 'true', person_id: '12', camera_id: '0', track_id: '4', frame_id: '77' }),
    person(1, { person_id: '-1', camera_id: '1' }),
    person(2, { person_id: '7', camera_id: '0' }),
  ]
  const files = await exported(market1501, tags, false, undefined, { ...sample, frames: list })
  expect(textOf(files, 'images_default.txt').split('\n')).toEqual([
    'query/0012_c1s4_000077_00.jpg',
    'bounding_box_default/-1_c2s3_000451_03.jpg',
    'bounding_box_default/0007_c1s1_000000_00.jpg',
    '',
  ])
})

test('reads the original data from the names of its pictures', async () => {
  const files = {
    'Market/bounding_box_train/-1_c3s1_000551_00.jpg': 'x',
    'Market/query/0002_c1s2_000776_01.JPG': 'x',
    'Market/gt_bbox/0003_c1s2_000776_01.jpg': 'x',
    'Market/readme.txt': 'x',
  }
  const list = named(['-1_c3s1_000551_00.jpg', 'query/0002_c1s2_000776_01.jpg'])
  const sample = { ...withNumber('text', 6), frames: list }
  const { annotations, described } = await imported(market1501, inputOf(files), sample)
  expect(annotations).toEqual([
    person(0, {
      ...{ query: 'false', person_id: '-1', camera_id: '2' },
      ...{ track_id: '1', frame_id: '551', bbox_id: '0' },
    }),
    person(1, {
      ...{ query: 'true', person_id: '0002', camera_id: '0' },
      ...{ track_id: '2', frame_id: '776', bbox_id: '1' },
    }),
  ])
  expect(described).toMatchObject([{ name: 'market-1501', type: 'tag' }])
})

test('a name behind the numbers is what the picture was called', async () => {
  const list = 'query/deep/0002_c1s2_000776_01c.jpg\r\nbounding_box_x/deep\\er/b.png\r\n'
  const { annotations, unmatched } = await imported(
    market1501,
    inputOf({ 'images_x.txt': list }),
    market,
  )
  expect(annotations).toMatchObject([{ kind: 'tag', frame: 2 }])
  expect(unmatched).toEqual([])
})

test('lists by subset; every tag comes back', async () => {
  const tag = fc.record({
    person_id: fc.stringMatching(/^-?\d{1,5}$/),
    camera_id: fc.nat(5).map(String),
    query: fc.boolean().map(String),
  })
  const sample: Sample = { ...market, frames: inSubsets.frames }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(tag), { minLength: 3, maxLength: 3 }), async (list) => {
      const tags = list.flatMap((values, frame) => (values === null ? [] : [person(frame, values)]))
      const files = await exported(market1501, tags, false, undefined, sample)
      expect(files.has('images_train.txt') && files.has('images_val.txt')).toBe(true)
      const back = await imported(market1501, inputOf(files), sample)
      const byId = (one: (typeof back.annotations)[0]) => ({
        ...one,
        attributes: [...one.attributes].sort((a, b) => a.specId - b.specId),
      })
      expect(back.annotations.map(byId)).toEqual(tags.map(byId))
    }),
  )
})

test.each([
  ['0001_c3s1_000451_02', { person: '0001', camera: 2, track: 1, frame: 451, box: 2, rest: '' }],
  ['-1_c1s10_0_0 x.y', { person: '-1', camera: 0, track: 10, frame: 0, box: 0, rest: ' x.y' }],
  ['0001_c3_000451_02', null],
  ['x0001_c3s1_000451_02', null],
])('the name %s', (name, said) => expect(parsePersonName(name)).toEqual(said))

describe('says', () => {
  test('what it loses', () => {
    const lost = market1501.losses(census).map(({ severity, count }) => `${severity} ${count}`)
    expect(lost).toContain('dropped 5')
    const tags = [person(0, { person_id: 'bob' }), person(0, { person_id: '1' })].map(
      (tag, id) => ({ ...tag, id }) as Tag,
    )
    const count = (list: Tag[]) => market1501.frameLosses?.(list, market.labels)[0]?.count ?? 0
    expect([count(tags), count(tags.slice(1)), count(tags.slice(0, 1))]).toEqual([2, 0, 1])
  })

  test('that an archive is none of this format', async () => {
    const reading = imported(market1501, inputOf({ 'images/a.jpg': 'x' }))
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})
