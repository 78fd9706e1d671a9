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
