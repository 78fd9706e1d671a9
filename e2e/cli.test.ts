import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import JSZip from 'jszip'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fieldmark, fieldmarkJson, SAMPLE, scratch, startCli } from './harness/cli.ts'
import { cocoOf, facts, readTruth, repeat, truth } from './harness/coco.ts'
import { serveApp } from './harness/served-app.ts'

// Real processes on a machine that may be busy: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

interface TaskJson {
  readonly id: number
  readonly name: string
  readonly mode: string
  readonly size: number
  readonly objectCount: number
  readonly problems: readonly { readonly name: string }[]
}

const images = join(SAMPLE, 'images')
const labels = join(SAMPLE, 'labels.json')

let place: ReturnType<typeof scratch>
beforeEach(() => {
  place = scratch()
})
afterEach(() => place.remove())

const createSample = (...more: string[]) =>
  fieldmarkJson<TaskJson>(place.data, 'task', 'create', 'desk', images, '--labels', labels, ...more)

/** The same, with numbers compared to the 0.01 px that formats write. */
function expectSame(actual: readonly string[], expected: readonly string[]): void {
  expect(actual.length).toBe(expected.length)
  for (const [at, line] of expected.entries()) {
    const [wanted, found] = [line.split(' '), (actual[at] ?? '').split(' ')]
    expect(found.slice(0, 3)).toEqual(wanted.slice(0, 3))
    expect(found.length).toBe(wanted.length)
    for (let i = 3; i < wanted.length; i += 1) {
      expect(Math.abs(Number(found[i]) - Number(wanted[i]))).toBeLessThanOrEqual(0.0101)
    }
  }
}

test('create, import, export: what comes out equals what went in', async () => {
  const task = await createSample()
  expect(task).toMatchObject({ id: 1, name: 'desk', mode: 'annotation', size: 12, problems: [] })
  const coco = await readTruth()
  const report = await fieldmarkJson<{ imported: number; unmatchedCount: number }>(
    place.data,
    ...['task', 'import-dataset', '1', truth, '--format', 'COCO 1.0'],
  )
  expect(report).toMatchObject({ imported: facts(coco).length, unmatchedCount: 0 })
  const out = join(place.dir, 'out.zip')
  await fieldmarkJson(place.data, 'task', 'export-dataset', '1', out, '--format', 'COCO 1.0')
  expectSame(facts(await cocoOf(out)), facts(coco))
})

describe('each format reads back what it wrote', () => {
  test.each(['CVAT for images 1.1', 'COCO 1.0'])('%s keeps everything drawn', async (format) => {
    await createSample('--annotation-path', truth, '--annotation-format', 'COCO 1.0')
    const first = join(place.dir, 'first.zip')
    await fieldmarkJson(place.data, 'task', 'export-dataset', '1', first, '--format', format)
    await createSample('--annotation-path', first, '--annotation-format', format)
    const second = join(place.dir, 'second.zip')
    await fieldmarkJson(place.data, 'task', 'export-dataset', '2', second, '--format', 'COCO 1.0')
    expectSame(facts(await cocoOf(second)), facts(await readTruth()))
  })

  test('YOLO 1.1 keeps the boxes, and says what it cannot hold', async () => {
    await createSample('--annotation-path', truth, '--annotation-format', 'COCO 1.0')
    const file = join(place.dir, 'yolo.zip')
    const args = ['task', 'export-dataset', '1', file, '--format', 'YOLO 1.1', '--with-images']
    const report = await fieldmarkJson<{ losses: { what: string; count: number }[] }>(
      place.data,
      ...args,
    )
    expect(report.losses.length).toBeGreaterThan(0)
    const again = ['--annotation-path', file, '--annotation-format', 'YOLO 1.1']
    const task = await createSample(...again)
    const boxes = (await readTruth()).annotations.filter((one) => one.segmentation.length === 0)
    const zip = await JSZip.loadAsync(await readFile(file))
    const pictures = Object.keys(zip.files).filter((name) => name.endsWith('.jpg'))
    expect(pictures).toHaveLength(12)
    expect(task.objectCount).toBeGreaterThanOrEqual(boxes.length)
  })
})

test('frames are saved under CVAT’s names', async () => {
  await createSample()
  const folder = join(place.dir, 'frames')
  await fieldmarkJson(place.data, 'task', 'frames', '1', '0', '11', '--outdir', folder)
  const names = (await readdir(folder)).sort()
  expect(names).toEqual(['task_1_frame_000000.jpg', 'task_1_frame_000011.jpg'])
  const first = (await readdir(images)).sort()[0] ?? ''
  const saved = await readFile(join(folder, names[0] ?? ''))
  expect(saved.equals(await readFile(join(images, first)))).toBe(true)
})

test('projects lend their labels; deleting one takes its tasks along', async () => {
  const project = await fieldmarkJson<{ id: number }>(
    place.data,
    ...['project', 'create', 'animals', '--labels', '[{"name":"cat"}]'],
  )
  const id = String(project.id)
  await fieldmarkJson(place.data, 'task', 'create', 'a', images, '--project_id', id)
  expect(await fieldmarkJson<unknown[]>(place.data, 'task', 'ls')).toHaveLength(1)
  await fieldmarkJson(place.data, 'project', 'delete', id)
  expect(await fieldmarkJson<unknown[]>(place.data, 'task', 'ls')).toEqual([])
  expect(await fieldmarkJson<unknown[]>(place.data, 'project', 'ls')).toEqual([])
})

