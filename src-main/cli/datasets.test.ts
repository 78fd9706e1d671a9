/** Data sets in and out by the command line, on a real core. */
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { box, type DatasetCore, datasetCore, image } from '../core/compose-fixture.ts'
import type { Client } from './connect.ts'
import { runCli } from './main.ts'

let set: DatasetCore
beforeEach(async () => {
  set = await datasetCore()
})
afterEach(() => set.close())

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await runCli(argv, {
    streams: {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      interactive: false,
    },
    env: { FIELDMARK_HOME: '/nowhere' },
    platform: 'linux',
    cwd: set.dir,
    signal: new AbortController().signal,
    connect: async () => ({
      client: set.core.client as Client,
      attachedUrl: null,
      core: null,
      frame: () => Promise.reject(new Error('no frame is asked for')),
      close: async () => {},
    }),
  })
  return { code, ...said }
}

const file = (inside: string) =>
  writeFile(join(set.dir, 'in.xml'), `<annotations>${inside}</annotations>`)

test('a project goes out and comes back as another, proof and all', async () => {
  const { id } = await set.core.client.projects.create({ name: 'city', labels: [{ name: 'car' }] })
  const train = await set.task(['a.png'], { projectId: id, subset: 'train' })
  await set.task(['a.png'], { projectId: id, subset: 'val' })
  await set.draw(train, image('a.png', box('car', 1)))
  const out = ['project', 'export-dataset', String(id), 'set.zip', '--format', 'COCO 1.0']
  const sent = await run(...out, '--with-images', '--verify')
  expect(sent.code).toBe(0)
  expect(sent.out).toContain('Read back: 1 of 1 annotation, exactly where they were; 0 missing')
  const back = await run('project', 'import-dataset', 'new', 'set.zip', '--name', 'town')
  expect(back).toMatchObject({ code: 0 })
  expect(back.out).toMatch(
    /Task \d+ "train": 1 frame, 1 annotation\.\nTask \d+ "val": 1 frame, 0 annotations\./,
  )
  expect(await set.core.client.projects.list()).toMatchObject([
    { name: 'city' },
    { name: 'town', taskCount: 2 },
  ])
})

test('some subsets, some annotations, some frames', async () => {
  const { id } = await set.core.client.projects.create({
    name: 'city',
    labels: [{ name: 'car' }, { name: 'bus' }],
  })
  const train = await set.task(['a.png', 'b.png'], { projectId: id, subset: 'train' })
  await set.task(['c.png'], { projectId: id, subset: 'val' })
  await set.draw(train, image('a.png', box('car', 1)) + image('b.png', box('bus', 1)))
  const { code, out } = await run(
    ...['project', 'export-dataset', String(id), 'set.zip', '--format', 'COCO 1.0', '--json'],
    ...[
      '--subset',
      'train',
      '--subset',
      'val',
      '--filter',
      'label == "bus"',
      '--frames',
      'annotated',
    ],
  )
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ annotations: 1, frames: 1 })
})

test('strict says what would be lost, exits 1 and writes nothing', async () => {
  const taskId = await set.task(['a.png'], { labels: [{ name: 'car' }] })
  await set.draw(taskId, image('a.png', '<tag label="car"/>'))
  const { code, err } = await run(
    'task',
    'export-dataset',
    String(taskId),
    'set.zip',
    '--format',
    'COCO 1.0',
    '--strict',
  )
  expect(code).toBe(1)
  expect(err).toMatch(/COCO 1\.0 cannot hold all of this: 1 tag/)
  await expect(stat(join(set.dir, 'set.zip'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a file is looked at, its labels sent elsewhere, left out, made', async () => {
  const taskId = await set.task(['a.png'], { labels: [{ name: 'car' }] })
  await file(image('a.png', box('Car', 1) + box('bird', 5) + box('bus', 9)))
  const argv = ['task', 'import-dataset', String(taskId), 'in.xml']
  const look = await run(...argv, '--preview')
  expect(look.code).toBe(0)
  expect(look.out).toContain('"Car", 1 object: is not here; did you mean "car"?')
  expect((await set.core.client.tasks.get({ id: taskId })).objectCount).toBe(0)
  const wish = ['--map', 'Car=car', '--skip-label', 'bird', '--create-labels', '--mode', 'merge']
  const done = await run(...argv, ...wish)
  expect(done).toMatchObject({ code: 0 })
  expect(done.out).toContain('Imported 2 annotations on 1 frame. Labels made: bus.')
  expect((await run(...argv, ...wish)).out).toContain('2 were here already')
})

test.each([
  [
    'a pair that is none',
    ['task', 'import-dataset', '1', 'x', '--map', 'car'],
    /two names with = between/,
  ],
  [
    'a mode that is none',
    ['task', 'import-dataset', '1', 'x', '--mode', 'mix'],
    /replace, add, merge/,
  ],
  [
    'a project that is none',
    ['project', 'import-dataset', 'mine', 'x'],
    /number of a project, or `new`/,
  ],
  [
    'frames that are none',
    ['job', 'export-dataset', '1', '--format', 'x', '--frames', 'odd'],
    /all, annotated, checked/,
  ],
])('%s is wrong usage', async (_name, argv, sentence) => {
  const { code, err } = await run(...argv)
  expect(code).toBe(2)
  expect(err).toMatch(sentence)
})
