import { expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { detectFormats } from './index.ts'

const yaml = 'names: [car]\n'
const box = '0 0.5 0.5 0.1 0.1\n'
const turned = '0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2\n'
const outline = '0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2 0.1 0.1\n'

test.each([
  ['boxes', { 'a.txt': box }, 'Ultralytics YOLO Detection 1.0'],
  ['turned boxes', { 'a.txt': turned }, 'Ultralytics YOLO Oriented Bounding Boxes 1.0'],
  ['outlines', { 'a.txt': outline }, 'Ultralytics YOLO Segmentation 1.0'],
  [
    'outlines of which the first has four corners',
    { 'a.txt': turned + outline },
    'Ultralytics YOLO Segmentation 1.0',
  ],
  [
    'outlines in the second file only',
    { 'a.txt': turned, 'b.txt': outline },
    'Ultralytics YOLO Segmentation 1.0',
  ],
])('Ultralytics YOLO with %s', async (_name, texts, format) => {
  const labels = Object.entries(texts).map(([name, text]) => [`labels/train/${name}`, text])
  const files = Object.fromEntries([['data.yaml', yaml], ...labels])
  expect((await detectFormats(inputOf(files), () => true))[0]).toBe(format)
})

const minimal = [
  {
    image: '/data/upload/1/1a2b3c4d-a.png',
    id: 1,
    label: [{ x: 1, y: 2, width: 3, height: 4, rotation: 0, rectanglelabels: ['car'] }],
    annotator: 1,
  },
]

test.each([
  [
    'the list of words of a challenge of 2013',
    { 'Challenge2_Test_Task3_GT.txt': '\ufeffword_1.png, "Tiredness"\r\n' },
    'ICDAR Recognition 1.0',
  ],
  [
    'characters of the same challenge, with their pictures left out',
    { '100_GT.txt': '128 0 0 6 8 3 5 9 12 "F"\n' },
    'ICDAR Segmentation 1.0',
  ],
  ['tasks of JSON_MIN', { 'min.json': JSON.stringify(minimal) }, 'Label Studio JSON'],
])('%s', async (_name, files, format) => {
  expect((await detectFormats(inputOf(files), () => true))[0]).toBe(format)
})
