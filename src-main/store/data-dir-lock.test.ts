import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, test } from 'vitest'
import { acquireDataDir, readInstance } from './data-dir-lock.ts'

const root = mkdtempSync(join(tmpdir(), 'fieldmark-lock-'))
const newDir = () => mkdtempSync(join(root, 'dir-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('one holder at a time, named to the second', () => {
  const dir = newDir()
  const lock = acquireDataDir(dir, { what: 'the Fieldmark app' })
  expect(() => acquireDataDir(dir, { what: 'fieldmark serve' })).toThrow(
    `in use by the Fieldmark app (process ${process.pid})`,
  )
  expect(() => acquireDataDir(dir, { what: 'fieldmark serve' })).toThrow(/in use/)
  lock.release()
  lock.release()
  acquireDataDir(dir, { what: 'fieldmark serve' }).release()
})

test('the holder says where to attach, to its own user alone', () => {
  const dir = newDir()
  const lock = acquireDataDir(dir, { what: 'fieldmark serve' })
  expect(readInstance(dir)).toEqual({
    pid: process.pid,
    what: 'fieldmark serve',
    url: null,
    token: null,
  })
  lock.publish({ url: 'http://127.0.0.1:8080', token: 't' })
  expect(readInstance(dir)).toMatchObject({ url: 'http://127.0.0.1:8080', token: 't' })
  if (process.platform !== 'win32')
    expect(statSync(join(dir, 'instance.json')).mode & 0o777).toBe(0o600)
  lock.release()
  expect(readInstance(dir)).toBeNull()
  expect(existsSync(join(dir, 'instance.json'))).toBe(false)
})

test('a lock that nobody refers to any more still holds', async () => {
  const dir = newDir()
  acquireDataDir(dir, { what: 'forgetful' })
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 3; round += 1) {
    collect()
    await new Promise(setImmediate)
  }
  expect(() => acquireDataDir(dir, { what: 'second' })).toThrow(/forgetful/)
})

test('a folder is made where there is none', () => {
  const dir = join(newDir(), 'a', 'b')
  acquireDataDir(dir, { what: 'x' }).release()
  expect(existsSync(dir)).toBe(true)
  expect(readInstance(join(dir, 'nowhere'))).toBeNull()
})

test('a place that cannot be a folder is refused with a sentence', () => {
  const file = join(newDir(), 'file')
  writeFileSync(file, '')
  expect(() => acquireDataDir(join(file, 'data'), { what: 'x' })).toThrow(
    expect.objectContaining({ code: 'DATA_DIR_READ_ONLY' }),
  )
})

test('half a file says nothing', () => {
  const dir = newDir()
  const lock = acquireDataDir(dir, { what: 'x' })
  writeFileSync(join(dir, 'instance.json'), '{"pid": 1, "wh')
  expect(readInstance(dir)).toBeNull()
  expect(() => acquireDataDir(dir, { what: 'y' })).toThrow(/another Fieldmark/)
  lock.release()
})
