import type { ForeignEmbedding } from '#main/core/ports.ts'

/** As many as CVAT keeps. */
const MOST_KEPT = 32

/**
 * What functions made of pictures, in memory alone: on the disk it would outlive the model that made it, which may be
 * another one tomorrow under the same name. What was not used for longest goes first.
 */
export function createKeptEmbeddings() {
  const kept = new Map<string, ForeignEmbedding>()
  return {
    get(key: string): ForeignEmbedding | undefined {
      const found = kept.get(key)
      if (found) {
        kept.delete(key)
        kept.set(key, found)
      }
      return found
    },
    keep(embedding: ForeignEmbedding): void {
      kept.delete(embedding.key)
      kept.set(embedding.key, embedding)
      const [oldest] = kept.keys()
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    },
  }
}
