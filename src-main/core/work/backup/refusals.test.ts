/** What is wrong with an archive is said with its place, and nothing of it stays. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createRig, picture, type Rig } from '../../compose-backup-fixture.ts'

let rig: Rig
beforeAll(() => {
  rig = createRig()
})
afterAll(() => rig.close())
afterEach(async () => {
  for (const { id } of rig.store.tasks.list()) rig.store.tasks.delete(id)
})

type Parts = Record<string, unknown>

const job = { start_frame: 0, stop_frame: 1, status: 'annotation', type: 'annotation', frames: [] }
const data = { start_frame: 0, stop_frame: 1, chunk_type: 'imageset', sorting_method: 'natural' }
const spec = {
  ...{ name: 't', version: '1.0', data, jobs: [job] },
  labels: [
    { name: 'car', attributes: [{ name: 'n', input_type: 'number', values: ['0', '9', '1'] }] },
  ],
}
const box = { type: 'rectangle', frame: 0, label: 'car', points: [1, 2, 3, 4] }
const annotated = (fields: object) => [{ shapes: [], ...fields }]

/** A valid archive with some of its entries replaced; null: left out. */
async function archive(changes: Parts): Promise<string> {
  const parts: Parts = {
    'task.json': spec,
    'annotations.json': annotated({ shapes: [box] }),
    'data/a.png': picture(1),
    'data/b.png': picture(2),
    ...changes,
  }
  const path = join(rig.dir, 'in.zip')
  await rig.deps.formats.writeZip(path, async (output) => {
    for (const [name, value] of Object.entries(parts)) {
      if (value instanceof Uint8Array) await output.bytes(name, value, false)
      else if (value !== null)
        await output.text(name, [typeof value === 'string' ? value : JSON.stringify(value)])
    }
  })
  return path
}

const dataSpec = (fields: object) => ({ 'task.json': { ...spec, data: { ...data, ...fields } } })
const jobSpec = (...jobs: object[]) => ({ 'task.json': { ...spec, jobs } })
const shapes = (...list: unknown[]) => ({ 'annotations.json': annotated({ shapes: list }) })
const onlyData = (files: Parts) => ({ 'data/a.png': null, 'data/b.png': null, ...files })

test.each<[string, Parts, string, string]>([
  [
    'another version',
    { 'task.json': { ...spec, version: '1.1' } },
    'task.json, version',
    'it must be "1.0"',
  ],
  [
    'no version',
    { 'task.json': { ...spec, version: undefined } },
    'task.json, version',
    'it must be "1.0"',
  ],
  [
    'task.json cut',
    { 'task.json': '{"name":"t"' },
    'task.json, line 1, character 12',
    'not valid JSON',
  ],
  [
    'a task that is no object',
    { 'task.json': [] },
    'task.json',
    'a value of type object was expected',
  ],
  ['no jobs', jobSpec(), 'task.json, jobs', 'at least 1'],
  [
    'a job that ends before it begins',
    jobSpec({ ...job, start_frame: 1, stop_frame: 0 }),
    'task.json, jobs[0]',
    'it ends at 0',
  ],
  [
    'a job without frames',
    jobSpec({ status: 'annotation' }),
    'task.json, jobs[0]',
    'start_frame or stop_frame is missing',
  ],
  ['only ground truth', jobSpec({ ...job, type: 'ground_truth' }), 'task.json, jobs', 'no job'],
  [
    'more frames than pictures',
    jobSpec({ ...job, stop_frame: 9 }),
    'data/',
    'about 10 frames, and there are media for 2',
  ],
  [
    'a filter that is no step',
    dataSpec({ frame_filter: 'step=0' }),
    'task.json, data.frame_filter',
    'is no step=N',
  ],
  [
    'an order nobody knows',
    dataSpec({ sorting_method: 'predefined' }),
    'data/manifest.jsonl',
    'it is missing',
  ],
  [
    'an order of other pictures',
    {
      ...dataSpec({ sorting_method: 'random' }),
      'data/manifest.jsonl':
        '{"version":"1.1"}\n{"type":"images"}\n{"name":"c","extension":".png"}\n',
    },
    'data/c.png',
    'it is not there',
  ],
  [
    'a manifest without a name',
    {
      ...dataSpec({ sorting_method: 'random' }),
      'data/manifest.jsonl': '{}\n{}\n{"extension":".png"}\n',
    },
    'data/manifest.jsonl, line 3, name',
    'missing',
  ],
  [
    'segments without files',
    dataSpec({ custom_segments: true }),
    'task.json, jobs[0].files',
    'it is missing',
  ],
  ['no media', onlyData({}), 'data/', 'cloud storage'],
  ['a PDF', onlyData({ 'data/x.pdf': 'pdf' }), 'data/x.pdf', 'cannot take pictures out of a PDF'],
  ['a point cloud', onlyData({ 'data/x.pcd': 'pcd' }), 'data/x.pcd', 'point cloud'],
  ['two videos', onlyData({ 'data/a.mp4': 'a', 'data/b.mp4': 'b' }), 'data/b.mp4', 'second video'],
  [
    'texts alone',
    onlyData({ 'data/a.txt': 'a', 'data/b.txt': 'b' }),
    'data/a.txt',
    'no picture, video or archive',
  ],
  [
    'a file in the place of a folder',
    { 'data/a.png/b.png': picture(3) },
    'data/a.png/b.png',
    'that of one of its folders',
  ],
  ['no annotations.json', { 'annotations.json': null }, 'annotations.json', 'it is missing'],
  [
    'annotations that are no list',
    { 'annotations.json': {} },
    'annotations.json',
    'it must be a list',
  ],
  [
    'a job that is no object',
    { 'annotations.json': [1] },
    'annotations.json, [0]',
    'it must be an object',
  ],
  [
    'shapes that are no list',
    { 'annotations.json': [{ shapes: {} }] },
    'annotations.json, [0].shapes',
    'it must be a list',
  ],
  [
    'annotations cut',
    { 'annotations.json': '[{"shapes":[{"type"' },
    'annotations.json, line 1',
    'ends too early',
  ],
  [
    'a number that is none',
    { 'annotations.json': '[{"shapes":[\n{"a":NaN}]}]' },
    'annotations.json, [0].shapes[0], line 2',
    'not valid JSON',
  ],
  [
    'something between',
    { 'annotations.json': '[{"shapes":[] x}]' },
    'annotations.json, the text',
    'not valid JSON',
  ],
  [
    'more jobs than there are',
    { 'annotations.json': [{}, { shapes: [box] }] },
    'annotations.json, [1]',
    'only 1 jobs',
  ],
  [
    'a polygon of two points',
    shapes({ ...box, type: 'polygon' }),
    'annotations.json, [0].shapes[0]',
    '3 points',
  ],
  [
    'a mask that is none',
    shapes(box, { ...box, type: 'mask', points: [1, 2, 3, 4, 5, 6] }),
    'annotations.json, [0].shapes[1]',
    '',
  ],
  [
    'points that are texts',
    shapes({ ...box, points: ['1', '2'] }),
    'annotations.json, [0].shapes[0], points[0]',
    'number',
  ],
  [
    'a type nobody knows',
    shapes({ ...box, type: 'blob' }),
    'annotations.json, [0].shapes[0], type',
    'it must be "rectangle" or',
  ],
  [
    'a frame before the first',
    shapes({ ...box, frame: -1 }),
    'annotations.json, [0].shapes[0], frame',
    'at least 0',
  ],
  [
    'two labels of one name',
    { 'task.json': { ...spec, labels: [{ name: 'a' }, { name: 'a' }] } },
    'task.json, labels[1].name',
    'is called "a" too',
  ],
  [
    'an attribute without a type',
    { 'task.json': { ...spec, labels: [{ name: 'a', attributes: [{ name: 'x' }] }] } },
    'task.json, labels[0].attributes[0].input_type',
    '',
  ],
  ['no task.json', { 'task.json': null }, 'the archive', 'no backup'],
  ['own words that are none', { 'fieldmark.json': {} }, 'fieldmark.json, fieldmark', ''],
])('%s', async (_name, changes, where, problem) => {
  const before = await rig.files()
  const error = await rig.restore('task', await archive(changes)).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'BACKUP_INVALID' })
  const { params } = error as { params: { where: string; problem: string } }
  expect(params.where).toBe(where)
  expect(params.problem).toContain(problem)
  expect(rig.store.tasks.list()).toEqual([])
  expect(rig.store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
  expect(await rig.files()).toEqual(before)
})