test('the older verbs still do their work', async () => {
  const create = ['create', 'old', '--labels', labels, '--segment_size', '5', 'local', images]
  const task = await fieldmarkJson<{ id: number; jobCount: number }>(place.data, ...create)
  expect(task).toMatchObject({ id: 1, jobCount: 3 })
  const file = join(place.dir, 'dump.zip')
  await fieldmarkJson(place.data, 'upload', '1', truth, '--format', 'COCO 1.0')
  await fieldmarkJson(place.data, 'dump', '--format', 'CVAT for images 1.1', '1', file)
  expect((await stat(file)).size).toBeGreaterThan(0)
  expect(await fieldmarkJson<unknown[]>(place.data, 'ls')).toHaveLength(1)
  await fieldmarkJson(place.data, 'delete', '1')
  expect(await fieldmarkJson<unknown[]>(place.data, 'ls')).toEqual([])
})

test('a partial import brings in what matches, names the rest and exits with 1', async () => {
  await createSample()
  const coco = await readTruth()
  const stray = { ...coco.images[0], id: 999, file_name: 'ghost.jpg' }
  const lost = { ...coco.annotations[0], id: 999, image_id: 999 }
  const mixed = { ...coco, images: [...coco.images, stray] }
  const file = join(place.dir, 'mixed.json')
  const annotations = [...coco.annotations, lost]
  await writeFile(file, JSON.stringify({ ...mixed, annotations }))
  const args = ['--json', 'task', 'import-dataset', '1', file, '--format', 'COCO 1.0']
  const { code, out, err } = await fieldmark(place.data, ...args)
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ imported: facts(coco).length, unmatchedCount: 1 })
  expect(err).toContain('ghost')
})

test('doctor and formats answer on a fresh data directory', async () => {
  const doctor = await fieldmarkJson<{ ok: boolean; checks: { name: string }[] }>(
    place.data,
    'doctor',
  )
  expect(doctor.ok).toBe(true)
  const formats = await fieldmarkJson<{ name: string }[]>(place.data, 'formats')
  expect(formats.map((one) => one.name)).toEqual([
    'CVAT for images 1.1',
    'CVAT for video 1.1',
    'Datumaro 1.0',
    'LabelMe 3.0',
    'MOT 1.1',
    'MOTS PNG 1.0',
    'COCO 1.0',
    'COCO Keypoints 1.0',
    'PASCAL VOC 1.1',
    'Segmentation mask 1.1',
    'YOLO 1.1',
    'Ultralytics YOLO Detection 1.0',
    'Ultralytics YOLO Detection Track 1.0',
    'Ultralytics YOLO Segmentation 1.0',
    'Ultralytics YOLO Pose 1.0',
    'Ultralytics YOLO Oriented Bounding Boxes 1.0',
    'Ultralytics YOLO Classification 1.0',
    'TFRecord 1.0',
    'ImageNet 1.0',
    'WiderFace 1.0',
    'CamVid 1.0',
    'VGGFace2 1.0',
    'Market-1501 1.0',
    'ICDAR Recognition 1.0',
    'ICDAR Localization 1.0',
    'ICDAR Segmentation 1.0',
    'Open Images V6 1.0',
    'Cityscapes 1.0',
    'KITTI 1.0',
    'LFW 1.0',
    'labelme JSON',
    'X-AnyLabeling JSON',
    'Label Studio JSON',
    'VoTT JSON',
    'VIA JSON',
    'DOTA 1.0',
  ])
  expect(formats[0]).toEqual({
    name: expect.any(String),
    import: true,
    export: true,
    dimension: '2d',
  })
})

test('a command works through the Fieldmark that already runs', async () => {
  const app = await serveApp(place.data)
  try {
    const task = await createSample('--annotation-path', truth, '--annotation-format', 'COCO 1.0')
    const folder = join(place.dir, 'frames')
    await fieldmarkJson(place.data, 'task', 'frames', '1', '0', '--outdir', folder)
    expect(existsSync(join(folder, 'task_1_frame_000000.jpg'))).toBe(true)
    const again = await fieldmarkJson<{ url: string; attached: boolean }>(place.data, 'serve')
    expect(again.attached).toBe(true)
    expect(new URL(again.url).origin).toBe(new URL(app.url).origin)
    const refused = await fieldmark(place.data, '--json', 'task', 'delete', '7')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out).error).toMatchObject({ code: 'NOT_FOUND' })
    expect(task.size).toBe(12)
  } finally {
    await app.stop()
  }
  const tasks = await fieldmarkJson<TaskJson[]>(place.data, 'task', 'ls')
  expect(tasks).toHaveLength(1)
})

test('commands side by side on one data directory wait for each other', async () => {
  const names = ['a', 'b', 'c']
  const answers = await Promise.all(
    names.map((name) =>
      fieldmark(place.data, 'task', 'create', name, images, '--labels', '[]', '--json'),
    ),
  )
  expect(answers.map((one) => one.code)).toEqual([0, 0, 0])
  const tasks = await fieldmarkJson<TaskJson[]>(place.data, 'task', 'ls')
  expect(tasks.map((one) => one.name).sort()).toEqual(names)
})

test('Ctrl+C during an import leaves the task as it was and exits with 130', async () => {
  await createSample()
  const big = join(place.dir, 'big.json')
  await writeFile(big, JSON.stringify(repeat(await readTruth(), 3000)))
  const child = startCli(place.data, ['task', 'import-dataset', '1', big, '--format', 'COCO 1.0'])
  child.stderr?.on('data', (text: Buffer) => {
    if (/import/i.test(String(text))) child.kill('SIGINT')
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(130)
  const [task] = await fieldmarkJson<TaskJson[]>(place.data, 'task', 'ls')
  expect(task?.objectCount).toBe(0)
})
