import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { VideoFacts } from '#shared/domain/video.ts'
import { adoptDatabase } from './adopt.ts'
import { connect } from './connection.ts'
import { newDatabasePath, newTask, readyTask, removeDatabases, scanned } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

const facts: VideoFacts = {
  ...{
    width: 4,
    height: 2,
    codec: 'h264',
    container: 'mp4',
    claimedFrames: 3,
    rotation: 0 as const,
  },
  ...{ durationSec: 1, frameRate: 3, timeBase: { num: 1, den: 3 } },
}

test.each([
  ['of this system', '/old/home', '/old/home/media/1', '/old/home2/media'],
  ['of Windows', 'C:\\old\\home', 'C:\\old\\home\\media\\1', 'C:\\old\\home2\\media'],
])(
  'paths into a data directory %s lead into the new one, others stay',
  (_name, from, inside, outside) => {
    const path = newDatabasePath()
    const store = openStore(path)
    const { id } = store.tasks.create(newTask({ mediaPaths: [inside, outside, from] }))
    const sources = [inside, outside].map((one) => ({ kind: 'folder' as const, path: one }))
    store.frames.setAll(id, sources, scanned(2), 2)
    store.close()
    const to = '/new/home'
    expect(adoptDatabase(path, { from, to, now: dirname(path) })).toEqual({ tasks: 1, projects: 0 })
    const adopted = openStore(path)
    expect(adopted.tasks.get(id).mediaPaths).toEqual([join(to, 'media/1'), outside, join(to, '')])
    expect(adopted.tasks.sources(id).map((one) => one.path)).toEqual([join(to, 'media/1'), outside])
    adopted.close()
  },
)

test('a video is known again though its copy has another age', () => {
  const path = newDatabasePath()
  const now = dirname(path)
  const video = join(now, 'media/1/v.mp4')
  mkdirSync(dirname(video), { recursive: true })
  writeFileSync(video, 'video')
  const store = openStore(path)
  const { id } = store.tasks.create(newTask())
  const file = { path: '/old/media/1/v.mp4', sizeBytes: 5, mtimeMs: 1.5, fingerprint: 'f' }
  store.frames.setVideo(id, { file, facts, frameCount: 3, stopFrame: null, overlap: 0 })
  store.close()
  adoptDatabase(path, { from: '/old', to: '/new', now })
  const adopted = openStore(path)
  const mtimeMs = statSync(video).mtimeMs
  expect(adopted.videos.ofTask(id)).toMatchObject({ path: join('/new', 'media/1/v.mp4'), mtimeMs })
  adopted.close()
})

test('what was under way is over, but for the listing of media', () => {
  const path = newDatabasePath()
  const store = openStore(path)
  for (const kind of ['backup', 'export-dataset', 'scan', 'index-video'] as const)
    store.requests.create(kind, null, kind, {})
  const over = store.requests.create('restore', null, 'restore', {})
  store.requests.update(over.id, { state: 'failed' })
  store.close()
  adoptDatabase(path, { from: '/old', to: '/new', now: dirname(path) })
  const adopted = openStore(path)
  const states = adopted.requests.list(10).map(({ kind, state }) => [kind, state])
  expect(Object.fromEntries(states)).toEqual({
    ...{ backup: 'cancelled', 'export-dataset': 'cancelled', restore: 'failed' },
    ...{ scan: 'queued', 'index-video': 'queued' },
  })
  adopted.close()
})

const adopt = (path: string) =>
  adoptDatabase(path, { from: '/old', to: '/new', now: dirname(path) })

test('one from the future is refused', () => {
  const path = newDatabasePath()
  openStore(path).close()
  const db = connect(path)
  db.pragma('user_version = 99999')
  db.close()
  expect(() => adopt(path)).toThrow(expect.objectContaining({ code: 'DATABASE_FROM_FUTURE' }))
})

test.each([
  ['that is none', () => Buffer.from('no database at all, whatever it is called'.repeat(200))],
  ['that is damaged', damaged],
])('one %s is refused', (_name, make) => {
  const path = newDatabasePath()
  writeFileSync(path, make())
  expect(() => adopt(path)).toThrow(expect.objectContaining({ code: 'DATABASE_CORRUPT' }))
})

/** A database with a page in the middle that says nothing. */
function damaged(): Buffer {
  const path = newDatabasePath()
  const store = openStore(path)
  readyTask(store, 5000)
  store.close()
  const db = connect(path)
  const bytes = db.serialize()
  db.close()
  return bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 20_000)
}
