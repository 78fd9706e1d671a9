import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import { newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { icdarSample, textLabel } from '../testkit/icdar-sample.ts'
import { census, exported, imported, inputOf, inSubsets, textOf } from '../testkit/sample.ts'
import { captionLine, parseCaptionLine } from './captions.ts'
import { icdarRecognition } from './index.ts'

const sample = icdarSample()
const labelId = 1 as LabelId
const said = (value: string) => [{ specId: 11 as AttributeId, value }]
const tag = (frame: number, text: string) => newTag({ frame, labelId, attributes: said(text) })
const box = newShape({
  ...{ frame: 0, labelId, type: 'rectangle', points: [1, 2, 3, 4] },
  attributes: said('on a box'),
})

test('writes the layout CVAT writes, a list for each subset', async () => {
  const tags = [tag(0, 'hello'), box, tag(2, 'say "x", \\o/'), tag(2, 'two\r\nlines')]
  const files = await exported(icdarRecognition, tags, true, undefined, {
    ...inSubsets,
    ...{ labels: sample.labels },
  })
  expect(textOf(files, 'train/gt.txt')).toBe('a b.jpg, "hello""on a box"\ndeep/er/b.png, \n')
  expect(textOf(files, 'val/gt.txt')).toBe('deep/c.jpg, "say \\"x\\", \\\\o/""two lines"\n')
  expect([...files.keys()].slice(2)).toEqual([
    'train/images/a b.jpg',
    'train/images/deep/er/b.png',
    'val/images/deep/c.jpg',
  ])
})

test('texts come back as tags, whatever they say', async () => {
  const text = fc.oneof(fc.string({ unit: fc.constantFrom(...'a",\\ ') }), fc.string())
  const tags = fc.array(
    fc.tuple(
      fc.nat(2),
      text.map((t) => t.replace(/\p{C}/gu, '')),
    ),
  )
  await fc.assert(
    fc.asyncProperty(tags, async (list) => {
      const given = list
        .map(([frame, words]) => tag(frame, words))
        .sort((a, b) => a.frame - b.frame)
      const files = await exported(icdarRecognition, given, false, undefined, sample)
      const back = await imported(icdarRecognition, inputOf(files), sample)
      expect(back.annotations).toEqual(given)
    }),
  )
})

describe('a line', () => {
  test.each([
    ['of CVAT', 'w1.jpg, "hello"', 'w1.jpg', ['hello']],
    ['without a text', 'w2.jpg, ', 'w2.jpg', []],
    ['with commas in the text', 'w.jpg, "a, b, "', 'w.jpg', ['a, b, ']],
    ['with commas in the name', 'a, b.jpg, "c"', 'a, b.jpg', ['c']],
    ['of CVAT with quotes in the text', 'w.jpg, "say "x""', 'w.jpg', ['say "x"']],
    ['of a text in quotes of its own', 'w.jpg, ""x""', 'w.jpg', ['"x"']],
    ['of several texts', 'w.jpg, "a""b"', 'w.jpg', ['a', 'b']],
    ['of the challenge, with escapes', 'w.png, "\\"Hi\\\\"', 'w.png', ['"Hi\\']],
    ['without blank and quotes', 'w.png,Hello you', 'w.png', ['Hello you']],
  ])('%s', (_name, line, name, texts) => {
    expect(parseCaptionLine(line)).toEqual({ name, texts })
  })

  test('is read in a moment, however long', () => {
    const line = captionLine('w.jpg', ['", "'.repeat(50_000)])
    expect(parseCaptionLine(line)?.texts[0]).toHaveLength(200_000)
  })
})

describe('reads', () => {
  test.each([
    'gt.txt',
    'default/gt.txt',
    'word_recognition/train/gt.txt',
    'my\\word_recognition\\gt.txt',
    'Challenge2_Test_Task3_GT.txt',
  ])('%s, with a byte order mark and any line end', async (name) => {
    const text = '\ufeffa b.jpg, "x"\r\n\r\ngone.png, "y"\r\ndeep/c, "007"'
    const { annotations, unmatched } = await imported(
      icdarRecognition,
      inputOf({ [name]: text, 'x/notes.txt': '?' }),
      sample,
    )
    expect(annotations).toEqual([tag(0, 'x'), tag(2, '007')])
    expect(unmatched).toEqual(['gone.png'])
  })

  test('into a label that calls it caption', async () => {
    const labels = [textLabel(1, 'icdar', ['caption'])]
    const input = inputOf({ 'gt.txt': 'a b.jpg, "x"' })
    const back = await imported(icdarRecognition, input, { ...sample, labels })
    expect(back.annotations).toEqual([tag(0, 'x')])
    expect(back.described).toMatchObject([
      { name: 'icdar', attributes: [{ name: 'text', inputType: 'text' }] },
    ])
  })
})

describe('refuses', () => {
  test('a line without a comma, by its number', async () => {
    const reading = imported(
      icdarRecognition,
      inputOf({ 'x/gt.txt': 'a b.jpg, "x"\nhm\n' }),
      sample,
    )
    await expect(reading).rejects.toMatchObject({
      code: 'DATASET_INVALID',
      message: expect.stringMatching(/x\/gt\.txt, line 2: it must read: name/),
    })
  })

  test('an archive without a list', async () => {
    const reading = imported(icdarRecognition, inputOf({ 'a.txt': 'x, "y"', 'b.txt': '' }), sample)
    await expect(reading).rejects.toMatchObject({ code: 'DATASET_NOT_THIS_FORMAT' })
  })
})

test('says what it loses, frame by frame', () => {
  const labels = [
    ...icdarSample('color').labels,
    textLabel(2, 'sign', ['text']),
    textLabel(3, 'x', []),
  ]
  const list = [
    tag(0, 'fine'),
    { ...tag(0, 'two\nlines'), labelId: 2 },
    { ...tag(0, ''), attributes: [...said('a'), { specId: 12, value: 'red' }] },
    box,
    newTag({ frame: 0, labelId: 3 as LabelId }),
    { ...box, labelId: 3 },
  ] as NewAnnotation[]
  expect(icdarRecognition.frameLosses?.(list as never, labels)).toEqual([
    { severity: 'changed', count: 1, what: 'labels become "icdar"' },
    { severity: 'changed', count: 1, what: 'annotations lose other attributes than their text' },
    {
      severity: 'changed',
      count: 1,
      what: 'shapes with a text become tags: where they lie is lost',
    },
    { severity: 'dropped', count: 1, what: 'tags without an attribute "text" are left out' },
    { severity: 'dropped', count: 1, what: 'shapes without an attribute "text" are left out' },
  ])
  expect(icdarRecognition.losses(census).map(({ what }) => what)).toContain(
    'annotations lose their group',
  )
})