test.each<[string, Parts, string]>([
  [
    'a label it does not have',
    shapes(box, { ...box, label: 'cat' }),
    '1 objects with the unknown label "cat" were left out',
  ],
  [
    'a frame it does not have',
    shapes(box, { ...box, frame: 7 }),
    '1 objects beyond the last frame were left out',
  ],
  [
    'an attribute it does not have',
    shapes({ ...box, attributes: [{ name: 'x', value: '1' }] }),
    '1 values of the attribute "x" that "car" cannot have were left out',
  ],
  [
    'a video beside the pictures',
    { 'data/x.mp4': 'x' },
    'What lies beside the media of the task was left out: x.mp4.',
  ],
  [
    'a job without annotations',
    { 'annotations.json': [] },
    '1 jobs have no annotations in the archive',
  ],
  [
    'words of a newer Fieldmark',
    { 'fieldmark.json': { fieldmark: 99 } },
    'A newer Fieldmark wrote the backup, so only what CVAT knows of was restored.',
  ],
  [
    'a deleted frame it does not have',
    dataSpec({ deleted_frames: [5] }),
    '1 marks of frames that are not there were left out',
  ],
])('%s is left out and told', async (_name, changes, note) => {
  const { tasks, notes } = await rig.restore('task', await archive(changes))
  expect(notes).toEqual([note])
  expect(tasks).toMatchObject([{ frames: 2 }])
})

test('a video is not given a thousand million frames because a job says so', async () => {
  const path = fileURLToPath(
    new URL('../../../../resources/sample/video/desk.mp4', import.meta.url),
  )
  const changes = {
    ...jobSpec({ ...job, stop_frame: 2 ** 31 }),
    ...onlyData({ 'data/desk.mp4': await readFile(path) }),
  }
  await expect(rig.restore('task', await archive(changes))).rejects.toMatchObject({
    code: 'BACKUP_INVALID',
    message: expect.stringContaining('and the video has 180'),
  })
})

test('what old versions leave out, and new ones add, is no obstacle', async () => {
  const old = {
    ...{ name: 't', version: '1.0', more: { of: 'it' } },
    labels: [{ name: 'car', id: 7, project_id: null }],
    data: { stop_frame: 1, chunk_type: 'imageset' },
    jobs: [{ start_frame: 0, stop_frame: 1, status: 'unheard of' }],
  }
  const changes = {
    'task.json': old,
    'annotations.json': [{ shapes: [{ ...box, score: 0.5, id: 3 }] }],
  }
  const { tasks, notes } = await rig.restore('task', await archive(changes))
  expect(notes).toEqual([])
  expect(tasks).toMatchObject([{ annotations: 1, frames: 2 }])
})

test('a cancelled restore leaves nothing', async () => {
  const own = createRig(() => own.hooks.abort.abort())
  const path = await archive({})
  await expect(own.restore('task', path)).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(own.store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
  expect(await own.files()).toEqual([])
  own.close()
})
