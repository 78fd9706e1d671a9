import { join } from 'node:path'
import { expect, test } from 'vitest'
import { familyOf } from '../families.ts'
import { readCatalogue } from './catalogue.ts'
import { namedFamilies } from './foreign/x-anylabeling-types.ts'
import { shippedDir } from './library-fixture.ts'

const entries = await readCatalogue(join(shippedDir, 'catalogue.json'))

test('every model of the catalogue is run by a family there is, of its kind, or says where else it runs', () => {
  for (const { id, family, kind, howTo } of entries) {
    if (family === null) expect([id, howTo]).toEqual([id, expect.stringMatching(/function|Nuclio/)])
    else expect([id, familyOf(family)?.kind]).toEqual([id, kind])
  }
})

test.each([
  ['yolov7'],
  ['mask-rcnn'],
  ['retinanet-r101'],
  ['faster-rcnn-tensorflow'],
  ['face-detection-0205'],
  ['hrnet-pose'],
  ['iog'],
  ['transt'],
  ['sam-vit-h'],
  ['siammask'],
  ['yolov3'],
  ['dextr'],
  ['f-brs'],
  ['ritm'],
  ['yolov8'],
  ['semantic-segmentation-adas'],
  ['text-detection-0004'],
  ['person-reidentification-0277'],
  ['mask-rcnn-matterport'],
])('%s, which the founding documents name, is there', (id) => {
  expect(entries.map((entry) => entry.id)).toContain(id)
})

test('ids are told apart, and what can be installed in one step is an address', () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  for (const { url } of entries) if (url !== null) expect(url).toMatch(/^https:\/\/.*\.onnx$/)
})

test('every family that X-AnyLabeling stands for here is there', () => {
  for (const id of namedFamilies()) expect([id, familyOf(id)?.id]).toEqual([id, id])
})
