import { expect, test } from 'vitest'
import { onDisk } from './disk-errors.ts'

const failing = (code: string, path?: string, syscall?: string) => () =>
  Promise.reject(Object.assign(new Error(code), { code, path, syscall }))

test.each([
  ['a full disk', failing('ENOSPC', '/data/models/.staging/a'), 'DISK_FULL'],
  ['a full share of it', failing('EDQUOT'), 'DISK_FULL'],
  ['a drive that only reads', failing('EROFS', '/data/models/a'), 'DATA_DIR_READ_ONLY'],
  [
    'a file in place of a folder',
    failing('ENOTDIR', '/data/models/.staging'),
    'DATA_DIR_READ_ONLY',
  ],
  [
    'a folder that cannot be made',
    failing('ENOENT', '/data/models/.staging', 'mkdir'),
    'DATA_DIR_READ_ONLY',
  ],
  ['a folder of somebody else', failing('EACCES', '/data/models/a'), 'DATA_DIR_READ_ONLY'],
])('%s is said in a sentence', async (_name, work, code) => {
  await expect(onDisk('/data/models', work)).rejects.toMatchObject({ code })
})

test.each([
  ['what was to be installed cannot be read', failing('EACCES', '/home/jane/best.onnx'), 'EACCES'],
  ['something else went wrong', failing('EMFILE', '/data/models/a'), 'EMFILE'],
])('%s: that is no matter of the data directory', async (_name, work, code) => {
  await expect(onDisk('/data/models', work)).rejects.toMatchObject({ code })
})
