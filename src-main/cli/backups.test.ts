/** Backups and snapshots by the command line, over the real core. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeGray8 } from '#main/formats/common/png/encode.ts'
import { type Connection, connect } from './connect.ts'
import { runCli } from './main.ts'

const DESK = fileURLToPath(new URL('../../resources/sample/video/desk.mp4', import.meta.url))

let dir: string
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'fieldmark cli backup '))
  await mkdir(join(dir, 'media'))
  for (const shade of [1, 2, 3]) {
    const picture = { width: 16, height: 9, data: new Uint8Array(16 * 9).fill(shade) }
    await writeFile(join(dir, 'media', `${shade}.png`), encodeGray8(picture))
  }
})
afterEach(async () => {
  for (const home of open.keys()) await leave(home)
  await rm(dir, { recursive: true, force: true })
})

/** Data directories that are open: a command need not open its own each time. */
const open = new Map<string, Connection>()

async function connectOnce(where: { dataDir: string; what: string }): Promise<Connection> {
  const connection = open.get(where.dataDir) ?? (await connect(where))
  open.set(where.dataDir, connection)
  return { ...connection, close: async () => undefined }
}

async function leave(dataDir: string): Promise<void> {
  const connection = open.get(dataDir)
  open.delete(dataDir)
  await connection?.close()
}

interface Said {
  readonly code: number
  readonly err: string
  readonly json: Record<string, unknown>
}

/** @param home  the data directory, a name in the test's folder */
async function cli(home: string, ...argv: string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const code = await runCli(['--json', '--data-dir', join(dir, home), ...argv], {
    streams: {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      interactive: false,
    },
    env: {},
    platform: process.platform,
    cwd: dir,
    signal: new AbortController().signal,
    connect: connectOnce,
  })
  return { code, err: said.err, json: said.out === '' ? {} : JSON.parse(said.out) }
}

async function makeTask(home: string, ...more: string[]): Promise<number> {
  const labels = JSON.stringify([{ name: 'car' }])
  const made = await cli(home, 'task', 'create', 'street', 'media', '--labels', labels, ...more)
  expect(made.code).toBe(0)
  return made.json.id as number
}

test.each([
  ['task backup', 'task create-from-backup'],
  ['export', 'import'],
])('%s and %s', async (backup, restore) => {
  const id = await makeTask('a')
  const wrote = await cli('a', ...backup.split(' '), String(id), 'street.zip')
  expect(wrote).toMatchObject({ code: 0, json: { tasks: 1, frames: 3, notes: [] } })
  const made = await cli('b', ...restore.split(' '), 'street.zip')
  expect(made).toMatchObject({
    code: 0,
    json: { name: 'street', size: 3, mode: 'annotation', annotations: 0, notes: [] },
  })
})

test('project backup and project create-from-backup', async () => {
  const { json } = await cli('a', 'project', 'create', 'city', '--labels', '[{"name":"car"}]')
  await cli('a', 'task', 'create', 'one', 'media', '--project-id', String(json.id))
  await cli('a', 'task', 'create', 'two', DESK, '--project-id', String(json.id))
  const wrote = await cli('a', 'project', 'backup', String(json.id), 'city.zip')
  expect(wrote).toMatchObject({ code: 0, json: { tasks: 2, frames: 183 } })
  const made = await cli('b', 'project', 'create-from-backup', 'city.zip')
  expect(made).toMatchObject({ code: 0, json: { name: 'city', taskCount: 2 } })
  const tasks = made.json.tasks as { name: string; frames: number }[]
  expect(tasks.map(({ name, frames }) => [name, frames])).toEqual([
    ['one', 3],
    ['two', 180],
  ])
})

test('the same task gives the same bytes', async () => {
  const id = String(await makeTask('a', '--segment-size', '2'))
  await cli('a', 'task', 'backup', id, 'one.zip')
  await cli('a', 'task', 'backup', id, 'two.zip')
  expect(readFileSync(join(dir, 'two.zip')).equals(readFileSync(join(dir, 'one.zip')))).toBe(true)
})

