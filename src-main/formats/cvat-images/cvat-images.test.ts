import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapeTypes } from '#shared/domain/annotation.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { anyShape, anyTag, inFileOrder } from '../testkit/arbitrary.ts'
import { census, exported, imported, inputOf, labels, textOf } from '../testkit/sample.ts'
import { cvatImages } from './index.ts'

const format = cvatImages
const [dog, , skeleton] = labels
if (dog === undefined || skeleton === undefined) throw new Error('the sample has three labels')
const [one, two] = skeleton.sublabels

/** A worked example on our sample's labels. */
const worked = [
  newShape({
    frame: 0,
    labelId: dog.id,
    type: 'rectangle',
    points: [1, 2, 3.456, 5],
    rotation: 30.5,
    occluded: true,
    zOrder: 1,
    group: 2,
    source: 'manual',
    attributes: dog.attributes.slice(3).map(({ id }) => ({ specId: id, value: 'v "q" <&>' })),
  }),
  newShape({
    frame: 0,
    labelId: dog.id,
    type: 'mask',
    points: [0, 3, 2, 4, 1, 2, 3, 4],
    source: 'auto',
  }),
  newShape({ frame: 0, labelId: dog.id, type: 'ellipse', points: [5, 6, 8, 2], source: 'manual' }),
  newShape({ frame: 0, labelId: dog.id, type: 'points', points: [1, 2, 3.125, 4.375] }),
  newShape({
    frame: 1,
    labelId: skeleton.id,
    type: 'skeleton',
    points: [],
    elements: [one, two].flatMap((label, i) =>
      label === undefined
        ? []
        : [
            {
              labelId: label.id,
              points: [1, 2],
              occluded: i === 0,
              outside: i === 0,
              attributes: [],
            },
          ],
    ),
  }),
  {
    kind: 'tag' as const,
    frame: 1,
    labelId: dog.id,
    group: 4,
    source: 'manual' as const,
    attributes: [],
  },
]

test('writes the file a person has checked', async () => {
  const files = await exported(format, worked, true)
  const golden = await readFile(new URL('./testdata/annotations.xml', import.meta.url), 'utf8')
  expect(textOf(files, 'annotations.xml')).toBe(golden)
  expect([...files.keys()].slice(1)).toEqual([
    'images/a b.jpg',
    'images/deep/er/b.png',
    'images/deep/c.jpg',
  ])
})

