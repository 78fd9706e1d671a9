import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { createByteCache } from './byte-cache.ts'
import { createDiskCache, prune } from './disk-cache.ts'
import { createPrefetcher } from './prefetcher.ts'
import { toBytes } from './stretch.ts'

test('the byte cache drops what was not asked for the longest', () => {
  const cache = createByteCache<string>(100)
  cache.set('a', 'A', 40)
  cache.set('b', 'B', 40)
  cache.get('a')
  cache.set('c', 'C', 40)
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C'])
})

test('the byte cache keeps no giant, and counts a replaced value once', () => {
  const cache = createByteCache<string>(100)
  cache.set('giant', 'G', 51)
  for (let round = 0; round < 10; round += 1) cache.set('a', 'A', 40)
  cache.set('b', 'B', 40)
  expect(['giant', 'a', 'b'].map((key) => cache.get(key))).toEqual([undefined, 'A', 'B'])
})

test('the disk cache is pruned to its budget, oldest first', async () => {
  const dir = folderOf({ old: 'x'.repeat(50), newer: 'x'.repeat(50), newest: 'x'.repeat(30) })
  for (const [age, name] of ['newest', 'newer', 'old'].entries())
    utimesSync(join(dir, name), 1e6 - age, 1e6 - age)
  await prune(dir, 100)
  expect(readdirSync(dir).sort()).toEqual(['newer', 'newest'])
})

test('a disk cache whose folder cannot be made loses nothing but time', async () => {
  const dir = join(folderOf({ file: '' }), 'file', 'below a file')
  const cache = createDiskCache(dir)
  await cache.set('a', { contentType: 'image/webp', body: Buffer.from('x'), exifTurned: false })
  expect(await cache.get('a', 'image/webp')).toBeNull()
})

test('a new hint replaces what has not begun, two are read at once', async () => {
  const begun: string[] = []
  const finish: (() => void)[] = []
  const prefetcher = createPrefetcher((item: string) => {
    begun.push(item)
    return new Promise<void>((resolve) => finish.push(resolve))
  })
  prefetcher.hint(['a', 'b', 'c', 'd'])
  prefetcher.hint(['x', 'y'])
  expect(begun).toEqual(['a', 'b'])
  finish[0]?.()
  await expect.poll(() => begun).toEqual(['a', 'b', 'x'])
})

test.each([
  ['a range', [1000, 1001, 1002], [0, 128, 255]],
  ['one value everywhere', [7, 7], [0, 0]],
  ['holes and infinities', [Number.NaN, -Infinity, Infinity, 1, 2], [0, 0, 255, 0, 255]],
  ['nothing but holes', [Number.NaN], [0]],
])('stretching %s', async (_name, values, expected) => {
  expect([...(await toBytes(Float32Array.from(values)))]).toEqual(expected)
})
