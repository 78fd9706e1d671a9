import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { backupsBeside } from './backups.ts'
import { connect } from './connection.ts'
import { createHand, newDatabasePath, readyTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'
import { migrations } from './migrations/index.ts'
import { translateError } from './sqlite-errors.ts'

afterAll(removeDatabases)

const next = {
  version: migrations.length + 1,
  name: 'next',
  sql: 'ALTER TABLE task ADD COLUMN colour TEXT',
}

test('the schema is the committed one: run `vitest -u` when it changes on purpose, in a migration of its own', async () => {
  const path = newDatabasePath()
  openStore(path).close()
  const db = connect(path)
  const rows = db
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`,
    )
    .all()
  db.close()
  await expect(rows.map(({ sql }) => `${sql};\n`).join('\n')).toMatchFileSnapshot('schema.sql')
})

test('migrations are numbered 1, 2, 3 …', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})

test('a store with data is backed up, then migrated, with its rows', () => {
  const path = filled()
  const store = openStore(path, { migrations: [...migrations, next] })
  expect(store.schemaVersion).toBe(next.version)
  expect(store.tasks.list()).toMatchObject([{ name: 'street', objectCount: 1 }])
  store.close()
  const [backup] = readdirSync(backupsBeside(path))
  const before = openStore(join(backupsBeside(path), backup ?? ''))
  expect(before.schemaVersion).toBe(migrations.length)
  expect(before.tasks.list()).toHaveLength(1)
  before.close()
})

const FIRST_VERSION_ROWS = `
INSERT INTO task (id, name, mode, dimension, size, subset, bug_tracker, segment_size, overlap, start_frame, stop_frame,
  frame_step, sorting_method, media_state, media_paths, object_count, annotated_frame_count, created_date, updated_date)
  VALUES (1, 'street', 'annotation', '2d', 4, '', '', 0, 0, 0, 3, 1, 'natural', 'ready', '[]', 2, 1,
    '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
INSERT INTO label (id, task_id, name, color, type) VALUES (1, 1, 'car', '#ff0000', 'any');
INSERT INTO frame (task_id, number, name, source, entry, deleted)
  VALUES (1, 0, '0.jpg', 0, '0.jpg', 0), (1, 3, '3.jpg', 0, '3.jpg', 1);
INSERT INTO batch VALUES (1, 1, NULL, 'live', 1, 2);
INSERT INTO annotation VALUES
  (1, 1, 1, 'shape', 0, 1, 'rectangle', 0, 'manual', 0, 0, 0, NULL, zeroblob(32), '[]', NULL, 2, 1, NULL),
  (2, 1, 1, 'track', 0, 1, 'rectangle', 0, 'manual', 0, 0, 0, NULL, NULL, '[]', NULL, 1, 1, NULL);
INSERT INTO keyframe VALUES (2, 0, zeroblob(32), 0, 0, 0, 0, '[]');
`

test('frames and keyframes of the first version are there with the marks and joints of the third, the sources of the ninth', () => {
  const path = newDatabasePath()
  openStore(path, { migrations: migrations.slice(0, 1) }).close()
  const db = connect(path)
  db.exec(FIRST_VERSION_ROWS)
  db.close()
  const store = openStore(path)
  const [task] = store.tasks.list()
  if (!task) throw new Error('no task')
  expect(task).toMatchObject({ deletedFrameCount: 1, checkedFrameCount: 0 })
  expect(store.frames.list(task.id, 3, 1)).toMatchObject([
    { name: '3.jpg', deleted: true, checked: false },
  ])
  expect(store.frames.marks(task.id)).toEqual({ deleted: [3], checked: [] })
  expect(store.annotations.ofFrame(task.id, 0)).toMatchObject([
    { kind: 'shape' },
    { kind: 'track', keyframes: [{ frame: 0, elements: [] }] },
  ])
  // The shape, and the track on the three frames that are not deleted: the ninth version counts who made them.
  expect(store.annotations.census(task.id)).toMatchObject({ sourced: 1 + 3, sourcedTags: 0 })
  store.close()
})

test('a migration that fails leaves the database as it was', () => {
  const path = filled()
  const broken = { ...next, sql: `${next.sql}; SELECT nonsense` }
  expect(() => openStore(path, { migrations: [...migrations, broken] })).toThrow(/nonsense/)
  const store = openStore(path)
  expect(store.schemaVersion).toBe(migrations.length)
  store.close()
})

test('a database from the future is refused and not touched', () => {
  const path = filled()
  openStore(path, { migrations: [...migrations, next] }).close()
  const before = readFileSync(path)
  const error = caught(() => openStore(path))
  expect(error).toMatchObject({
    code: 'DATABASE_FROM_FUTURE',
    params: { found: next.version, known: migrations.length },
  })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a damaged file is refused with the newest backup named', async () => {
  const path = filled()
  const store = openStore(path)
  const backup = await store.backup(backupsBeside(path), 3)
  store.close()
  writeFileSync(path, 'this is no database, whatever its name says. '.repeat(100))
  const error = caught(() => openStore(path))
  expect(error).toMatchObject({ code: 'DATABASE_CORRUPT', params: { backup } })
  expect(error.remedy).toContain(backup)
})

test('an empty file is a new database, but not where there are backups of it', async () => {
  const path = filled()
  const store = openStore(path)
  const backup = await store.backup(backupsBeside(path), 3)
  store.close()
  writeFileSync(path, '')
  expect(caught(() => openStore(path))).toMatchObject({
    code: 'DATABASE_CORRUPT',
    params: { backup },
  })
  const fresh = newDatabasePath()
  mkdirSync(dirname(fresh), { recursive: true })
  writeFileSync(fresh, '')
  openStore(fresh).close()
})

test('damage in the middle is found by the check', () => {
  const path = filled()
  const bytes = readFileSync(path)
  bytes.fill(0xff, 4096 * 3, 4096 * 12)
  writeFileSync(path, bytes)
  const store = openStore(path)
  expect(store.check()).not.toBeNull()
  store.close()
})

test('a well one passes the check', () => {
  const store = openStore(newDatabasePath())
  expect(store.check()).toBeNull()
  store.close()
})

test('backups rotate, and a fresh one is not worth making again', async () => {
  const path = newDatabasePath()
  const store = openStore(path)
  const dir = backupsBeside(path)
  expect(store.worthBackingUp()).toBe(false)
  readyTask(store)
  expect(store.worthBackingUp()).toBe(true)
  const made: string[] = []
  for (let i = 0; i < 4; i += 1) made.push(await store.backup(dir, 2))
  expect(readdirSync(dir).map((name) => join(dir, name))).toEqual(made.slice(-2))
  expect(store.worthBackingUp()).toBe(false)
  store.close()
})

test('a backup is a whole store', async () => {
  const path = filled()
  const store = openStore(path)
  const backup = await store.backup(backupsBeside(path), 1)
  store.close()
  const copy = newDatabasePath()
  copyFileSync(backup, copy)
  const restored = openStore(copy)
  expect(restored.tasks.list()).toMatchObject([{ objectCount: 1 }])
  restored.close()
})

test('a folder that cannot be made is refused as read-only', () => {
  const file = join(dirname(newDatabasePath()), 'file')
  writeFileSync(file, '')
  expect(caught(() => openStore(join(file, 'data', 'fieldmark.db'))).code).toBe(
    'DATA_DIR_READ_ONLY',
  )
})

/** Root may write anywhere, so the permission means nothing there. */
test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be written is refused as read-only',
  () => {
    const dir = join(dirname(newDatabasePath()), 'read-only')
    mkdirSync(dir)
    chmodSync(dir, 0o500)
    expect(caught(() => openStore(join(dir, 'fieldmark.db'))).code).toBe('DATA_DIR_READ_ONLY')
  },
)

test('a full disk is told as one, and the store is as it was', () => {
  const path = filled()
  const db = connect(path)
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`)
  const error = caughtAny(() =>
    db.exec(`INSERT INTO setting VALUES ('x', zeroblob(1) || hex(zeroblob(9000000)))`),
  )
  db.close()
  expect(translateError(error, path)).toMatchObject({ code: 'DISK_FULL', params: { path } })
  const store = openStore(path)
  expect(store.settings.all()).toEqual({})
  store.close()
})

test('a read-only store reads', () => {
  const path = filled()
  const store = openStore(path, { readonly: true })
  expect(store.tasks.list()).toHaveLength(1)
  expect(caught(() => store.settings.merge({ a: 1 })).code).toBe('DATA_DIR_READ_ONLY')
  store.close()
  expect(caught(() => openStore(newDatabasePath(), { readonly: true })).code).toBe(
    'DATA_DIR_READ_ONLY',
  )
})

/** A store file with one task and one annotation, closed. */
function filled(): string {
  const path = newDatabasePath()
  const store = openStore(path)
  createHand(store, readyTask(store).id).draw()
  store.close()
  expect(existsSync(`${path}-wal`)).toBe(false)
  return path
}

function caught(run: () => unknown): AppError {
  const error = caughtAny(run)
  if (error instanceof AppError) return error
  throw error
}

function caughtAny(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
