import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fieldmark-folder-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('a folder with all above it, made twice at once', async () => {
  const path = join(dir, 'a', 'b', 'c')
  await Promise.all([makeFolder(path), makeFolder(path)])
  expect((await stat(path)).isDirectory()).toBe(true)
})

test('below a file there is no folder', async () => {
  await writeFile(join(dir, 'file'), '')
  await expect(makeFolder(join(dir, 'file', 'a'))).rejects.toMatchObject({
    code: 'EXPORT_NOT_WRITABLE',
  })
})

test.runIf(process.platform === 'linux')(
  'where no folder can be made, it says so and ends',
  async () => {
    await expect(makeFolder('/proc/fieldmark/a')).rejects.toMatchObject({
      code: 'EXPORT_NOT_WRITABLE',
    })
  },
)
