import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Embedding } from '../../family.ts'
import { BoundedMap } from './bounded-map.ts'
import { readEmbedding, writeEmbedding } from './embedding-file.ts'
import { createEmbeddingStore } from './embedding-store.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embeddings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const every: Embedding = {
  bytes: { type: 'uint8', dims: [3], data: Uint8Array.of(1, 2, 255) },
  half: { type: 'float32', dims: [1, 2], data: Float32Array.of(0.5, -0) },
  double: { type: 'float64', dims: [1], data: Float64Array.of(Math.PI) },
  whole: { type: 'int32', dims: [], data: Int32Array.of(-7) },
  long: { type: 'int64', dims: [2], data: BigInt64Array.of(-1n, 2n ** 62n) },
  flags: { type: 'bool', dims: [0, 4], data: new Uint8Array() },
}
const some = (value: number): Embedding => ({
  map: { type: 'float32', dims: [1000], data: new Float32Array(1000).fill(value) },
})

/** All files, newest use last. */
async function files(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  return names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

describe('an embedding as a file', () => {
  it('is the same when it is read', () => {
    expect(readEmbedding(writeEmbedding(every))).toEqual(every)
    expect(readEmbedding(writeEmbedding({}))).toEqual({})
  })

  it('that is damaged anywhere is none', () => {
    const whole = writeEmbedding(every)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(whole)
        damaged[at] = (damaged[at] ?? 0) ^ change
        expect(readEmbedding(damaged)).toBeNull()
        expect(readEmbedding(whole.subarray(0, at))).toBeNull()
      }),
    )
  })
})

describe('embeddings of pictures', () => {
  it('outlive the thread that made them, by model and picture', async () => {
    await createEmbeddingStore(folder).set('sam', 'one', every)
    const store = createEmbeddingStore(folder)
    expect(await store.get('sam', 'one')).toEqual(every)
    expect(await store.get('sam', 'two')).toBeNull()
    expect(await store.get('other', 'one')).toBeNull()
  })

  it('may have any name', async () => {
    const store = createEmbeddingStore(folder, { memoryBytes: 0 })
    for (const name of ['../../etc', '', 'a\0b', 'x'.repeat(9999), 'con']) {
      await store.set(name, name, some(1))
      expect(await store.get(name, name)).toEqual(some(1))
    }
    expect((await files()).every((path) => path.startsWith(folder))).toBe(true)
  })

  it('are made anew when their file is damaged, and no drafts stay', async () => {
    await createEmbeddingStore(folder).set('sam', 'one', every)
    const [path = ''] = await files()
    await writeFile(path, (await readFile(path)).subarray(0, 40))
    expect(await createEmbeddingStore(folder).get('sam', 'one')).toBeNull()
    expect(await files()).toHaveLength(1)
  })

  it('stay in memory where the disk takes none', async () => {
    const path = join(folder, 'file')
    await writeFile(path, '')
    const store = createEmbeddingStore(path)
    await store.set('sam', 'one', every)
    expect(await store.get('sam', 'one')).toEqual(every)
  })

  it('on the disk are bounded: those not used for longest go first', async () => {
    const before = createEmbeddingStore(folder)
    for (const name of ['used', 'old', 'new']) await before.set('sam', name, some(1))
    const long = new Date(Date.now() - 1e6)
    for (const path of await files()) await utimes(path, long, long)
    const reader = createEmbeddingStore(folder)
    await reader.get('sam', 'used')
    await createEmbeddingStore(folder, { diskBytes: 13_000 }).set('sam', 'newest', some(2))
    const fresh = createEmbeddingStore(folder)
    expect(await fresh.get('sam', 'newest')).toEqual(some(2))
    expect(await fresh.get('sam', 'used')).toEqual(some(1))
    expect(await files()).toHaveLength(2)
  })
})

describe('a bounded map', () => {
  it('forgets what was used longest ago, and never the newest', () => {
    const map = new BoundedMap<number>(10, (weight) => weight)
    map.set('a', 4)
    map.set('b', 4)
    map.get('a')
    map.set('c', 4)
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([4, undefined, 4])
    map.set('heavy', 99)
    expect(['a', 'c', 'heavy'].map((key) => map.get(key))).toEqual([undefined, undefined, 99])
    map.set('heavy', 1)
    map.set('d', 9)
    expect(['heavy', 'd'].map((key) => map.get(key))).toEqual([1, 9])
  })
})
