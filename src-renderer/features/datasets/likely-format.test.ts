import { expect, test } from 'vitest'
import { likelyFormat } from './likely-format.ts'

test.each([
  ['/a/instances.json', 'COCO 1.0'],
  ['/a/ANNOTATIONS.XML', 'CVAT for images 1.1'],
  ['/a/job.zip', null],
  ['/a/street north - CVAT for video 1.1.zip', 'CVAT for video 1.1'],
  ['/a/desk - MOTS PNG 1.0 (2).zip', 'MOTS PNG 1.0'],
  ['/a - MOT 1.1/job.zip', null],
  ['/a.json/job', null],
  ['', null],
])('%s is most likely %s', (path, format) => {
  expect(likelyFormat(path)).toBe(format)
})
