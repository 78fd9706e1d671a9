import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { TaskId } from '#shared/domain/ids.ts'
import { acquireDataDir, readInstance } from './data-dir-lock.ts'
import { newDatabasePath, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

const CHILD = fileURLToPath(new URL('./crash-child.ts', import.meta.url))

/** Run the child until it has said `lines` lines, then take its life; resolves with all it had said by then. */
async function killAfter(
  lines: number,
  what: string,
  path: string,
  atLast?: () => void,
): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, what, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const said: string[] = []
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line)
      if (said.length !== lines) continue
      atLast?.()
      child.kill('SIGKILL')
    }
  } finally {
    // Also when `atLast` was disappointed: a child left alive would keep the tests from ending.
    child.kill('SIGKILL')
  }
  const [, signal] = await exited
  expect(signal).toBe('SIGKILL')
  return said
}

test('kill -9 while drawing: every acknowledged step is there, and undo still works', async () => {
  const path = newDatabasePath()
  const acknowledged = await killAfter(50, 'steps', path)
  const store = openStore(path)
  const [task] = store.tasks.list()
  const id = task?.id as TaskId
  const stored = store.annotations.ofFrame(id, 0).map((annotation) => String(annotation.id))
  expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged)
  expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1)
  expect(task).toMatchObject({ objectCount: stored.length, revision: stored.length })
  for (const _ of stored) store.annotations.undo(id)
  expect(store.annotations.ofFrame(id, 0)).toEqual([])
  expect(store.check()).toBeNull()
  store.close()
})

test('kill -9 while importing: nothing shows', async () => {
  const path = newDatabasePath()
  await killAfter(3, 'batch', path)
  const store = openStore(path)
  const id = store.tasks.list()[0]?.id as TaskId
  expect(store.tasks.get(id)).toMatchObject({ objectCount: 0, annotatedFrameCount: 0, revision: 0 })
  expect([...store.annotations.byFrame(id)]).toEqual([])
  expect(store.annotations.ofFrame(id, 0)).toEqual([])
  store.sweep()
  expect(store.check()).toBeNull()
  store.close()
})

test('kill -9 of the holder: the data directory is free at once, and nobody is said to hold it', async () => {
  const dir = dirname(newDatabasePath())
  await killAfter(1, 'lock', dir, () => {
    expect(() => acquireDataDir(dir, { what: 'second' })).toThrow(
      expect.objectContaining({
        code: 'DATA_DIR_BUSY',
        message: expect.stringMatching(/the crash test \(process \d+\)/),
      }),
    )
    expect(readInstance(dir)).toMatchObject({
      what: 'the crash test',
      url: 'http://127.0.0.1:1',
      token: 'secret',
    })
  })
  expect(readInstance(dir)).toBeNull()
  acquireDataDir(dir, { what: 'third' }).release()
})
