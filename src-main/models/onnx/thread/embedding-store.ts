import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Embedding } from '../../family.ts'
import { BoundedMap } from './bounded-map.ts'
import { embeddingBytes, readEmbedding, writeEmbedding } from './embedding-file.ts'

/** An embedding of SAM has 4 MiB. */
const MEMORY_BYTES = 256 * 2 ** 20
const DISK_BYTES = 2 * 2 ** 30
/** Looking at the whole folder costs a few milliseconds a thousand files. */
const WRITES_BETWEEN_SWEEPS = 50

/**
 * Embeddings of pictures, in memory and on the disk, by model and picture. Both are bounded, and what was not used for longest
 * goes first. The folder may be removed at any time; several threads may use it.
 */
export interface EmbeddingStore {
  /** null when there is none, or none that can be read. */
  get(model: string, picture: string): Promise<Embedding | null>
  set(model: string, picture: string, embedding: Embedding): Promise<void>
}

export function createEmbeddingStore(
  folder: string,
  { memoryBytes = MEMORY_BYTES, diskBytes = DISK_BYTES } = {},
): EmbeddingStore {
  const memory = new BoundedMap<Embedding>(memoryBytes, embeddingBytes)
  let writes = 0

  const fileOf = (model: string, picture: string) => join(folder, hash(model), hash(picture))

  async function write(path: string, embedding: Embedding): Promise<void> {
    const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.part`
    await mkdir(dirname(path), { recursive: true })
    await writeFile(draft, writeEmbedding(embedding))
    await rename(draft, path).catch(async (error) => {
      await rm(draft, { force: true })
      throw error
    })
    if (writes % WRITES_BETWEEN_SWEEPS === 0) await sweep(folder, diskBytes)
    writes += 1
  }

  return {
    async get(model, picture) {
      const key = `${model} ${picture}`
      const known = memory.get(key)
      if (known) return known
      const path = fileOf(model, picture)
      const file = await readFile(path).catch(() => null)
      const embedding = file && readEmbedding(file)
      if (!embedding) return null
      memory.set(key, embedding)
      const now = new Date()
      await utimes(path, now, now).catch(() => undefined)
      return embedding
    },
    async set(model, picture, embedding) {
      memory.set(`${model} ${picture}`, embedding)
      // A full or read-only disk costs time later on, and nothing else.
      await write(fileOf(model, picture), embedding).catch(() => undefined)
    },
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 40)

/** Remove what was used longest ago until at most nine tenths of the limit are left. */
async function sweep(folder: string, limit: number): Promise<void> {
  const files: { path: string; sizeBytes: number; usedMs: number }[] = []
  for (const model of await readdir(folder))
    for (const name of await readdir(join(folder, model)).catch(() => [])) {
      const path = join(folder, model, name)
      const info = await stat(path).catch(() => null)
      if (info) files.push({ path, sizeBytes: info.size, usedMs: info.mtimeMs })
    }
  let total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (total <= limit) return
  for (const { path, sizeBytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= limit * 0.9) return
    await rm(path, { force: true })
    total -= sizeBytes
  }
}
