/** Where several annotations become one, or one several, the loss report counts what a reader finds. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import { box, type DatasetCore, datasetCore, image } from './compose-fixture.ts'

const GROUPS = [
  // Two boxes of two labels; a polygon with a box inside it; two outlines of two labels; a mask of two parts.
  box('car', 1, 1, 4, 4, 'group_id="1"'),
  box('person', 3, 2, 8, 9, 'group_id="1" rotation="20"'),
  '<polygon label="car" points="20,2;28.5,2;28,9.25" group_id="2"/>',
  box('car', 22, 3, 2, 2, 'group_id="2"'),
  '<polygon label="car" points="1,12;9,12;9,18;1,18" group_id="3"/>',
  '<polygon label="person" points="10,12;14,12;14,18" group_id="3"/>',
  '<mask label="car" rle="0, 2, 3, 2" left="20" top="14" width="7" height="1"/>',
  '<mask label="person" rle="0, 4" left="30" top="14" width="2" height="2" group_id="4"/>',
  '<ellipse label="person" cx="36" cy="15" rx="2" ry="3" group_id="4"/>',
  '<skeleton label="body" group_id="5"><points label="p" outside="0" occluded="0" points="1,2"/><points label="q" outside="0" occluded="1" points="3,4"/></skeleton>',
  '<polygon label="person" points="30,2;35,2;35,8" group_id="5"/>',
].join('')

let set: DatasetCore
let taskId: TaskId
beforeAll(async () => {
  set = await datasetCore()
  const joints = ['p', 'q'].map((name) => ({ name, type: 'points' as const }))
  const body = { name: 'body', type: 'skeleton' as const, svg: '', sublabels: joints }
  const labels = [{ name: 'car' }, { name: 'person' }, body]
  const projectId = (await set.core.client.projects.create({ name: 'groups', labels })).id
  taskId = await set.task(['a.png'], { projectId, subset: '' })
  await set.draw(taskId, image('a.png', GROUPS))
}, 60_000)
afterAll(() => set.close())

test.each<[string, { missing: number; surplus: number }]>([
  // A box of each of two groups, one of mask and ellipse, the skeleton. The person's outline is read as the car's, in place
  // of the box.
  ['COCO 1.0', { missing: 4, surplus: 0 }],
  // All but the skeleton; the outline it keeps is the skeleton's.
  ['COCO Keypoints 1.0', { missing: 10, surplus: 1 }],
  ['TFRecord 1.0', { missing: 7, surplus: 0 }],
  // Rectangles and the skeleton, but for the one in whose place the second part of a mask is read.
  ['Ultralytics YOLO Segmentation 1.0', { missing: 3, surplus: 0 }],
])('%s', async (format, counts) => {
  const path = join(set.dir, 'groups.zip')
  const sent = set.core.client.datasets.export({ taskId, format, path, verify: true })
  expect(await set.result(sent)).toMatchObject({
    verified: { annotations: 11, ...counts, agreesWithLossReport: true },
  })
})