test('a lost picture makes a backup that says so, and keeps its number', async () => {
  const id = String(await makeTask('a'))
  await rm(join(dir, 'media', '2.png'))
  const wrote = await cli('a', 'task', 'backup', id, 'street.zip')
  expect(wrote).toMatchObject({ code: 1, json: { frames: 3, picturesLeftOut: 1 } })
  expect(wrote.err).toContain('2.png')
  const made = await cli('b', 'task', 'create-from-backup', 'street.zip')
  expect(made).toMatchObject({ code: 0, json: { size: 3 } })
})

test.each([
  ['a file that is not there', 'none.zip', 'MEDIA_NOT_FOUND'],
  ['a file that is no zip', 'media/1.png', 'BACKUP_INVALID'],
])('%s is refused in a sentence', async (_name, file, code) => {
  const said = await cli('a', 'task', 'create-from-backup', file)
  expect(said).toMatchObject({ code: 1, json: { error: { code } } })
})

test('a snapshot restored elsewhere is the library, and knows where its own media are now', async () => {
  await makeTask('a')
  const copied = await cli('a', 'task', 'create-from-backup', await backupOf('a', DESK))
  expect(copied.json.mode).toBe('interpolation')
  const wrote = await cli('a', 'library', 'snapshot', 'library.zip')
  expect(wrote).toMatchObject({ code: 0, json: { tasks: 3 } })
  expect(wrote.err).toContain('The media of 2 tasks lie outside the data directory')
  await leave(join(dir, 'a'))
  await rename(join(dir, 'a'), join(dir, 'gone'))
  const restored = await cli('b', 'library', 'restore', 'library.zip')
  expect(restored).toMatchObject({ code: 0, json: { tasks: 3, projects: 0, movedAside: null } })
  const frame = await cli('b', 'task', 'frames', String(copied.json.id), '7', '--outdir', 'out')
  expect(frame.code).toBe(0)
  expect(await readdir(join(dir, 'b'))).not.toContain('.restoring')
})

async function backupOf(home: string, path: string): Promise<string> {
  const { json } = await cli(home, 'task', 'create', 'film', path, '--labels', '[]')
  await cli(home, 'task', 'backup', String(json.id), 'film.zip')
  return 'film.zip'
}

test('a library that is there stays unless it is to be moved aside, and is whole there', async () => {
  await makeTask('a')
  await cli('a', 'library', 'snapshot', 'library.zip')
  await makeTask('b')
  await makeTask('b')
  await leave(join(dir, 'b'))
  const refused = await cli('b', 'library', 'restore', 'library.zip')
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'LIBRARY_NOT_EMPTY' } } })
  const forced = await cli('b', 'library', 'restore', 'library.zip', '--force')
  expect(forced).toMatchObject({ code: 0, json: { tasks: 1 } })
  expect((await cli('b', 'task', 'ls')).json).toHaveLength(1)
  await leave(join(dir, 'b'))
  await rename(forced.json.movedAside as string, join(dir, 'old'))
  expect((await cli('old', 'task', 'ls')).json).toHaveLength(2)
})

test('a library in use is not restored over', async () => {
  await makeTask('a')
  await cli('a', 'library', 'snapshot', 'library.zip')
  await cli('b', 'task', 'ls')
  const refused = await cli('b', 'library', 'restore', 'library.zip', '--force')
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'DATA_DIR_BUSY' } } })
})

test('a task’s backup is no snapshot, and the other way round', async () => {
  const id = await makeTask('a')
  await cli('a', 'task', 'backup', String(id), 'street.zip')
  await cli('a', 'library', 'snapshot', 'library.zip')
  const one = await cli('b', 'library', 'restore', 'street.zip')
  expect(one.json).toMatchObject({ error: { code: 'BACKUP_WRONG_KIND' } })
  const two = await cli('b', 'task', 'create-from-backup', 'library.zip')
  expect(two.json).toMatchObject({ error: { code: 'BACKUP_WRONG_KIND' } })
})
