import { expect, test } from 'vitest'
import { likelyFormat } from './likely-format.ts'

test.each([
  ['/a/instances.json', 'COCO 1.0'],
  ['/a/ANNOTATIONS.XML', 'CVAT for images 1.1'],
  ['/a/job.zip', null],
  ['/a.json/job', null],
  ['', null],
])('%s is most likely %s', (path, format) => {
  expect(likelyFormat(path)).toBe(format)
})
