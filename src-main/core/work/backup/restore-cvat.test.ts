/**
 * Archives as CVAT writes them, made by a program that knows CVAT's description of them and not our code (testdata/README.md),
 * each with what is seen on every frame.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import { createRig, type Rig, seenOf, sorted, writeFiles } from '../../compose-backup-fixture.ts'

const TESTDATA = fileURLToPath(new URL('../../../formats/cvat-backup/testdata/', import.meta.url))
const archive = (name: string) => join(TESTDATA, `${name}.zip`)

let rig: Rig
beforeEach(() => {
  rig = createRig()
})
afterEach(() => rig.close())

interface Seen {
  readonly is: 'tag' | 'shape' | 'track'
  readonly label: string
  readonly type?: string
  readonly points?: number[]
}

async function expected(
  name: string,
): Promise<{ frames: Seen[][]; names: string[]; jobs: number[][] }> {
  return JSON.parse(await readFile(join(TESTDATA, `${name}.expected.json`), 'utf8'))
}

const framesOf = (taskId: TaskId) =>
  rig.store.frames.list(taskId, 0, rig.store.tasks.get(taskId).size)

test('a task of three overlapping jobs is joined to what was drawn', async () => {
  const want = await expected('cvat-task')
  const report = await rig.restore('task', archive('cvat-task'))
  const id = report.tasks[0]?.id as TaskId
  expect(rig.store.tasks.get(id)).toMatchObject({
    ...{ name: 'Straße 1', subset: 'Train', bugTracker: 'http://b/1', projectId: null },
    ...{ size: 10, segmentSize: 4, overlap: 1, sortingMethod: 'lexicographical' },
  })
  expect(framesOf(id).map(({ name }) => name)).toEqual(want.names)
  expect(framesOf(id).flatMap(({ index, deleted }) => (deleted ? [index] : []))).toEqual([8])
  expect(rig.store.jobs.ofTask(id)).toMatchObject([
    { startFrame: 0, stopFrame: 3, stage: 'acceptance', state: 'completed' },
    { startFrame: 3, stopFrame: 6, stage: 'validation', state: 'new' },
    { startFrame: 6, stopFrame: 9, stage: 'annotation', state: 'new' },
  ])
  expect(rig.store.frames.related(id, 0, 10)).toEqual([
    { frame: 3, entries: ['cam/related_images/img_03_jpg/ctx.jpg'] },
  ])
  expect(sorted(seenOf(rig, id))).toEqual(sorted(want.frames))
  expect(rig.store.annotations.tracks(id)).toHaveLength(2)
  expect(report.notes).toEqual([
    'A ground truth job was left out, with annotations to compare others with.',
    expect.stringContaining('The annotation guide is kept in'),
  ])
})

test('its guide goes along with its next backup', async () => {
  const [task] = (await rig.restore('task', archive('cvat-task'))).tasks
  const taskId = task?.id as TaskId
  const path = join(rig.dir, 'again.zip')
  await rig.backUp({ what: 'task', taskId, path })
  const input = await rig.deps.formats.openInput(path)
  const guide = Buffer.from(await input.bytes('annotation_guide.md')).toString()
  input.close()
  expect(guide).toBe('# Guide\n![](assets/a.png)')
  expect((await rig.restore('task', path)).tasks[0]).toMatchObject({ frames: 10 })
  expect((await rig.files()).filter((name) => name.includes('guides'))).toHaveLength(4)
})

test('a video with start, stop and step, its track joined over the overlap of its jobs', async () => {
  const want = await expected('cvat-video')
  const report = await rig.restore('task', archive('cvat-video'))
  const id = report.tasks[0]?.id as TaskId
  expect(rig.store.tasks.get(id)).toMatchObject({
    ...{ mode: 'interpolation', size: 19, startFrame: 3, stopFrame: 39, frameStep: 2 },
    ...{ segmentSize: 12, overlap: 5 },
  })
  expect(framesOf(id)[1]?.name).toBe('frame_000005')
  expect(rig.store.jobs.ofTask(id).map((job) => [job.startFrame, job.stopFrame])).toEqual(want.jobs)
  expect(sorted(seenOf(rig, id))).toEqual(sorted(want.frames))
  expect(rig.store.annotations.tracks(id)).toHaveLength(1)
  expect(report.notes).toEqual([])
})

test('a project: pictures in the order of a manifest, segments of named files, an archive with a step', async () => {
  const want = JSON.parse(await readFile(join(TESTDATA, 'cvat-project.expected.json'), 'utf8'))
  const report = await rig.restore('project', archive('cvat-project'))
  const { store } = rig
  const projectId = report.projectId
  expect(store.projects.list()).toMatchObject([{ id: projectId, name: 'Proj', taskCount: 3 }])
  expect(report.tasks.map(({ name }) => name)).toEqual(['ordered', 'by files', 'zipped'])
  for (const [at, { id }] of report.tasks.entries()) {
    expect(framesOf(id).map(({ name }) => name)).toEqual(want.names[at])
    expect(store.tasks.get(id)).toMatchObject({ projectId, objectCount: 3 })
    expect(store.labels.ofTask(id).map(({ name }) => name)).toEqual(['car'])
  }
  const files = report.tasks[1]?.id as TaskId
  expect(store.jobs.ofTask(files)).toMatchObject([
    { startFrame: 0, stopFrame: 0, stage: 'annotation' },
    { startFrame: 1, stopFrame: 2, stage: 'validation' },
  ])
  expect(store.tasks.get(report.tasks[2]?.id as TaskId)).toMatchObject({
    startFrame: 1,
    frameStep: 2,
  })
  expect(report.notes).toEqual([])
})

test('jobs of different lengths are kept, and CVAT is told of one', async () => {
  const { projectId } = await rig.restore('project', archive('cvat-project'))
  const path = join(rig.dir, 'again.zip')
  const { notes } = await rig.backUp({ what: 'project', projectId, path })
  expect(notes).toEqual([
    'The jobs of by files are of different lengths: CVAT will make one job of them all.',
  ])
  const again = await rig.restore('project', path)
  const { store } = rig
  expect(again.tasks.map(({ id }) => store.tasks.get(id).jobCount)).toEqual([1, 2, 1])
})

test('an unpacked archive is as good', async () => {
  const input = await rig.deps.formats.openInput(archive('cvat-task'))
  const files: Record<string, Uint8Array> = {}
  for (const { name } of input.entries) files[name] = await input.bytes(name)
  input.close()
  await writeFiles(join(rig.dir, 'unpacked'), files)
  expect((await rig.restore('task', join(rig.dir, 'unpacked'))).tasks).toMatchObject([
    { name: 'Straße 1', frames: 10 },
  ])
})

test.each([
  ['a task’s as a project', 'project', 'cvat-task', 'is the backup of a task'],
  ['a project’s as a task', 'task', 'cvat-project', 'is the backup of a project'],
] as const)('%s is refused', async (_name, what, name, message) => {
  await expect(rig.restore(what, archive(name))).rejects.toMatchObject({
    code: 'BACKUP_WRONG_KIND',
    message: expect.stringContaining(message),
  })
  expect(rig.store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
})