test('what is written comes back, all shape types and tags', async () => {
  const annotations = fc.array(fc.oneof(anyShape(shapeTypes), anyTag()), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(annotations, async (list) => {
      const back = await imported(format, inputOf(await exported(format, list), 'a.zip', 61))
      expect(back.annotations).toEqual(inFileOrder(list))
      expect(back.unmatched).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test.each<[string, Partial<NewShape>, Partial<NewShape>]>([
  ['a rotation of several turns', { rotation: 1e9 + 30 }, { rotation: (1e9 + 30) % 360 }],
  ['a rotation the other way round', { rotation: -90 }, { rotation: 270 }],
  ['layers and groups of any number', { zOrder: -(2 ** 53) + 1, group: 2 ** 53 - 1 }, {}],
  [
    'an ellipse told from its left and lower side',
    { type: 'ellipse', points: [5, 6, 2, 9] },
    { points: [5, 6, 8, 3] },
  ],
])('%s is in a file that can be read again', async (_name, given, expected) => {
  const shape = newShape({
    frame: 0,
    labelId: dog.id,
    type: 'rectangle',
    points: [1, 2, 3, 4],
    ...given,
  })
  const { annotations } = await imported(format, inputOf(await exported(format, [shape])))
  expect(annotations).toMatchObject([{ ...shape, attributes: expect.anything(), ...expected }])
})

const image = (inside: string, name = 'a b.jpg') =>
  `<annotations>\n<image id="0" name="${name}" width="20" height="12">\n${inside}\n</image></annotations>`
const box = '<box label="größe" xtl="1" ytl="2" xbr="3" ybr="4"'

describe('reads', () => {
  test('what other writers leave out, and unknown elements', async () => {
    const xml = image(`${box}/><circle label="x"/>`)
    const { annotations } = await imported(format, inputOf({ 'x.xml': xml }, 'x.xml'))
    expect(annotations).toEqual([
      newShape({ frame: 0, labelId: 2 as never, type: 'rectangle', points: [1, 2, 3, 4] }),
    ])
  })

  test('every XML file of an archive, at any depth', async () => {
    const files = {
      'a.xml': image(`${box}/>`),
      'x/y/b.XML': image(`${box}/>`, 'deep/c.jpg'),
      'z.jpg': '',
    }
    const { annotations } = await imported(format, inputOf(files))
    expect(annotations.map(({ frame }) => frame)).toEqual([0, 2])
  })

  test('the other flavour, by what is in it', async () => {
    const xml =
      '<annotations><track id="0" label="größe" source="auto" group_id="3">' +
      '<box frame="10" keyframe="1" outside="0" occluded="1" xtl="1" ytl="2" xbr="3" ybr="4" z_order="2"></box>' +
      '<box frame="12" keyframe="0" outside="0" occluded="0" xtl="2" ytl="2" xbr="3" ybr="4"></box>' +
      '</track></annotations>'
    const { annotations } = await imported(format, inputOf({ 'x.xml': xml }, 'x.xml'))
    expect(annotations).toMatchObject([
      { kind: 'track', frame: 0, group: 3, source: 'auto', keyframes: [{ frame: 0, zOrder: 2 }] },
    ])
  })

  test('a picture without a name by its id, a foreign name never', async () => {
    const named = image(`${box}/>`, 'foreign.jpg').replace(
      '</annotations>',
      `<image id="1">${box}/></image></annotations>`,
    )
    const { annotations, unmatched } = await imported(format, inputOf({ 'x.xml': named }, 'x.xml'))
    expect(annotations.map(({ frame }) => frame)).toEqual([1])
    expect(unmatched).toEqual(['foreign.jpg'])
  })

  test('unknown labels are counted, known ones kept', async () => {
    const xml = image(`${box}/>${box.replace('größe', 'ufo')}/>${box.replace('größe', 'ufo')}/>`)
    const { annotations, notes } = await imported(format, inputOf({ 'x.xml': xml }, 'x.xml'))
    expect(annotations).toHaveLength(1)
    expect(notes).toEqual(['2 objects with the unknown label "ufo" were left out'])
  })
})

describe('refuses', () => {
  test.each([
    [
      'a DOCTYPE',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><annotations/>',
      /line 1.*entities are not allowed/,
    ],
    ['an entity', image(`<tag label="&e;"/>`), /line 3.*entities are not allowed/],
    ['a cut file', image(`${box}/>`).slice(0, -20), /the file ends inside <image>/],
    [
      'a coordinate that is no number',
      image(`${box.replace('"3"', '"NaN"')}/>`),
      /line 3: <box>: xbr="NaN" is not a number/,
    ],
    [
      'a missing coordinate',
      image(`${box.replace('xbr="3"', '')}/>`),
      /its attribute xbr is missing/,
    ],
    ['a missing label', image('<tag/>'), /its attribute label is missing/],
    [
      'half a point',
      image('<points label="größe" points="1,2;3"/>'),
      /"3" in points is not a point/,
    ],
    [
      'a polygon of two points',
      image('<polygon label="größe" points="1,2;3,4"/>'),
      /at least 3 points/,
    ],
    [
      'a mask that does not add up',
      image('<mask label="größe" rle="1, 2" left="0" top="0" width="2" height="2"/>'),
      /add up to 3, its box has 4/,
    ],
    ['a flag that is none', image(`${box} occluded="maybe"/>`), /occluded must be 0 or 1/],
    [
      'a broken shape on a picture that is not here',
      image(`${box.replace('"3"', '"?"')}/>`, 'foreign.jpg'),
      /is not a number/,
    ],
  ])('%s', async (_name, xml, message) => {
    const reading = imported(format, inputOf({ 'x.xml': xml }, 'x.xml'))
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(message),
    })
  })

  test('XML of another kind', async () => {
    const reading = imported(
      format,
      inputOf({ 'x.xml': '<annotation><object/></annotation>' }, 'x.xml'),
    )
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })

  test.each([
    ['pictures', image(`${box}/>`, 'foreign.jpg'), /none of its images.*foreign.jpg/],
    ['labels', image('<tag label="ufo"/>'), /none of its labels.*ufo/],
  ])('a file with none of our %s', async (_name, xml, message) => {
    const reading = imported(format, inputOf({ 'x.xml': xml }, 'x.xml'))
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_MATCHES_NOTHING',
      message: expect.stringMatching(message),
    })
  })
})

test('loses scores only', () => {
  expect(format.losses(census)).toEqual([
    { severity: 'changed', count: 10, what: 'annotations lose their score' },
  ])
})
